"""When reviews fall due: every three months from the day of the first agreement in force."""

import calendar
from datetime import date
from itertools import count
from typing import NamedTuple

from config.clocks import span

from .models import PartnershipReview

QUARTER, YEAR = 3, 12  # months
Kind = PartnershipReview.Kind


class Due(NamedTuple):
    """The period from ``since`` up to, and not including, ``until``, the day it is due."""

    kind: str
    since: date
    until: date


def months_after(day: date, number: int) -> date:
    """Return the same day ``number`` months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_due(in_force_on: date, *, on: date) -> Due:
    """Return the first review that is not past on a day; every fourth looks at a whole year."""
    ends = (months_after(in_force_on, QUARTER * number) for number in count(1))
    number, until = next((n, end) for n, end in enumerate(ends, start=1) if end >= on)
    is_annual = QUARTER * number % YEAR == 0
    months = YEAR if is_annual else QUARTER
    since = months_after(in_force_on, QUARTER * number - months)
    return Due(Kind.ANNUAL if is_annual else Kind.QUARTERLY, since, until)


def is_announced(due: Due, *, on: date) -> bool:
    """Whether both sides are told by now that a review comes."""
    return due.until - span("review_ahead_days") <= on
