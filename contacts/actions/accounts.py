"""The mail of signing in: codes, links and notices about an account itself."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from config.outbox.actions import schedule
from config.outbox.kinds import To
from contacts.models import User

KIND = "contacts.account_mail"
CODE_LIVES = timedelta(minutes=15)  # as ACCOUNT_LOGIN_BY_CODE_TIMEOUT

# Whom a typed address belongs to is looked up when the mail leaves, never while somebody waits
# for the answer: that takes as long for an address that nobody has, and the queue does not tell.
_WHOEVER = User(pk=0)


@transaction.atomic
def request_password_reset(*, email: str, at: datetime) -> None:
    """Promise a reset link to ``email`` if it is somebody's. Looks nobody up."""
    _promise("password_reset_key", about=_WHOEVER, secret={"typed": email}, at=at)


@transaction.atomic
def send_account_mail(
    *, letter: str, email: str, user: User | None, words: Mapping[str, str], at: datetime
) -> None:
    """Promise the account letter called ``letter``; ``words`` is what its template shows.

    Address and words are kept encrypted until the message has left.
    """
    secret = {"email": email, "words": dict(words)}
    give_up_at = at + CODE_LIVES if "code" in words else None
    _promise(letter, about=user or _WHOEVER, secret=secret, at=at, give_up_at=give_up_at)


def _promise(letter, *, about, secret, at, give_up_at=None):
    occurrence = uuid.uuid4().hex
    schedule(
        KIND,
        about=about,
        recipient=To("account", str(about.pk)),
        occurrence=occurrence,
        due_at=at,
        at=at,
        context={"letter": letter},
        secret=json.dumps(secret),
        give_up_at=give_up_at,
    )
