"""Requests in each state, made through the actions, for the tests of requests."""

import datetime as dt

from events.actions.answers import (
    accept_request,
    acknowledge_request,
    counter_request,
    redirect_request,
)
from events.actions.declines import approve_decline, ask_to_decline
from events.actions.feedback import close_feedback
from events.actions.plans import cancel_visit
from events.actions.request_states import request_held
from events.actions.requests import Slot, schedule_request, submit_request, withdraw_request
from events.models import EngagementRequest
from tests.roles import as_owner

AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)  # a Monday
HOUR = dt.timedelta(hours=1)
SLOT = Slot(dt.date(2026, 3, 10), dt.time(18, 30), 60)


def submit(world, **changes):
    given = {
        "partnership": world.partnership,
        "side": "institution",
        "kind": "meeting",
        "purposes": ["getting_to_know"],
        "slots": [SLOT],
        "by": world.imam,
        "at": AT,
    }
    return submit_request(**given | changes)


def acknowledged(world, **changes):
    request, by_police = submit(world, **changes), changes.get("side") == "police"
    return acknowledge_request(
        request=request,
        words="Thank you, I have read it.",
        side="institution" if by_police else "police",
        by=world.imam if by_police else world.officer,
        at=AT,
    )


def accepted(world, **changes):
    return accept_request(
        request=acknowledged(world, **changes),
        attending=world.officer.contact,
        side="police",
        by=world.officer,
        at=AT,
    )


def countered(world):
    return counter_request(
        request=acknowledged(world),
        words="Could it be later in the week?",
        side="police",
        by=world.sergeant,
        at=AT,
        slots=[SLOT._replace(on=dt.date(2026, 3, 12))],
    )


def decline_asked(world):
    return ask_to_decline(
        request=acknowledged(world),
        reason="no_capacity",
        words="Nobody is free to do it well.",
        other_route="The council's road team does this.",
        by=world.sergeant,
        at=AT,
    )


def scheduled(world, **changes):
    request = accepted(world, **changes)
    schedule_request(request=request, **SLOT._asdict(), side="police", by=world.officer, at=AT)
    request.refresh_from_db()
    return request


def hold(request, world, *, at=None):
    """Mark the planned visit as held and move the request on, as logging it does."""
    visit = request.engagements.get(state="planned")
    visit.state, visit.held_recorded_at = "held", at or visit.starts_at
    visit.save(update_fields=["state", "held_recorded_at"])
    return request_held(request=request, by=world.officer, at=visit.held_recorded_at)


def spoil(request):
    """Let a request hold what no form and no action would, so that no move of it can be saved."""
    with as_owner():
        EngagementRequest.objects.filter(pk=request.pk).update(purposes=[])


def held(world, **changes):
    return hold(scheduled(world, **changes), world)


def closed(world):
    request = held(world)
    close_feedback(at=request.held_at + dt.timedelta(days=14))
    request.refresh_from_db()
    return request


def redirected(world):
    return redirect_request(
        request=acknowledged(world),
        unit=world.other_team,
        warm_handover=True,
        words="They look after that road.",
        by=world.sergeant,
        at=AT,
    )


def declined(world):
    return approve_decline(request=decline_asked(world), by=world.inspector, at=AT)


def withdrawn(world):
    return withdraw_request(request=submit(world), side="institution", by=world.imam, at=AT)


def cancelled_by_police(world, **changes):
    request = scheduled(world, **changes)
    cancel_visit(
        engagement=request.engagements.get(),
        reason="operational",
        side="police",
        by=world.sergeant,
        at=AT,
    )
    request.refresh_from_db()
    return request


IN_STATE = {
    "submitted": submit,
    "acknowledged": acknowledged,
    "alternative_proposed": countered,
    "decline_asked": decline_asked,
    "accepted": accepted,
    "scheduled": scheduled,
    "feedback_due": held,
    "closed": closed,
    "redirected": redirected,
    "declined": declined,
    "withdrawn": withdrawn,
    "cancelled_by_police": cancelled_by_police,
}
