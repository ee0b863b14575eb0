"""Do police explain, and answer what is asked about it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q

from partnerships.models import Bulletin, BulletinRecipient

from .scope import Period, Scope


@dataclass(frozen=True)
class Explained:
    """``due`` are the questions whose time is over or that were answered; ``within``, in time."""

    period: Period
    n: int
    with_questions: int
    statements: int
    statements_in_time: int
    asked: int
    due: int
    within: int
    cannot: int
    waiting: int

    @property
    def percent_within(self) -> int | None:
        return round(100 * self.within / self.due) if self.due else None


def explained(*, scope: Scope, period: Period, at: datetime) -> Explained:
    """Count the bulletins sent to the scope's institutions, and what was asked about them.

    Unit: bulletins sent in the period to at least one institution of the scope, and questions asked
    in the period about any such. Formula: questions answered within 72 hours ÷ questions answered
    or past their 72 hours; "we can't answer because …" is an answer. A statement of fact is in time
    when it went out within 60 minutes of its draft. One query.
    """
    institutions = [member.institution_id for member in scope.members]
    sent = BulletinRecipient.objects.filter(institution__in=institutions)
    here = Bulletin.objects.filter(Exists(sent.filter(bulletin=OuterRef("pk"))))
    return Explained(
        period=period,
        **here.aggregate(**_bulletins(period), **_questions(period, at)),
    )


def _bulletins(period):
    """Count each bulletin once, however much was asked about it."""
    minutes = timedelta(minutes=settings.PORTAL_CLOCKS["statement_minutes"])
    told = Q(published_at__gte=period.starts_at, published_at__lt=period.ends_at)
    statement = told & Q(kind="statement_of_fact")
    in_time = statement & Q(published_at__lte=F("drafted_at") + minutes)
    return {
        "n": Count("pk", distinct=True, filter=told),
        "with_questions": Count("pk", distinct=True, filter=told & Q(questions__isnull=False)),
        "statements": Count("pk", distinct=True, filter=statement),
        "statements_in_time": Count("pk", distinct=True, filter=in_time),
    }


def _questions(period, at):
    hours = timedelta(hours=settings.PORTAL_CLOCKS["bulletin_answer_hours"])
    asked = Q(questions__asked_at__gte=period.starts_at, questions__asked_at__lt=period.ends_at)
    waits = asked & Q(questions__state="open")
    answered = asked & ~Q(questions__state="open")
    late = waits & Q(questions__asked_at__lte=at - hours)
    in_time = answered & Q(questions__answered_at__lte=F("questions__asked_at") + hours)
    cannot = asked & Q(questions__state="cannot_answer")
    conditions = {
        "asked": asked,
        "due": answered | late,
        "within": in_time,
        "cannot": cannot,
        "waiting": waits,
    }
    return {name: Count("questions", filter=wanted) for name, wanted in conditions.items()}
