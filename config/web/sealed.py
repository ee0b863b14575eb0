"""Model fields whose values the database cannot read: a stolen dump gives nobody's number away."""

import base64
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

_PURPOSE = b"portal.contact.details"
_LOOKUPS = {"exact", "in", "isnull"}


def seal(text: str) -> str:
    """Encrypt with the first of ``DETAIL_KEYS``: equal texts alike, so that one can be looked for.

    Nothing stays nothing: that somebody has no number is no secret.
    """
    if not text:
        return ""
    sealed = _cipher(settings.DETAIL_KEYS[0]).encrypt(text.encode(), None)
    return base64.urlsafe_b64encode(sealed).decode()


def unseal(sealed: str) -> str:
    """Decrypt with whichever of ``DETAIL_KEYS`` fits.

    Raises:
        ImproperlyConfigured: none of them does.
    """
    if not sealed:
        return ""
    for key in settings.DETAIL_KEYS:
        try:
            return _cipher(key).decrypt(base64.urlsafe_b64decode(sealed), None).decode()
        except InvalidTag:
            continue
    raise ImproperlyConfigured(
        "Contact details were sealed with a key that is not in DETAIL_KEYS. "
        "Add that key at its end."
    )


@lru_cache(maxsize=8)
def _cipher(key):
    derived = HKDF(algorithm=SHA256(), length=64, salt=None, info=_PURPOSE).derive(key.encode())
    return AESSIV(derived)


class Sealed:
    """``max_length`` is the text's own; the column takes what that becomes.

    ``seal`` and ``unseal`` are the pair by which, ``lookups`` what can still be asked.
    """

    seal, unseal = staticmethod(seal), staticmethod(unseal)
    lookups = _LOOKUPS

    def db_type(self, connection):
        return "text"

    def from_db_value(self, value, expression, connection):
        return None if value is None else self.unseal(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else self.seal(value)

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name in self.lookups else None


class SealedCharField(Sealed, models.CharField):
    pass


class SealedEmailField(Sealed, models.EmailField):
    pass
