"""What comes of concerns: answered on time, accepted or challenged, and what changed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from config.london import LONDON
from contacts.models import Topic
from partnerships.concern_clocks import ANSWER_OWED
from partnerships.models import Concern

from .scope import Period, Scope


@dataclass(frozen=True)
class Concerns:
    """Counts of the concerns raised in the period, by what has become of them today.

    ``topics`` are those raised and those of them where something changed, the commonest first;
    ``months`` those raised by month.
    """

    period: Period
    n: int = 0
    on_time: int = 0
    late: int = 0
    accepted: int = 0
    challenged: int = 0
    escalated: int = 0
    closed: int = 0
    not_agreed: int = 0
    complaints: int = 0
    withdrawn: int = 0
    changed: int = 0
    could_not: int = 0
    still_settled: int = 0
    unsettled: int = 0
    topics: tuple[tuple[str, int, int], ...] = field(default=())
    months: tuple[tuple[date, int], ...] = field(default=())

    @property
    def due(self) -> int:
        """How many have an outcome on the clock: answered, or not and too late for it."""
        return self.on_time + self.late

    @property
    def percent_on_time(self) -> int | None:
        return round(100 * self.on_time / self.due) if self.due else None


def concerns(*, scope: Scope, period: Period, on: date) -> Concerns:
    """Count what became of the concerns that were raised in the period.

    Unit: concerns raised by institutions in the period. On time: the first answer given by the end
    of the day agreed when it was acknowledged ÷ (first answers given + first answers owed and
    overdue). Challenged and late are counted whatever came after. Something changed: closed in
    approved words that say "we did". One query.
    """
    came = Concern.objects.filter(
        partnership__in=scope.ids,
        raised_at__gte=period.starts_at,
        raised_at__lt=period.ends_at,
    )
    rows = (
        came.annotate(month=TruncMonth("raised_at", tzinfo=LONDON))
        .values("month", "topic__labels")
        .annotate(n=Count("pk"), **_counts(on))
        .order_by("month")
    )
    total, topics, changed, months = Counter(), Counter(), Counter(), Counter()
    for row in rows:
        month = row.pop("month").date()
        label = Topic(labels=row.pop("topic__labels")).label
        total.update(row)
        topics[label] += row["n"]
        changed[label] += row["changed"]
        months[month] += row["n"]
    return Concerns(
        period,
        **total,
        topics=tuple((label, n, changed[label]) for label, n in topics.most_common()),
        months=tuple(sorted(months.items())),
    )


def _counts(on):
    in_time = Q(first_answered_at__date__lte=F("first_due_on"))
    answered_late = Q(first_answered_at__date__gt=F("first_due_on"))
    owed = Q(first_answered_at__isnull=True, state__in=ANSWER_OWED, first_due_on__lt=on)
    counted = {
        "on_time": in_time,
        "late": answered_late | owed,
        "accepted": Q(state__in=["accepted", "closed"]),
        "challenged": Q(challenges__gt=0),
        "escalated": Q(level__gte=2),
        "closed": Q(state="closed"),
        "not_agreed": Q(state="closed_not_agreed"),
        "complaints": Q(state="passed_to_complaints"),
        "withdrawn": Q(state="withdrawn"),
        "changed": Q(state="closed", outcome__in=["did", "both"]),
        "could_not": Q(state="closed", outcome__in=["could_not", "both"]),
        "still_settled": Q(settled="yes"),
        "unsettled": Q(settled="no"),
    }
    return {name: Count("pk", filter=condition) for name, condition in counted.items()}
