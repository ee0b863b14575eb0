"""Requests that wait for an answer, ours or theirs."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localtime

from contacts.models import User
from events import clocks
from events.models import EngagementFeedback, EngagementRequest

from .desks import Desk
from .sections import Section, sections

OLDEST_FIRST = [F("submitted_at").asc(), F("pk").asc()]
NEVER = Q(pk__in=[])
MIDNIGHT = time(0)


def requests_waiting(desk: Desk) -> dict[str, Section]:
    """Return sections ``to_acknowledge``, ``to_answer`` and ``answers_awaited``. One query."""
    to_us, from_us = Q(raised_side=desk.other_side), Q(raised_side=desk.side)
    conditions = {
        "to_acknowledge": to_us & Q(state="submitted"),
        "to_answer": (to_us & Q(state="acknowledged"))
        | (from_us & Q(state="alternative_proposed"))
        | Q(state="accepted")
        | (Q(state="cancelled_by_police") if desk.is_police else NEVER)
        | (Q(state="feedback_due") & ~Q(_feedback_of(desk.side))),
        "answers_awaited": from_us & Q(state__in=["submitted", "acknowledged", "decline_asked"]),
    }
    requests = EngagementRequest.objects.open().filter(partnership_id__in=desk.ids)
    return _sorted(requests, conditions, desk.at)


def requests_with_inspector(user: User, *, at: datetime) -> dict[str, Section]:
    """Return ``recourse``, ``declines`` and ``unanswered`` (police missed a step). One query."""
    reach = user.standing.within({"inspector"})
    conditions = {
        "recourse": Q(recourse="with_inspector"),
        "declines": Q(state="decline_asked"),
        "unanswered": clocks.lateness(at=at),
    }
    escalated = EngagementRequest.objects.escalated_to(user, at=at).filter(reach)
    return _sorted(escalated, conditions, at)


def requests_with_commander(user: User, *, at: datetime) -> dict[str, Section]:
    """Return section ``recourse``: what an inspector has not answered in time. One query."""
    reach = user.standing.within({"commander"})
    escalated = EngagementRequest.objects.escalated_to(user, at=at).filter(reach)
    return _sorted(escalated, {"recourse": Q(recourse="with_commander")}, at)


def requests_late(user: User, *, at: datetime) -> dict[str, Section]:
    """Return ``recourse_open`` and ``requests_late``, for the coordinator. One query."""
    conditions = {
        "recourse_open": Q(recourse__in=["with_inspector", "with_commander"]),
        "requests_late": clocks.lateness(at=at),
    }
    requests = EngagementRequest.objects.open().filter(user.standing.within({"coordinator"}))
    return _sorted(requests, conditions, at)


def _sorted(requests, conditions, at):
    found = sections(requests.for_list(), conditions, order_by=OLDEST_FIRST)
    for section in found.values():
        for request in section.rows:
            request.due_at = clocks.due_at(request) if clocks.police_owe(request) else None
            request.due_day = _end_of_day(request.due_at)
            request.is_late = clocks.is_late(request, at=at)
            request.hours_left = _whole_hours(request.due_at, at)
    return found


def _feedback_of(side):
    given = EngagementFeedback.objects.filter(engagement__request=OuterRef("pk"), side=side)
    return Exists(given)


def _end_of_day(due_at):
    """Return the day at whose end something is due, or None when it is due within a day."""
    local = due_at and localtime(due_at)
    return (local - timedelta(days=1)).date() if local and local.time() == MIDNIGHT else None


def _whole_hours(due_at, at):
    return None if due_at is None else max(0, int((due_at - at) / timedelta(hours=1)))
