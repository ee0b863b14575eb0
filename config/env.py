"""Typed reads of the environment; a missing or wrong value stops the start with a sentence."""

import os

from django.core.exceptions import ImproperlyConfigured

_ABSENT = object()


def text(name: str, default=_ABSENT, *, hint: str = "") -> str:
    """Return the variable's text.

    Raises:
        ImproperlyConfigured: it is missing and has no default; ``hint`` says what to set.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is _ABSENT:
        raise ImproperlyConfigured(
            f"{name} is not set. {hint or 'Set it in the environment.'} "
            "For a portal on this machine alone, run `make demo`, which sets everything itself."
        )
    return default


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "1", "false", "true", "no", "yes", "off", "on"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.") from None


def numbers(name: str) -> dict[str, int]:
    """Return pairs like ``"a=1,b=2"``."""
    try:
        pairs = (word.split("=") for word in words(name))
        return {key.strip(): int(value) for key, value in pairs}
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be pairs like “a=1,b=2”.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secrets(name: str, *, hint: str) -> list[str]:
    """Return the comma-separated keys, of which there must be one, and none that is short.

    Raises:
        ImproperlyConfigured: there is none, or one has fewer than 32 characters.
    """
    text(name, hint=hint)
    keys = words(name)
    if not keys or any(len(key) < 32 for key in keys):
        raise ImproperlyConfigured(f"{name} holds a key of fewer than 32 characters. {hint}")
    return keys
