"""The letters that a request's clock asks for: promised ahead, called off by each move."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from config.clocks import next_morning
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.models import Message
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from events import addressees, clocks
from events.models import EngagementRequest
from partnerships.models import Side

State = EngagementRequest.State
WARNED, MISSED, OVERDUE = (
    "events.request_warned",
    "events.request_missed",
    "events.request_overdue",
)
CLOCK_KINDS = (WARNED, OVERDUE, MISSED)


class Letter(NamedTuple):
    """One mail to one recipient; ``occurrence`` is the moment that it is about."""

    kind: str
    recipient: To
    occurrence: datetime
    due_at: datetime


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


def plan_clock(request: EngagementRequest) -> list[Letter]:
    """List every letter that follows from the clock of the present state, past ones too.

    At 48 hours the answering side is reminded. Where police owe the step, whoever asked hears of
    it the moment it is late, and inspectors at the next 08:00, in one list. A mosque's silence is
    told to whoever asked, no more.
    """
    due_at, submitted = clocks.due_at(request), request.state == State.SUBMITTED
    if due_at is None or request.state == State.FEEDBACK_DUE:
        return []
    letters = []
    if submitted:
        warn_at = request.submitted_at + clocks.span("acknowledge_warn_hours")
        letters += _letters(WARNED, request, warn_at, warn_at)
    if clocks.police_owe(request) or submitted:
        letters += _letters(MISSED, request, due_at, due_at)
    if clocks.police_owe(request):
        letters += _letters(OVERDUE, request, due_at, next_morning(due_at))
    return letters


def _letters(kind, request, occurrence, due_at):
    due_at = next_allowed(due_at)
    return [
        Letter(kind, recipient, occurrence, due_at)
        for recipient in who_hears(kind, request, on=localdate(due_at))
    ]


def who_hears(kind: str, request: EngagementRequest, *, on: date) -> list[To]:
    """Return whom a letter of the clock goes to on a day, each once."""
    return list(dict.fromkeys(_WHO_HEARS[kind](request, on)))


def _who_answers(request, on):
    found = addressees.answerers(request.partnership, request.answering_side, on=on)
    if request.answering_side == Side.POLICE:
        return addressees.sergeants(request.partnership, on=on) + found
    return found


def _who_waits(request, on):
    if request.state != State.CANCELLED_BY_POLICE:
        return addressees.requester(request, on=on)
    if request.raised_side == Side.POLICE:
        return addressees.answerers(request.partnership, Side.INSTITUTION, on=on)
    return addressees.requester_and_mosque(request, on=on)


def _who_stands_above(request, on):
    return addressees.inspectors(request.partnership, on=on)


_WHO_HEARS: dict[str, Callable[[EngagementRequest, date], list[To]]] = {
    WARNED: _who_answers,
    MISSED: _who_waits,
    OVERDUE: _who_stands_above,
}


def set_clock(request: EngagementRequest, *, at: datetime) -> None:
    """Call off the clock's letters and promise those of the present state, each once."""
    cancel(about=request, at=at, kinds=CLOCK_KINDS)
    _promise([letter for letter in plan_clock(request) if letter.due_at > at], request, at=at)


def _promise(letters, request, *, at):
    for letter in letters:
        promise(
            letter.kind,
            request,
            letter.recipient,
            at,
            occurrence=letter.occurrence,
            due_at=letter.due_at,
        )


def refresh_clock(request: EngagementRequest, *, at: datetime) -> None:
    """Make the letters still to come those that follow now; what is due already stays."""
    planned = {letter for letter in plan_clock(request) if letter.due_at > at}
    wanted = {(letter.kind, letter.recipient) for letter in planned}
    ahead = Message.objects.open().about(request).filter(kind__in=CLOCK_KINDS, due_at__gt=at)
    waiting = {(m.kind, To(m.recipient_kind, m.recipient_id)) for m in ahead}
    for kind, recipient in waiting - wanted:
        cancel(about=request, at=at, kinds=[kind], recipient=recipient)
    _promise([letter for letter in planned if letter[:2] not in waiting], request, at=at)


def sweep_clocks(*, at: datetime) -> int:
    """Write anew, each night, whom the clocks that still run will tell; return how many there are.

    Officers and leads come and go without touching a request; this is how its letters follow. What
    ran out long ago has no letter to come and is left alone, so a night's work stays bounded.
    """
    running = EngagementRequest.objects.with_clock(since=at - clocks.longest())
    numbers = running.order_by("pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_sweep_clock, at=at), sweep="events.refresh_clocks")


@transaction.atomic
def _sweep_clock(number, *, at):
    request = EngagementRequest.objects.skipping_locked().filter(pk=number).first()
    if request is None:  # somebody moves it, which writes its clock anew
        return 0
    refresh_clock(request, at=at)
    return 1
