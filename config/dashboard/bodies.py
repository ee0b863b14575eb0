"""For whom an umbrella body speaks, and how many of those were visited, as a reader may know it."""

from dataclasses import dataclass
from datetime import date

from contacts.models import Institution, Membership, User
from events.models import Engagement, EngagementParty


@dataclass(frozen=True)
class SpeaksFor:
    """``n`` members; of the ``readable`` whose visits the reader may read, ``visited`` were."""

    n: int
    readable: int
    visited: int
    year: int

    @property
    def reads_all(self) -> bool:
        return self.readable == self.n


def speaks_for(umbrella: Institution, user: User, *, on: date) -> SpeaksFor:
    """Count its members on a day, and those visited since the year began.

    A body reads no visit of a member that does not share with it, not even in a number: with one
    such member the number would say of it what it kept for itself. Four queries.
    """
    members = Membership.objects.held_by(umbrella, on=on).values_list("member", flat=True)
    ids = list(members)
    readable = list(
        Institution.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    )
    return SpeaksFor(len(ids), len(readable), len(_visited(readable, user, on=on)), on.year)


def _visited(ids, user, *, on):
    """Return who hosted a visit that was held this year, or took part in one."""
    held = Engagement.objects.visible_to(user).held().since(on.replace(month=1, day=1))
    hosts = held.hosted_by(ids).values_list("institution", flat=True)
    guests = EngagementParty.objects.filter(is_guest=True, institution__in=ids)
    there = guests.filter(engagement__in=held.values("pk")).values_list("institution", flat=True)
    return {*hosts.distinct(), *there}
