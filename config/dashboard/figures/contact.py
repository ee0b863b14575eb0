"""Are we in touch with those who joined, as often as they asked? Never how "engaged" they are."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from events.models import Engagement
from partnerships.models import Partnership

from .medians import Percentile
from .scope import PAUSED, Period, Scope


@dataclass(frozen=True)
class Coverage:
    """Institutions, each counted once, by the best that its record of the period says."""

    period: Period
    joined: int
    confirmed: int
    by_phone_only: int
    unconfirmed_only: int
    not_joined: int
    paused: int

    @property
    def n(self) -> int:
        return self.joined

    @property
    def no_contact(self) -> int:
        return self.joined - self.confirmed - self.by_phone_only - self.unconfirmed_only

    @property
    def percent(self) -> int | None:
        return round(100 * self.confirmed / self.joined) if self.joined else None


def coverage(*, scope: Scope, period: Period) -> Coverage:
    """Count joined institutions with at least one engagement that they confirmed in the portal.

    Unit: institutions whose partnership is active today. Formula: with a confirmed engagement held
    in the period ÷ joined. Confirmed by phone or on paper counts apart, never as confirmed. Beside
    it, not in it: not joined (or invited) and paused. One query besides the scope's.
    """
    joined = scope.institutions("active")
    paused = scope.institutions(*PAUSED) - joined
    not_joined = scope.institutions(*Partnership.JOINING) - joined - paused
    best = _best_answers(scope, period)
    rows = [best[institution] for institution in joined if institution in best]
    return Coverage(
        period=period,
        joined=len(joined),
        confirmed=sum(confirmed for confirmed, _phone in rows),
        by_phone_only=sum(phone and not confirmed for confirmed, phone in rows),
        unconfirmed_only=sum(not phone and not confirmed for confirmed, phone in rows),
        not_joined=len(not_joined),
        paused=len(paused),
    )


def _best_answers(scope, period) -> dict[int, tuple[bool, bool]]:
    """Return for each institution that took part whether it confirmed, and whether by phone."""
    held = Engagement.objects.held().filter(
        scope.took_part, starts_at__gte=period.starts_at, starts_at__lt=period.ends_at
    )
    stands = scope.stands
    rows = (
        held.annotate(shared=_if_shared(scope))
        .values("institution_id", "shared")
        .annotate(
            confirmed=BoolOr(stands & Q(note__state="confirmed")),
            by_phone=BoolOr(stands & Q(note__state="confirmed_by_phone")),
        )
    )
    best: dict[int, tuple[bool, bool]] = {}
    for row in rows:
        for institution in {row["institution_id"], *scope.guests.get(row["shared"], ())}:
            confirmed, by_phone = best.get(institution, (False, False))
            best[institution] = (
                confirmed or bool(row["confirmed"]),
                by_phone or bool(row["by_phone"]),
            )
    return best


def _if_shared(scope):
    """Build the engagement's id where it had guests, so that only those are told apart."""
    if not scope.guests:
        return Value(None, output_field=BigIntegerField())
    return Case(When(pk__in=list(scope.guests), then="pk"), default=None)


@dataclass(frozen=True)
class Quiet:
    """An institution that agreed to a cadence which we missed."""

    name: str
    ref: str
    cadence_days: int
    last_contact_on: date | None


@dataclass(frozen=True)
class Recency:
    """``n`` counts the partnerships with an agreed cadence; ``quiet`` is in alphabetical order."""

    on: date
    n: int
    quiet: tuple[Quiet, ...]
    in_contact: int
    median_days: float | None
    confirmed: int
    median_days_confirmed: float | None


def recency(*, scope: Scope, on: date) -> Recency:
    """List where *we* missed a contact that the institution agreed to, alphabetically.

    Unit: active partnerships. Missed: the last contact (or, without any, the day of joining) lies
    more than the agreed number of days before ``on``. No cadence, no list: "only when we ask" is a
    choice. ``median_days`` is the median of days since the last contact of all active partnerships
    that had any, by the database; ``median_days_confirmed`` the same since the last engagement that
    the institution confirmed in the portal (``confirmed`` of them have one). One query.
    """
    active = [member for member in scope.members if member.state == "active"]
    agreed = [member for member in active if member.cadence_days]
    since = ExpressionWrapper(Value(on) - F("last_contact_on"), output_field=DurationField())
    confirmed = ExpressionWrapper(Value(on) - _LAST_CONFIRMED, output_field=DurationField())
    found = (
        Partnership.objects.filter(pk__in=[member.pk for member in active])
        .annotate(since_confirmed=confirmed)
        .aggregate(
            days=Percentile(since, fraction=0.5, output_field=DurationField()),
            confirmed=Count("since_confirmed"),
            confirmed_days=Percentile(
                "since_confirmed", fraction=0.5, output_field=DurationField()
            ),
        )
    )
    return Recency(
        on=on,
        n=len(agreed),
        quiet=tuple(
            Quiet(m.name, m.ref, m.cadence_days, m.last_contact_on)
            for m in agreed
            if is_missed(m, on=on)
        ),
        in_contact=sum(m.last_contact_on is not None for m in active),
        median_days=_days(found["days"]),
        confirmed=found["confirmed"],
        median_days_confirmed=_days(found["confirmed_days"]),
    )


_LAST_CONFIRMED = Subquery(
    Engagement.objects.filter(
        partnership=OuterRef("pk"),
        state="held",
        note__state="confirmed",
        note__text__withdrawn_at__isnull=True,
    )
    .order_by("-starts_at", "-pk")
    .values("on")[:1]
)


def _days(span):
    return None if span is None else span / timedelta(days=1)


def is_missed(partnership, *, on: date) -> bool:
    """Say whether police are later than agreed with a ``Member`` or ``Partnership``."""
    last = partnership.last_contact_on or partnership.joined_on
    agreed = partnership.state == "active" and partnership.cadence_days
    return bool(agreed and last and (on - last).days > partnership.cadence_days)
