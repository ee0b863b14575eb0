"""Whose work waits where: for which partnerships somebody acts, and on which side."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from contacts.models import User
from contacts.standing import PARTNER_ROLES
from partnerships.models import Partnership, Side

TEAM_ROLES = frozenset({"officer", "sergeant", "liaison"})
HEADS = frozenset({"sergeant"})


@dataclass(frozen=True)
class Desk:
    """The partnerships that ``user`` works for, on ``side``, at a moment."""

    user: User
    side: str
    partnerships: tuple[Partnership, ...]
    at: datetime

    @property
    def ids(self) -> list[int]:
        return [partnership.pk for partnership in self.partnerships]

    @property
    def institution_ids(self) -> set[int]:
        return {partnership.institution_id for partnership in self.partnerships}

    @property
    def not_begun(self) -> list[Partnership]:
        return [partnership for partnership in self.partnerships if partnership.may_still_join]

    @property
    def has_begun(self) -> bool:
        return len(self.not_begun) < len(self.partnerships)

    @property
    def other_side(self) -> str:
        return Side(self.side).other

    @property
    def on(self):
        return localdate(self.at)

    @property
    def is_police(self) -> bool:
        return self.side == Side.POLICE

    @property
    def sees_whole_team(self) -> bool:
        """Whether unfinished work of colleagues shows as well: for sergeants and for partners."""
        return not self.is_police or self.user.standing.has(*HEADS)


def team_desk(user: User, *, at: datetime) -> Desk:
    """Return the desk of a neighbourhood team's officer or sergeant. Issues a query."""
    standing = user.standing
    units = [h.institution_id for h in standing.holdings if h.access_role in TEAM_ROLES]
    served = standing.within(TEAM_ROLES) | Q(police_unit_id__in=units)
    rows = Partnership.objects.visible_to(user).live().filter(served).for_list()
    return Desk(user, Side.POLICE, tuple(rows.order_by("institution__name", "pk")), at)


def own_desk(user: User, *, at: datetime) -> Desk:
    """Return the desk of an officer without a team: what they did and promised. No query."""
    return Desk(user, Side.POLICE, (), at)


def partner_desk(user: User, *, at: datetime) -> Desk:
    """Return the desk of a mosque's or umbrella body's people, with their officers. Two queries."""
    standing = user.standing
    own = [h.institution_id for h in standing.holdings if h.access_role in PARTNER_ROLES]
    rows = Partnership.objects.visible_to(user).live().filter(institution_id__in=own).for_detail()
    return Desk(user, Side.INSTITUTION, tuple(rows.order_by("-is_primary", "pk")), at)
