"""Which meetings two sides owe each other, and by when; worked out from a partnership's row."""

from dataclasses import dataclass
from datetime import date, timedelta

from .models.meetings import AgreedMeeting, Every


@dataclass(frozen=True)
class Owed:
    """``last_on`` is the last one held, ``due_on`` the last day on which the next is in time."""

    meeting: AgreedMeeting
    months: int
    last_on: date | None
    due_on: date
    is_overdue: bool

    @property
    def how_often(self):
        return Every(self.months).label


def owed_by(partnership, *, on: date) -> list[Owed]:
    """Return what is owed on a day, the senior meeting first; nothing while it is not active.

    A meeting is due so many months after the last one of its kind, or after the two sides agreed
    on it. Takes a ``Partnership`` or anything with the same columns; no query.
    """
    if partnership.state != "active" or partnership.meetings_since is None:
        return []
    pairs = (
        (AgreedMeeting.SENIOR, partnership.senior_months, partnership.senior_met_on),
        (AgreedMeeting.WORKING, partnership.working_months, partnership.working_met_on),
    )
    return [_owed(*pair, partnership.meetings_since, on) for pair in pairs if pair[1]]


def _owed(meeting, months, last_on, since, on):
    due_on = months_after(max(filter(None, (last_on, since))), months)
    return Owed(meeting, months, last_on, due_on, due_on < on)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
