"""Secrets at rest: a code or a link that one message carries and nobody else may read."""

from django.conf import settings

from config.sealing import ring


def seal(secret: str) -> bytes:
    return _ring().encrypt(secret.encode())


def unseal(sealed: bytes) -> str:
    """Raises cryptography's InvalidToken when none of ``OUTBOX_KEYS`` fits."""
    return _ring().decrypt(bytes(sealed)).decode()


def _ring():
    return ring(settings.OUTBOX_KEYS, purpose="portal.outbox.secret")
