"""What may stand in a text that somebody types: any script, nothing that hides or spills over.

The signs that turn the direction of writing are at home in Arabic and Urdu text that was copied
from elsewhere. In a box they may stay where each is closed in its own line, and then end where the
text ends; a name needs none, and stands inside other people's sentences.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

LINE_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
TURNING = CLOSED_BY.keys() | set(CLOSED_BY.values())
MAY_STAY = "\t\n"


def apart(name: str) -> str:
    """Return a name for a sentence that is no markup: from right to left it ends where it ends."""
    turns = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in name)
    return f"\u2068{name}\u2069" if turns else name


def with_plain_line_ends(text: str) -> str:
    """Browsers send two signs for one line's end, which would count twice towards a limit."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def validate_line(text: str) -> None:
    """Decline what has no place in a name, a subject or a cell.

    Raises:
        ValidationError: with the code ``line_break``, ``control`` or ``turning``.
    """
    if LINE_BREAKS.search(text):
        raise ValidationError("Must be one line.", code="line_break")
    _decline_controls(text)
    if TURNING & set(text):
        raise ValidationError("Holds signs that turn the direction.", code="turning")


def validate_box(text: str) -> None:
    """Decline control characters, and a turn of direction that nothing ends.

    Raises:
        ValidationError: with the code ``control`` or ``turning``.
    """
    _decline_controls(text)
    if TURNING & set(text) and not all(map(_ends_what_it_turns, LINE_BREAKS.split(text))):
        raise ValidationError("Holds signs that turn the direction.", code="turning")


def _decline_controls(text):
    if any(unicodedata.category(sign) == "Cc" and sign not in MAY_STAY for sign in set(text)):
        raise ValidationError("Holds control characters.", code="control")


def _ends_what_it_turns(line):
    awaited = []
    for sign in line:
        if sign in CLOSED_BY:
            awaited.append(CLOSED_BY[sign])
        elif sign in TURNING and (not awaited or awaited.pop() != sign):
            return False
    return not awaited
