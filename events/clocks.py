"""How long a request may wait for its next step, and whether it has waited too long.

Hours are real hours. Working days are Monday to Friday; bank holidays count, against us.
Lateness is police lateness: a mosque owes nobody an answer.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from config.clocks import span, working_day_after
from config.london import at_local

ANSWERED_IN_DAYS = ("acknowledged", "decline_asked")
CLOCKED = ("submitted", *ANSWERED_IN_DAYS, "cancelled_by_police")


def clock_from(request) -> datetime:
    """Return since when a request waits: a superior's answer starts its clock again."""
    return max(filter(None, [request.state_at, request.recourse_answered_at]))


def due_at(request) -> datetime | None:
    """Return when the next step is due, or None where nobody is being waited for by the clock."""
    if request.state == "submitted":
        return request.submitted_at + span("acknowledge_hours")
    if request.state in ANSWERED_IN_DAYS:
        return _end_of_last_day(clock_from(request))
    if request.state == "cancelled_by_police":
        return clock_from(request) + span("rebook_days")
    if request.state == "feedback_due":
        return request.held_at + span("feedback_days")
    return None


def police_owe(request) -> bool:
    """Say whether the next step by the clock is for police to take: a mosque owes none."""
    return request.raised_side == "institution" or request.state == "cancelled_by_police"


def is_late(request, *, at: datetime) -> bool:
    """Say whether police have missed the step that they owe."""
    owed = police_owe(request) and request.state != "feedback_due"
    due = due_at(request) if owed else None
    return due is not None and at >= due


def longest() -> timedelta:
    """Return the longest that a clock runs, to its last letter: a morning after a weekend."""
    working_days = timedelta(weeks=settings.PORTAL_CLOCKS["triage_working_days"] // 5 + 1)
    days = max(span("acknowledge_hours"), span("rebook_days"), working_days)
    return days + timedelta(days=3)


def lateness(*, at: datetime) -> Q:
    """Build the condition for requests for which :func:`is_late` is true."""
    by_mosque = Q(raised_side="institution")
    rebook_by = at - span("rebook_days")
    return (
        by_mosque & Q(state="submitted", submitted_at__lte=at - span("acknowledge_hours"))
        | by_mosque & Q(state__in=ANSWERED_IN_DAYS) & _waits_since("lt", _last_on_time(at))
        | Q(state="cancelled_by_police") & _waits_since("lte", rebook_by)
    )


def _waits_since(lookup, moment) -> Q:
    """Build "its clock started before then", as :func:`clock_from` says when it starts."""
    never_answered = Q(recourse_answered_at__isnull=True)
    return Q(**{f"state_at__{lookup}": moment}) & (
        never_answered | Q(**{f"recourse_answered_at__{lookup}": moment})
    )


def _end_of_last_day(start: datetime) -> datetime:
    last = working_day_after(localdate(start), settings.PORTAL_CLOCKS["triage_working_days"])
    return at_local(last + timedelta(days=1), time(0))


def _last_on_time(at: datetime) -> datetime:
    """Return the London midnight before which a start is late at ``at``."""
    day = localdate(at)
    while _end_of_last_day(at_local(day - timedelta(days=1), time(12))) > at:
        day -= timedelta(days=1)
    return at_local(day, time(0))
