"""How a request moves: its table of moves, its history, its clock. Every action stands on these."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from contacts.models import User
from events import addressees, clocks
from events.models import EngagementRequest, RequestStep
from partnerships.models import Side

State = EngagementRequest.State
Move = RequestStep.Move
CLOCK_KINDS = ("events.request_warned", "events.request_overdue", "events.request_missed")


class NotNow(ValidationError):
    """The request is not in a state from which that is possible."""


def lock(request: EngagementRequest) -> EngagementRequest:
    """Load the request anew and keep others from moving it until the transaction ends."""
    return EngagementRequest.objects.for_action().get(pk=request.pk)


def require(request: EngagementRequest, *states: str) -> None:
    if request.state not in states:
        raise NotNow(
            _("This request is now “%(state)s”, so that is no longer possible.")
            % {"state": request.get_state_display()}
        )


def move(request: EngagementRequest, to: str, *, at: datetime) -> None:
    """Move the request to another state, save it and set its clock.

    Raises:
        NotNow: the table of moves does not have it.
    """
    if to not in EngagementRequest.MOVES[State(request.state)]:
        require(request)
    request.state, request.state_at = to, at
    if not request.is_open or to == State.FEEDBACK_DUE:
        request.wants_woman_officer = False  # a stated preference is not kept any longer
    request.full_clean()
    request.save()
    set_clock(request, at=at)


def note_step(
    request: EngagementRequest,
    step: str,
    *,
    by: User | None,
    at: datetime,
    side: str = "",
    words: str = "",
    **details,
) -> RequestStep:
    """Write the step for both sides to read, and the trail."""
    made = RequestStep(
        institution=request.institution,
        request=request,
        move=step,
        side=side,
        by=by.contact if by else None,
        at=at,
        words=words.strip(),
    )
    made.full_clean()
    made.save()
    record(
        f"events.request_{step}",
        subject=request,
        by=by,
        at=at,
        institution=request.institution,
        state=str(request.state),
        **details,
    )
    return made


def tell(request: EngagementRequest, recipients: list[To], step: RequestStep) -> None:
    """Promise the mail about a step."""
    for recipient in dict.fromkeys(recipients):
        promise("events.request_moved", request, recipient, step.at, occurrence=step.pk, step=step)


def promise(kind, request, recipient, at, *, occurrence, due_at=None, step=None) -> None:
    schedule(
        kind,
        about=request,
        recipient=recipient,
        occurrence=occurrence,
        due_at=next_allowed(due_at or at),
        at=at,
        context={"step": step.pk} if step else {},
    )


def set_clock(request: EngagementRequest, *, at: datetime) -> None:
    """Call off the clock's letters and promise those of the present state, each once.

    At 48 hours the answering side is reminded. Where police owe the step, whoever asked hears of
    it the moment it is late, and inspectors at the next 08:00, in one list. A mosque's silence is
    told to whoever asked, no more.
    """
    cancel(about=request, at=at, kinds=CLOCK_KINDS)
    due_at = clocks.due_at(request)
    if due_at is None or request.state == State.FEEDBACK_DUE:
        return
    if request.state == State.SUBMITTED:
        _promise_warnings(request, at=at)
    police_owe = (
        request.raised_side == Side.INSTITUTION or request.state == State.CANCELLED_BY_POLICE
    )
    if due_at <= at or not (police_owe or request.state == State.SUBMITTED):
        return
    for recipient in dict.fromkeys(_who_waits(request, on=localdate(due_at))):
        promise("events.request_missed", request, recipient, at, occurrence=due_at, due_at=due_at)
    if police_owe:
        _promise_escalations(request, due_at, at=at)


def _promise_escalations(request, due_at, *, at):
    morning = clocks.next_morning(due_at)
    over = addressees.inspectors(request.partnership, on=localdate(morning))
    for recipient in dict.fromkeys(over):
        promise("events.request_overdue", request, recipient, at, occurrence=due_at, due_at=morning)


def _promise_warnings(request, *, at):
    partnership, side = request.partnership, request.answering_side
    warn_at = request.submitted_at + clocks.span("acknowledge_warn_hours")
    on = localdate(warn_at)
    recipients = addressees.answerers(partnership, side, on=on)
    if side == Side.POLICE:
        recipients = addressees.sergeants(partnership, on=on) + recipients
    for recipient in dict.fromkeys(recipients):
        promise("events.request_warned", request, recipient, at, occurrence=warn_at, due_at=warn_at)


def _who_waits(request, *, on):
    if request.state != State.CANCELLED_BY_POLICE:
        return addressees.requester(request, on=on)
    if request.raised_side == Side.POLICE:
        return addressees.answerers(request.partnership, Side.INSTITUTION, on=on)
    return addressees.requester_and_mosque(request, on=on)


@transaction.atomic
def request_held(*, request: EngagementRequest, by: User, at: datetime) -> EngagementRequest:
    """The visit that the request led to was held: ask both sides how it was.

    Raises:
        NotNow: the request has no visit in the calendar.
    """
    request = lock(request)
    require(request, State.SCHEDULED)
    request.held_at = at
    move(request, State.FEEDBACK_DUE, at=at)
    note_step(request, Move.HELD, by=by, at=at)
    on = localdate(at)
    asked = [to for side in Side for to in addressees.answerers(request.partnership, side, on=on)]
    for recipient in dict.fromkeys(addressees.requester(request, on=on) + asked):
        promise("events.feedback_due", request, recipient, at, occurrence="held")
    return request


@transaction.atomic
def request_unscheduled(
    *, request: EngagementRequest, side: str, by: User, at: datetime
) -> EngagementRequest:
    """The planned visit is off. When police cancel, they owe a new date; a mosque owes nothing."""
    request = lock(request)
    require(request, State.SCHEDULED)
    if side == Side.POLICE:
        move(request, State.CANCELLED_BY_POLICE, at=at)
        note_step(request, Move.CANCELLED, side=side, by=by, at=at)
    else:
        move(request, State.WITHDRAWN, at=at)
        note_step(request, Move.WITHDRAWN, side=side, by=by, at=at)
    return request
