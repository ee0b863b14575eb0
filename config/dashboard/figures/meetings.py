"""Do the two sides meet as often as they agreed?"""

from dataclasses import dataclass
from datetime import date

from partnerships.meetings import owed_by
from partnerships.models import AgreedMeeting

from .scope import Scope


@dataclass(frozen=True)
class Meetings:
    """One kind of agreed meeting: in how many partnerships it is owed, and in how many late."""

    n: int = 0
    overdue: int = 0
    never: int = 0

    @property
    def in_time(self) -> int:
        return self.n - self.overdue


@dataclass(frozen=True)
class AgreedMeetings:
    on: date
    senior: Meetings
    working: Meetings

    @property
    def n(self) -> int:
        return self.senior.n + self.working.n

    @property
    def in_time(self) -> int:
        return self.senior.in_time + self.working.in_time


def agreed_meetings(*, scope: Scope, on: date) -> AgreedMeetings:
    """Count the meetings that agreements in force owe, and those that are late on a day.

    Unit: one kind of meeting in one active partnership. Late: the last day for the next one has
    gone by. ``never``: none was held since it was agreed on. No query besides the scope's.
    """
    owed = [each for member in scope.members for each in owed_by(member, on=on)]

    def of(kind):
        rows = [each for each in owed if each.meeting == kind]
        return Meetings(
            n=len(rows),
            overdue=sum(each.is_overdue for each in rows),
            never=sum(each.last_on is None for each in rows),
        )

    return AgreedMeetings(on, of(AgreedMeeting.SENIOR), of(AgreedMeeting.WORKING))
