"""Are promises kept? By the day first agreed, whatever day they were moved to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from partnerships.models import Commitment, Side

from .scope import Period, Scope


@dataclass(frozen=True)
class Kept:
    """The promises of one side; the rate stands on the first four, the rest stand beside it."""

    kept: int = 0
    could_not: int = 0
    overdue: int = 0
    kept_unconfirmed: int = 0
    done_claimed: int = 0
    moved: int = 0
    released: int = 0
    not_agreed: int = 0
    withdrawn: int = 0

    @property
    def n(self) -> int:
        return self.kept + self.could_not + self.overdue + self.kept_unconfirmed

    @property
    def percent(self) -> int | None:
        return round(100 * self.kept / self.n) if self.n else None


@dataclass(frozen=True)
class PromisesKept:
    period: Period
    police: Kept
    institutions: Kept

    @property
    def n(self) -> int:
        return self.police.n + self.institutions.n


def promises_kept(*, scope: Scope, period: Period, on: date) -> PromisesKept:
    """Count promises by what became of them and by the side that owed them.

    Unit: promises whose *original* due day lies in the period and is not after ``on``. Formula:
    kept ÷ (kept + could not be kept + overdue + said to be done but never confirmed). Overdue
    means agreed and not done once the day first agreed is over: a new day does not reset it
    (``moved`` says how many got one). Beside the rate, not in it: said to be done and waiting,
    released, not agreed, removed. One query.
    """
    due = Commitment.objects.filter(
        partnership__in=scope.ids,
        original_due_on__gte=period.since,
        original_due_on__lt=period.until,
        original_due_on__lte=on,
        due_on__gte=period.since,  # never before the day first agreed; the index is on this one
    )
    in_the_rate = ("kept", "could_not", "kept_unconfirmed")
    beside_it = ("done_claimed", "released", "not_agreed", "withdrawn")
    by_side = due.values("owner_side").annotate(
        overdue=Count("pk", filter=Q(state="agreed", original_due_on__lt=on)),
        moved=Count("pk", filter=Q(extensions__gt=0)),
        **{state: Count("pk", filter=Q(state=state)) for state in in_the_rate + beside_it},
    )
    found = {row.pop("owner_side"): Kept(**row) for row in by_side}
    return PromisesKept(period, found.get(Side.POLICE, Kept()), found.get(Side.INSTITUTION, Kept()))
