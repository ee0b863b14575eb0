"""Who starts contact, and does the record hold what both sides agree on?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from events.models import Engagement
from partnerships.models import Correction

from .scope import Period, Scope


@dataclass(frozen=True)
class Reciprocity:
    """Held engagements by who wanted them; neither none nor all from one side is good."""

    period: Period
    police: int = 0
    institution: int = 0
    umbrella: int = 0
    joint: int = 0
    other: int = 0

    @property
    def n(self) -> int:
        return self.police + self.institution + self.umbrella + self.joint + self.other


def reciprocity(*, scope: Scope, period: Period) -> Reciprocity:
    """Count engagements by who initiated them.

    Unit: engagements held in the period in which an institution of the scope took part, each
    counted once however many took part. One query.
    """
    rows = _held(scope, period).values("initiated_by").annotate(n=Count("pk")).order_by()
    return Reciprocity(period, **{row["initiated_by"]: row["n"] for row in rows})


@dataclass(frozen=True)
class AgreedRecord:
    """Four answers, never merged; the rest is still on its way. ``n`` counts the four."""

    period: Period
    confirmed: int
    by_phone: int
    no_reply: int
    disagreed: int
    waiting: int
    correction_open: int
    not_shared: int
    removed: int
    not_recorded: int

    @property
    def n(self) -> int:
        return self.confirmed + self.by_phone + self.no_reply + self.disagreed


def agreed_record(*, scope: Scope, period: Period, on: date) -> AgreedRecord:
    """Count the notes of engagements by what the side that did not draft them said.

    Unit: engagements held in the period. Confirmed in the portal, confirmed by phone or on paper,
    no reply within the time to reply, the two sides disagree: four counts that are never added up
    into one. Beside them: waiting for a reply, a correction still open, not shared yet (only of
    partnerships that had joined by the day), and removed; and what was planned for a day of the
    period gone by on ``on`` and nobody has said whether it was held. Disagreement is healthy;
    silence is the warning. One query.
    """
    open_correction = Correction.objects.filter(text=OuterRef("note__text"), state="open")
    visits = _of(scope, period).filter(Q(state="held") | Q(state="planned", on__lt=on))
    notes = visits.annotate(stands=scope.stands, correcting=Exists(open_correction))
    left = Q(stands=True, note__left_at__isnull=False)
    unshared = Q(state="held") & (Q(note__isnull=True) | Q(note__left_at__isnull=True))
    joined = Q(partnership__joined_on__lte=F("on"))
    counts = notes.aggregate(
        confirmed=Count("pk", filter=left & Q(note__state="confirmed")),
        by_phone=Count("pk", filter=left & Q(note__state="confirmed_by_phone")),
        no_reply=Count("pk", filter=left & Q(note__state="unconfirmed")),
        disagreed=Count("pk", filter=left & Q(note__state="disagreed")),
        waiting=Count("pk", filter=left & Q(note__state="shared")),
        correction_open=Count("pk", filter=left & Q(correcting=True)),
        not_shared=Count("pk", filter=unshared & joined),
        removed=Count("pk", filter=Q(stands=False)),
        not_recorded=Count("pk", filter=Q(state="planned")),
    )
    return AgreedRecord(period, **counts)


def _held(scope, period):
    return _of(scope, period).held()


def _of(scope, period):
    return Engagement.objects.filter(
        scope.took_part, starts_at__gte=period.starts_at, starts_at__lt=period.ends_at
    )
