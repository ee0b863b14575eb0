"""When somebody's digest is due, in London's wall time."""

from dataclasses import dataclass
from datetime import date, datetime, time

from config.london import at_local
from config.outbox.quiet import next_allowed
from contacts.models import Preferences
from contacts.standing import PARTNER_ROLES

from ..waiting.desks import TEAM_ROLES

# The first that a person holds names their digest; it holds what waits in all their roles.
KINDS = {
    "dashboard.coordinator_digest": frozenset({"coordinator"}),
    "dashboard.commander_digest": frozenset({"commander"}),
    "dashboard.inspector_digest": frozenset({"inspector"}),
    "dashboard.sergeant_digest": TEAM_ROLES,
    "dashboard.imam_digest": PARTNER_ROLES - {"umbrella_lead"},
    "dashboard.umbrella_digest": frozenset({"umbrella_lead"}),
}
PARTNER_KINDS = frozenset({"dashboard.imam_digest", "dashboard.umbrella_digest"})


@dataclass(frozen=True)
class Rhythm:
    """How often, on which weekday (Monday is 0) and at which hour."""

    cadence: str
    weekday: int
    hour: int

    def occurrence_on(self, day: date) -> str | None:
        """Return what tells this digest from every other, or None when none is due on ``day``."""
        if self.cadence == Preferences.Cadence.DAILY:
            return day.isoformat()
        if self.cadence == Preferences.Cadence.WEEKLY and day.weekday() == self.weekday:
            year, week, _weekday = day.isocalendar()
            return f"{year}-W{week:02}"
        return None

    def due_at(self, day: date) -> datetime:
        return next_allowed(at_local(day, time(self.hour)))


MONDAY_MORNING = Rhythm("weekly", weekday=0, hour=8)
THURSDAY_MORNING = Rhythm("weekly", weekday=3, hour=9)  # so that it can be told on Friday


def kind_for(access_roles: set[str]) -> str | None:
    """Return the kind of digest for somebody who holds these roles."""
    return next((kind for kind, roles in KINDS.items() if roles & access_roles), None)


def rhythm_of(preferences: Preferences | None, kind: str) -> Rhythm:
    """Return what the person chose, or the usual for the kind."""
    if preferences is None:
        return THURSDAY_MORNING if kind in PARTNER_KINDS else MONDAY_MORNING
    return Rhythm(preferences.digest, preferences.digest_weekday, preferences.digest_hour)
