"""When a mosque is not to be visited unless it asks: its own weekly times, and Friday noon.

The rows are handed in; nothing is read. Times are London wall-clock; what overlaps is judged by
instants, so that a visit over a change of the clocks is as long as it really is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.london import at_local

OWN, DEFAULT = "own", "default"
LABELS = {OWN: _("mosque's own times"), DEFAULT: _("kept free by default")}
FRIDAY = 4
JUMUAH = "jumuah"


class KeptTime(Protocol):
    """What a ``contacts.models.WeeklyTime`` has; ``kept_until`` is exclusive."""

    kind: str
    weekday: int
    starts: time
    ends: time
    kept_from: date
    kept_until: date | None


@dataclass(frozen=True, order=True)
class BusyWindow:
    """One stretch of a day, and whether the mosque typed it or it is kept free by default."""

    starts: time
    ends: time
    kind: str = JUMUAH
    source: str = OWN

    @property
    def label(self):
        return LABELS[self.source]

    def __str__(self):
        return gettext("%(starts)s to %(ends)s (%(label)s)") % {
            "starts": f"{self.starts:%H:%M}",
            "ends": f"{self.ends:%H:%M}",
            "label": self.label,
        }


# Jumuʿah in every season; a mosque that types its own midday time for Fridays replaces it.
FRIDAY_NOON = BusyWindow(time(12), time(15), JUMUAH, DEFAULT)


def busy_windows(times: Iterable[KeptTime], *, on: date) -> list[BusyWindow]:
    """Return the busy stretches of a day, in order."""
    own = [
        BusyWindow(kept.starts, kept.ends, kept.kind)
        for kept in times
        if kept.weekday == on.weekday()
        and kept.kept_from <= on
        and (kept.kept_until is None or on < kept.kept_until)
    ]
    says_when = any(
        window.kind == JUMUAH
        or (window.starts < FRIDAY_NOON.ends and FRIDAY_NOON.starts < window.ends)
        for window in own
    )
    if on.weekday() == FRIDAY and not says_when:
        own.append(FRIDAY_NOON)
    return sorted(own)


def busy_days(
    times: Iterable[KeptTime], *, since: date, days: int = 7
) -> list[tuple[date, list[BusyWindow]]]:
    """Return the days from ``since`` on that have busy windows, each with them."""
    times = list(times)
    every = [since + timedelta(days=number) for number in range(days)]
    return [(day, found) for day in every if (found := busy_windows(times, on=day))]


def clash(
    times: Iterable[KeptTime], *, on: date, starts: time, duration_minutes: int
) -> BusyWindow | None:
    """Return the first busy window that a visit would overlap, or None; touching is no clash."""
    times = list(times)
    begins_at = at_local(on, starts)
    ends_at = begins_at + timedelta(minutes=duration_minutes)
    for day in (on, on + timedelta(days=1)):
        for window in busy_windows(times, on=day):
            if _overlap(begins_at, ends_at, day, window):
                return window
    return None


def _overlap(begins_at: datetime, ends_at: datetime, day: date, window: BusyWindow) -> bool:
    return begins_at < at_local(day, window.ends) and at_local(day, window.starts) < ends_at
