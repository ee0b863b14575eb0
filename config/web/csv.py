"""CSV files that spreadsheets open without taking a text for a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from numbers import Number
from typing import Protocol

from django.utils import timezone

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own alphabet
# Spreadsheets evaluate a cell that begins with one of these; some fold the full-width forms first.
STARTERS = frozenset("=+-@|%\t\r\n\u2212\uff1d\uff0b\uff0d\uff20")


class Writable(Protocol):
    def write(self, text: str) -> object: ...


def write_csv(file: Writable, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table for people's spreadsheets: UTF-8 with a mark, texts safe, numbers plain."""
    file.write(BOM)
    writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
    for row in chain([headers], rows):
        writer.writerow([safe_cell(cell) for cell in row])


def safe_cell(cell: object) -> object:
    """Return what to write for a value: numbers and dates as they are, text without a formula.

    A text that could start a formula gets an apostrophe in front, which spreadsheets take for "this
    is text". Blanks and invisible signs before the starter do not hide it.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool | Number):
        return cell
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).replace("\x00", "")
    return f"'{text}" if _could_start_formula(text) else text


def _could_start_formula(text):
    for character in text:
        if character in STARTERS:
            return True
        if not (character.isspace() or unicodedata.category(character) in ("Cc", "Cf")):
            return False
    return False
