"""Whose figures, and over which days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q

from config.london import at_local
from contacts.models import User
from events.models import EngagementParty
from partnerships.models import Partnership, SharedText

PAUSED = frozenset({"paused_by_institution", "paused_by_police"})


@dataclass(frozen=True)
class Period:
    """London days from ``since`` up to, and not including, ``until``."""

    since: date
    until: date

    @classmethod
    def months(cls, number: int, *, on: date) -> "Period":
        """Return the last ``number`` months up to the end of a day."""
        until = on + timedelta(days=1)
        year, month = divmod(until.year * 12 + until.month - 1 - number, 12)
        last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return cls(date(year, month + 1, min(until.day, last)), until)

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def starts_at(self) -> datetime:
        return at_local(self.since, time(0))

    @property
    def ends_at(self) -> datetime:
        return at_local(self.until, time(0))


@dataclass(frozen=True)
class Member:
    """A partnership as the figures need it."""

    pk: int
    institution_id: int
    name: str
    ref: str
    state: str
    cadence_days: int | None
    joined_on: date | None
    last_contact_on: date | None
    senior_months: int | None
    working_months: int | None
    meetings_since: date | None
    senior_met_on: date | None
    working_met_on: date | None
    area_id: int
    area_name: str
    district_id: int
    district_name: str


FIELDS = {
    "institution_id": "institution_id",
    "name": "institution__name",
    "ref": "institution__ref",
    "area_id": "institution__area_id",
    "area_name": "institution__area__name",
    "district_id": "institution__district_id",
    "district_name": "institution__district__name",
}
PLAIN = (
    *("pk", "state", "cadence_days", "joined_on", "last_contact_on"),
    *("senior_months", "working_months", "meetings_since", "senior_met_on", "working_met_on"),
)


@dataclass(frozen=True)
class Scope:
    """The partnerships whose figures somebody may read, ended ones included, by name."""

    members: tuple[Member, ...]

    @classmethod
    def of(cls, user: User) -> "Scope":
        """Resolve what ``user`` may measure, once; issues the only query of a scope."""
        return cls._of_rows(Partnership.objects.measured_by(user))

    @classmethod
    def of_force(cls, force_id: int) -> "Scope":
        """Resolve all of a force, for figures that are frozen for its panel."""
        return cls._of_rows(Partnership.objects.of_force(force_id))

    @classmethod
    def _of_rows(cls, rows):
        rows = rows.order_by("institution__name", "pk")
        names = [*PLAIN, *FIELDS.values()]
        keys = [*PLAIN, *FIELDS]
        return cls(
            tuple(Member(**dict(zip(keys, row, strict=True))) for row in rows.values_list(*names))
        )

    def within(self, area_id: int | None) -> "Scope":
        """Keep the institutions of a district or neighbourhood; None keeps all."""
        if area_id is None:
            return self
        return Scope(tuple(m for m in self.members if area_id in (m.area_id, m.district_id)))

    def of_partnerships(self, ids: set[int]) -> "Scope":
        return Scope(tuple(m for m in self.members if m.pk in ids))

    @property
    def ids(self) -> list[int]:
        return [member.pk for member in self.members]

    @cached_property
    def guests(self) -> dict[int, set[int]]:
        """Return who took part in engagements that others hosted: by engagement, the institutions.

        Few, and resolved once, so that the figures find hosts by their index. Issues a query.
        """
        found: dict[int, set[int]] = {}
        parties = EngagementParty.objects.filter(
            is_guest=True,
            institution__in={member.institution_id for member in self.members},
            partnership__in=self.ids,
        )
        for engagement, institution in parties.values_list("engagement_id", "institution_id"):
            found.setdefault(engagement, set()).add(institution)
        return found

    @property
    def stands(self) -> Q:
        """Build the condition for engagements whose note was not removed, or that have none."""
        removed = SharedText.objects.filter(partnership__in=self.ids, withdrawn_at__isnull=False)
        return Q(note__isnull=True) | ~Q(note__text_id__in=removed.values("pk"))

    @property
    def took_part(self) -> Q:
        """Build the condition for engagements in which an institution of the scope took part."""
        hosted = Q(partnership__in=self.ids)
        return hosted | Q(pk__in=list(self.guests)) if self.guests else hosted

    @property
    def areas(self) -> list[tuple[int, str]]:
        """Return the districts, then the neighbourhoods, that there is a choice between."""
        districts = {m.district_id: m.district_name for m in self.members}
        areas = {m.area_id: m.area_name for m in self.members if m.area_id not in districts}
        return [*sorted(districts.items(), key=_by_name), *sorted(areas.items(), key=_by_name)]

    def institutions(self, *states: str) -> set[int]:
        return {m.institution_id for m in self.members if m.state in states}


def _by_name(item):
    return (item[1], item[0])
