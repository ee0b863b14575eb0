"""What a phone number looks like, wherever somebody types one."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_AN_EMERGENCY = "101"
WRITTEN = re.compile(r"\+?[0-9(][0-9 ().-]*")


def validate_phone(number: str, *, field: str | None = None) -> None:
    """Decline what nobody could ring; an empty number is for the caller to judge.

    Ten to fifteen digits (E.164 allows fifteen) with a "+" before and spaces, brackets, dots or
    hyphens between, or 101. ``field`` is where an action's error belongs.

    Raises:
        ValidationError: it is no phone number.
    """
    digits = re.sub(r"[^0-9]", "", number)
    if number == NOT_AN_EMERGENCY or (WRITTEN.fullmatch(number) and 10 <= len(digits) <= 15):
        return
    message = _("Enter a phone number like 0161 496 0100 or +44 161 496 0100")
    raise ValidationError({field: message} if field else message)
