"""Secrets at rest: a code or a link that one message carries and nobody else may read."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"portal.outbox.secret")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))


def _ring() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in settings.OUTBOX_KEYS])


def seal(secret: str) -> bytes:
    return _ring().encrypt(secret.encode())


def unseal(sealed: bytes) -> str:
    """Raises cryptography's InvalidToken when none of ``OUTBOX_KEYS`` fits."""
    return _ring().decrypt(bytes(sealed)).decode()
