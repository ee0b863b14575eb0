"""What a trail or a queue may hold about the world: codes, ids, dates and paths, never words."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

# Read out over the phone without doubt: no 0 and O, 1, I and L, U and V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"

_PLAIN = (int, float, date, UUID, type(None))  # bool is an int, datetime is a date


def require_codes(value: object, *, longest: int = 64, name: str = "value") -> None:
    """Raise TypeError when ``value`` holds, however deep, something that reads like words.

    A text with white space or an ``@``, or longer than ``longest``, is taken for something that a
    person wrote. A single word gets through: this stops slips, it does not understand language.
    """
    if isinstance(value, str):
        if len(value) > longest or "@" in value or any(map(str.isspace, value)):
            raise TypeError(f"{name} holds words; give a code, an id or a date instead.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            require_codes(key, longest=longest, name=f"a key of {name}")
            require_codes(item, longest=longest, name=f"{name}[{key}]")
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            require_codes(item, longest=longest, name=name)
    elif not isinstance(value, _PLAIN):
        raise TypeError(f"{name} is a {type(value).__name__}; give a code, an id or a date.")
