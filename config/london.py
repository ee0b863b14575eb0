"""London's wall clock, by which people here agree on times."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at_local(day: date, at: time) -> datetime:
    """Return the instant (UTC) at which London's clocks show ``at`` on ``day``.

    A time that the spring change skips comes out an hour later; one that the autumn change shows
    twice means the first.
    """
    return datetime.combine(day, at.replace(fold=0, tzinfo=LONDON)).astimezone(UTC)
