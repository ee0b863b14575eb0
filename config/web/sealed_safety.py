"""Columns sealed with ``SAFETY_KEYS``: equal texts look different, and nothing is looked for."""

from functools import lru_cache

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from config.sealing import ring

from .sealed import Sealed


def seal(text: str) -> str:
    """Encrypt with the first of ``SAFETY_KEYS``; nothing stays nothing."""
    return _ring(tuple(settings.SAFETY_KEYS)).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Decrypt with whichever of ``SAFETY_KEYS`` fits.

    Raises:
        ImproperlyConfigured: none of them does.
    """
    if not sealed:
        return ""
    try:
        return _ring(tuple(settings.SAFETY_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ImproperlyConfigured(
            "Safety details were sealed with a key that is not in SAFETY_KEYS. "
            "Add that key at its end."
        ) from None


@lru_cache(maxsize=8)
def _ring(keys) -> MultiFernet:
    return ring(keys, purpose="portal.premises.safety")


class Safe(Sealed):
    seal, unseal = staticmethod(seal), staticmethod(unseal)
    lookups = frozenset({"isnull"})


class SafeCharField(Safe, models.CharField):
    pass


class SafeTextField(Safe, models.TextField):
    pass
