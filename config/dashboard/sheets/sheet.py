from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NONE = "–"
LONGEST = 25  # rows on the page; a file has all


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A figure ready for the page, for print and for a file. Cells are plain values; None is none.

    ``headline`` is the one number and ``of`` what it counts; ``notes`` say how to read it;
    ``months`` is a second table behind a chart over time; ``names`` are the ``ref``s of the
    institutions that the rows name.
    """

    code: str
    heading: str
    headline: str
    of: str
    n: str
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple, ...]
    chart: SafeString | str = ""
    empty: str = ""
    month_headers: tuple[str, ...] = ()
    months: tuple[tuple, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def shown_rows(self) -> list[list[str]]:
        return [[_shown(cell) for cell in row] for row in self.rows[:LONGEST]]

    @property
    def shown_months(self) -> list[list[str]]:
        return [[_shown(cell) for cell in row] for row in self.months]

    @property
    def file_rows(self) -> tuple[tuple, ...]:
        """Return all rows, the months' among them, each under its own words."""
        by_month = (
            (f"{words}, {month}", value)
            for month, *values in self.months
            for words, value in zip(self.month_headers[1:], values, strict=True)
        )
        return (*self.rows, *by_month)

    @property
    def left_out(self) -> int:
        """How many rows only the file has."""
        return max(0, len(self.rows) - LONGEST)


def _shown(cell):
    if cell is None:
        return NONE
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def percent(value: int | None) -> str:
    return NONE if value is None else f"{value}%"


def shares(rows, n: int) -> tuple[tuple, ...]:
    """Put each row's part of ``n`` beside its number, in whole per cent."""
    return tuple((*row, round(100 * row[-1] / n) if n else None) for row in rows)


def part_of(part: int, whole: int) -> str:
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def sentence(rows) -> str:
    """Say a chart's rows in words, for those who do not see it."""
    return "; ".join(f"{label}: {value}" for label, value in rows)
