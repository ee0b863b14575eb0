"""Mail about requests: that one came, that its clock runs out, that it moved.

Each says which request, where, what state and where to look; nothing that was typed.
"""

from datetime import time

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.london import at_local
from config.outbox import kinds as outbox
from config.outbox.kinds import To
from config.outbox.models import Message
from contacts.mail import plain_kind
from contacts.models import User
from events import clocks
from events.actions.request_clocks import who_hears
from events.models import EngagementRequest, RequestStep

State = EngagementRequest.State
Move = RequestStep.Move

# What follows for whoever reads the mail about a step.
NEXT = {
    Move.ACKNOWLEDGED: _("A person has read the request. An answer follows."),
    Move.ACCEPTED: _("The next step is to put it in the calendar. Either side can do it."),
    Move.COUNTERED: _("Look at what is proposed and answer it."),
    Move.RANG: _("A phone call about the request was noted. Look at it; say so if it is wrong."),
    Move.REDIRECTED: _("It was passed to another team."),
    Move.DECLINE_ASKED: _("An inspector is asked to decide whether police decline it."),
    Move.DECLINE_REFUSED: _("The inspector did not agree to decline it. The request goes on."),
    Move.DECLINED: _("Look at the reason, and at what else is possible."),
    Move.WITHDRAWN: _("Nothing more is needed."),
    Move.CANCELLED: _("Police owe a new date; the page says by when."),
    Move.REASSIGNED: _("It is now with another officer."),
    Move.RECOURSE: _("The inspector was asked to step in; the page says by when to answer."),
    Move.RECOURSE_ANSWERED: _("The inspector or commander answered."),
    Move.TO_COMMANDER: _("The inspector did not answer in time. It is with the commander."),
    Move.CLOSED: _("The request is closed. What was promised lives on."),
}


def request_of(message) -> EngagementRequest:
    return EngagementRequest.objects.for_list().get(pk=message.about_id)


def facts(message) -> dict:
    """Return what the templates need, read anew."""
    return facts_of(request_of(message))


def facts_of(request: EngagementRequest) -> dict:
    return {
        "reference": request.reference,
        "institution": request.institution.name,
        "kind": request.get_kind_display(),
        "state": request.get_state_display(),
        "due_at": clocks.due_at(request),
        "answer_by": answer_by(request),
        "path": request.get_absolute_url(),
        "by_police": request.raised_side == "police",
        "police_owe": clocks.police_owe(request),
    }


def answer_by(request):
    """Return when police owe the first answer, or None: a mosque owes none, and one was given."""
    owed = request.raised_side == "institution" and request.state == State.SUBMITTED
    return clocks.due_at(request) if owed else None


def step_facts(message) -> dict:
    step = RequestStep.objects.get(pk=message.context["step"])
    return facts(message) | {"step": step.get_move_display(), "next": NEXT.get(step.move, "")}


def _always(message) -> bool:
    return True


def _unanswered(message) -> bool:
    return request_of(message).state == State.SUBMITTED and _still_hears(message)


def _still_late(message) -> bool:
    """The clock it was promised for still runs: a move would have called it off."""
    due_at = clocks.due_at(request_of(message))
    return due_at is not None and due_at <= message.due_at and _still_hears(message)


def _still_hears(message) -> bool:
    """Whether it would be promised to the same reader today; they may have left meanwhile."""
    request = EngagementRequest.objects.for_clock().get(pk=message.about_id)
    readers = who_hears(message.kind, request, on=localdate(message.due_at))
    return To(message.recipient_kind, message.recipient_id) in readers


def _first_of_the_day(message) -> bool:
    """One list a person and day: it holds whatever is late, so the others need not leave."""
    if not _still_late(message):
        return False
    midnight = at_local(localdate(message.due_at), time(0))
    return not Message.objects.filter(
        kind=message.kind,
        recipient_kind=message.recipient_kind,
        recipient_id=message.recipient_id,
        state=Message.State.SENT,
        ended_at__gte=midnight,  # as sent_at, which has no index
    ).exists()


def list_facts(message) -> dict:
    """Return what waits for an inspector or commander, the longest waiting first."""
    user = User.objects.get(pk=message.recipient_id)
    waiting = EngagementRequest.objects.escalated_to(user, at=message.due_at)
    waiting = waiting.for_list().order_by("submitted_at", "pk")
    own = [facts_of(request) for request in waiting]
    return {"waiting": own or [facts(message)]}  # a commander's, where there is no inspector


def _waits_for_feedback(message) -> bool:
    return request_of(message).state == State.FEEDBACK_DUE


def register():
    """Make the kinds known; ``still_due`` and what the template gets are read when it leaves."""
    for name, still_due, context in (
        ("request_received", _always, facts),
        ("request_submitted", _always, facts),
        ("request_warned", _unanswered, facts),
        ("request_overdue", _first_of_the_day, list_facts),
        ("request_missed", _still_late, facts),
        ("request_moved", _always, step_facts),
        ("feedback_due", _waits_for_feedback, facts),
    ):
        outbox.register(
            plain_kind(
                f"events.{name}", template=f"events/{name}", still_due=still_due, context=context
            )
        )
