"""When nothing is sent, by London's wall clock. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from config.london import LONDON, at_local

from . import knobs

EVERY_DAY = frozenset(range(7))
_DAY = timedelta(days=1)
_FRIDAY = 4


class Hold(Protocol):
    """Anything that can hold mail back for a while."""

    def holding(self, moment: datetime) -> datetime | None:
        """Return when the hold ends if ``moment`` lies in it, else None."""


@dataclass(frozen=True)
class Window:
    """A stretch of London wall time, each day or on some weekdays; ``until`` is exclusive.

    ``until`` at or before ``starts`` is the next day's. ``weekdays`` are those of the start,
    Monday is 0.
    """

    starts: time
    until: time
    weekdays: frozenset[int] = EVERY_DAY

    def holding(self, moment: datetime) -> datetime | None:
        today = moment.astimezone(LONDON).date()
        for day in (today, today - _DAY):
            if day.weekday() in self.weekdays:
                last_day = day if self.until > self.starts else day + _DAY
                end = at_local(last_day, self.until)
                if at_local(day, self.starts) <= moment < end:
                    return end
        return None


@dataclass(frozen=True)
class Span:
    """One stretch between two instants, such as an Eid day; ``until`` is exclusive."""

    starts_at: datetime
    until: datetime

    def holding(self, moment: datetime) -> datetime | None:
        return self.until if self.starts_at <= moment < self.until else None


NIGHT = Window(*knobs.QUIET_NIGHT)
FRIDAY = Window(*knobs.QUIET_FRIDAY, frozenset({_FRIDAY}))  # Jumu'ah, in every season
QUIET_HOURS = (NIGHT, FRIDAY)


def next_allowed(moment: datetime, windows: Iterable[Hold] = QUIET_HOURS) -> datetime:
    """Return ``moment``, or the first instant after it that no window holds.

    Raises:
        ValueError: the windows leave no gap within a year.
    """
    windows, allowed = tuple(windows), moment
    while ends := [end for window in windows if (end := window.holding(allowed))]:
        if not allowed < max(ends) < moment + timedelta(days=366):
            raise ValueError("The quiet windows leave no time to send anything.")
        allowed = max(ends)
    return allowed
