"""Workbooks in which every text is a text: no formula, no link, nothing left out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from numbers import Number
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import get_language_bidi
from xlsxwriter import Workbook

NARROWEST = 12  # characters, room for a date
FIRST_YEAR = 1900  # no workbook counts days before
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(
    file: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[object]], *, title: str
) -> None:
    """Write a table of one sheet; rows pass through a directory that is gone afterwards."""
    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, **AS_TYPED}
        with Workbook(file, options) as book:
            book.set_properties({"title": title})
            _fill(book, headers, rows)


def _fill(book, headers, rows):
    sheet = book.add_worksheet()
    if get_language_bidi():
        sheet.right_to_left()
    for column, header in enumerate(headers):
        sheet.set_column(column, column, max(len(str(header)) + 2, NARROWEST))
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, str(header), bold)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, (number, column), cell, day=day, minute=minute)


def _write_cell(sheet, place, cell, *, day, minute):
    """Write numbers and days as such, all else as text: control characters go escaped."""
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, Number):
        sheet.write_number(*place, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(*place, timezone.localtime(cell).replace(tzinfo=None), minute)
    elif isinstance(cell, date) and cell.year >= FIRST_YEAR:
        sheet.write_datetime(*place, cell, day)
    else:
        sheet.write_string(*place, str(cell))
