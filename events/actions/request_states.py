"""How a request moves: its table of moves, its history, its clock. Every action stands on these."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.kinds import To
from contacts.models import User
from events import addressees
from events.models import Engagement, EngagementRequest, RequestStep
from partnerships.models import Side

from .request_clocks import promise, set_clock

State = EngagementRequest.State
Move = RequestStep.Move


class NotNow(ValidationError):
    """The request is not in a state from which that is possible."""


def lock(request: EngagementRequest) -> EngagementRequest:
    """Load the request anew and keep others from moving it until the transaction ends."""
    return EngagementRequest.objects.for_action().get(pk=request.pk)


def lock_visit(engagement: Engagement) -> Engagement:
    """Load a visit anew and keep others from moving it, or the request that it came from.

    The request is locked first, by everybody: else its state would be that of before the wait,
    and two who hold one each would wait for each other.
    """
    if engagement.request_id:
        EngagementRequest.objects.for_action().get(pk=engagement.request_id)
    return Engagement.objects.for_action().get(pk=engagement.pk)


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
def request_not_held(*, request: EngagementRequest, by: User, at: datetime) -> EngagementRequest:
    """The visit that the request led to was logged in error: nobody is asked how it was.

    Raises:
        NotNow: it does not wait for feedback.
    """
    request = lock(request)
    require(request, State.FEEDBACK_DUE)
    request.held_at = None
    move(request, State.CLOSED, at=at)
    note_step(request, Move.CLOSED, by=by, at=at)
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
