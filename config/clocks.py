"""How long things may wait: the settings' clocks, working days, and when lists leave.

Hours are real hours. Working days are Monday to Friday; bank holidays count, against us.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from .london import at_local

SATURDAY = 5
MORNING = time(8)


def span(name: str) -> timedelta:
    """Return one of the settings' clocks, by its name there: ``acknowledge_hours``."""
    unit = name.rpartition("_")[2]
    return timedelta(**{unit: settings.PORTAL_CLOCKS[name]})


def working_day_after(day: date, number: int) -> date:
    """Return the ``number``-th working day after ``day``."""
    while number:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            number -= 1
    return day


def next_morning(moment: datetime) -> datetime:
    """Return the first 08:00 in London at or after a moment: when lists of escalations leave."""
    day = localdate(moment)
    morning = at_local(day, MORNING)
    return morning if morning >= moment else at_local(day + timedelta(days=1), MORNING)


def end_of(day: date) -> datetime:
    """Return the London midnight at which a day is over."""
    return at_local(day + timedelta(days=1), time(0))
