"""How quickly police answer, and what comes of what was asked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncMonth

from config.london import LONDON
from events.clocks import span
from events.models import EngagementRequest, RequestStep

from .medians import Percentile
from .scope import Period, Scope

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """The requests that came in one month; ``median_hours`` is None when none was acknowledged."""

    first_day: date
    n: int
    median_hours: float | None


@dataclass(frozen=True)
class ResponseTimes:
    period: Period
    n: int
    acknowledged: int
    within: int
    missed: int
    waiting: int
    median_hours: float | None
    p90_hours: float | None
    recourse_used: int
    months: tuple[Month, ...]

    @property
    def due(self) -> int:
        """How many have an outcome on the clock: acknowledged, or not and too late for it."""
        return self.acknowledged + self.missed

    @property
    def percent_within(self) -> int | None:
        return round(100 * self.within / self.due) if self.due else None


def response_times(*, scope: Scope, period: Period, at: datetime) -> ResponseTimes:
    """Measure the hours from a mosque's request to its acknowledgement by a person.

    Unit: requests raised by institutions and submitted in the period; clock hours, nights and
    weekends included. Median and 90th percentile over those acknowledged, exact. Within 72 hours:
    acknowledged in time ÷ (acknowledged + unanswered for longer, withdrawn ones among them); what
    is still inside its 72 hours counts nowhere. Two queries.
    """
    limit = span("acknowledge_hours")
    unanswered = Q(acknowledged_at__isnull=True)
    missed = unanswered & (
        Q(state="submitted", submitted_at__lt=at - limit)
        | Q(state="withdrawn", state_at__gt=F("submitted_at") + limit)
    )
    came = _came(scope, period)
    took = F("acknowledged_at") - F("submitted_at")
    totals = came.annotate(took=_span(took)).aggregate(
        n=Count("pk"),
        acknowledged=Count("acknowledged_at"),
        within=Count("pk", filter=Q(took__lte=limit)),
        missed=Count("pk", filter=missed),
        waiting=Count("pk", filter=Q(state="submitted", submitted_at__gte=at - limit)),
        recourse_used=Count("pk", filter=~Q(recourse="none")),
        median_hours=_percentile("took", 0.5),
        p90_hours=_percentile("took", 0.9),
    )
    for name in ("median_hours", "p90_hours"):
        totals[name] = _per(HOUR, totals[name])
    return ResponseTimes(period=period, months=_months(came, took), **totals)


def _months(came, took):
    by_month = came.annotate(
        took=_span(took), month=TruncMonth("submitted_at", tzinfo=LONDON)
    ).values("month")
    rows = by_month.annotate(n=Count("pk"), median=_percentile("took", 0.5)).order_by("month")
    return tuple(Month(row["month"].date(), row["n"], _per(HOUR, row["median"])) for row in rows)


@dataclass(frozen=True)
class Outcomes:
    """What became of requests, by their state today; the first six add up to ``n``.

    ``countered`` counts those for which police proposed another time or way, whatever came of it.
    """

    period: Period
    n: int
    waiting: int
    accepted: int
    alternative: int
    redirected: int
    declined: int
    withdrawn: int
    countered: int
    declined_for: dict[str, int]
    cancelled_by_police: int
    held: int
    median_days_to_hold: float | None


WAITING = ("submitted", "acknowledged", "decline_asked")
ACCEPTED = ("accepted", "scheduled", "feedback_due", "closed", "cancelled_by_police")


def outcomes(*, scope: Scope, period: Period) -> Outcomes:
    """Count what came of the requests that institutions made in the period.

    Unit: requests raised by institutions and submitted in the period. Accepted takes in what was
    scheduled, held or cancelled later; ``cancelled_by_police`` counts requests of which police
    cancelled a visit at least once, rebooked or not. Days to hold: median from asking to holding,
    over those held, exact. One query.
    """
    came = _came(scope, period)
    steps = RequestStep.objects.filter(request=OuterRef("pk"))
    reasons = EngagementRequest.DeclineReason.values
    totals = came.annotate(
        took=_span(F("held_at") - F("submitted_at")),
        was_cancelled=Exists(steps.filter(move="cancelled")),
        was_countered=Exists(steps.filter(move="countered", side="police")),
    ).aggregate(
        n=Count("pk"),
        waiting=_count(state__in=WAITING),
        accepted=_count(state__in=ACCEPTED),
        alternative=_count(state="alternative_proposed"),
        redirected=_count(state="redirected"),
        declined=_count(state="declined"),
        withdrawn=_count(state="withdrawn"),
        countered=_count(was_countered=True),
        cancelled_by_police=_count(was_cancelled=True),
        held=Count("held_at"),
        median_days_to_hold=_percentile("took", 0.5),
        **{f"for_{code}": _count(state="declined", decline_reason=code) for code in reasons},
    )
    totals["median_days_to_hold"] = _per(DAY, totals["median_days_to_hold"])
    declined_for = {code: totals.pop(f"for_{code}") for code in reasons}
    return Outcomes(period=period, declined_for=declined_for, **totals)


def _came(scope, period):
    return EngagementRequest.objects.filter(
        partnership__in=scope.ids,
        raised_side="institution",
        submitted_at__gte=period.starts_at,
        submitted_at__lt=period.ends_at,
    )


def _count(**conditions):
    return Count("pk", filter=Q(**conditions))


def _span(expression):
    return ExpressionWrapper(expression, output_field=DurationField())


def _percentile(name, fraction):
    return Percentile(name, fraction=fraction, output_field=DurationField())


def _per(unit, duration):
    return None if duration is None else duration / unit
