"""The same figures before and after a day, so that neither is read without what happened."""

from dataclasses import dataclass
from datetime import date, timedelta

from .promises import Kept, promises_kept
from .scope import Period, Scope
from .visits import AgreedRecord, Reciprocity, agreed_record, reciprocity

WEEKS = 8


@dataclass(frozen=True)
class Measured:
    """One stretch of days: engagements held, notes answered, police promises."""

    period: Period
    engagements: Reciprocity
    notes: AgreedRecord
    police_promises: Kept


@dataclass(frozen=True)
class Around:
    """``partnerships`` counts those measured; ``after`` may be shorter, while it goes on."""

    partnerships: int
    before: Measured
    after: Measured


def around(*, scope: Scope, day: date, on: date) -> Around:
    """Measure eight weeks up to a day and up to eight weeks from it on, the day included.

    It sets two numbers beside each other and says nothing of why they differ. Six queries, and one
    for the guests of joint meetings.
    """
    stretch = timedelta(weeks=WEEKS)
    before = Period(day - stretch, day)
    after = Period(day, min(day + stretch, on + timedelta(days=1)))
    return Around(len(scope.members), _measure(scope, before, on=on), _measure(scope, after, on=on))


def _measure(scope, period, *, on):
    return Measured(
        period,
        reciprocity(scope=scope, period=period),
        agreed_record(scope=scope, period=period, on=on),
        promises_kept(scope=scope, period=period, on=on).police,
    )
