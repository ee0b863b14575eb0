"""Links that end a kind of mail without signing in (RFC 8058: a mail program posts to them).

A token names who and which, signed, and lives longer than the mail is likely to be kept. What it
names can be read by anybody who holds it: give a random ``ref``, never a serial number.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing

_SALT = "config.outbox.unsubscribe"
LIVES = timedelta(days=400)


class Unsubscription(NamedTuple):
    ref: str
    topic: str


def make_token(*, ref: object, topic: str) -> str:
    """Return a token, fit for a URL path, that lets its holder end ``topic`` for ``ref``."""
    return signing.dumps([str(ref), topic], salt=_SALT)


def read_token(token: str) -> Unsubscription:
    """Return what the token names.

    Raises:
        django.core.signing.BadSignature: it is forged, damaged or too old.
    """
    return Unsubscription(*signing.loads(token, salt=_SALT, max_age=LIVES))
