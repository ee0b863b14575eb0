"""The letters that a concern's clock asks for: promised ahead, called off by each move."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from config.clocks import end_of, next_morning, span
from config.london import at_local
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.models import Message
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from partnerships import concern_clocks as clocks
from partnerships import concern_people as people
from partnerships.models import Concern

State = Concern.State
WARNED, MISSED, OVERDUE, DUE, WORD_DUE, PANEL_OVER, SETTLED = (
    "partnerships.concern_warned",
    "partnerships.concern_missed",
    "partnerships.concern_overdue",
    "partnerships.concern_due",
    "partnerships.concern_word_due",
    "partnerships.concern_panel_over",
    "partnerships.concern_settled",
)
CLOCK_KINDS = (WARNED, MISSED, OVERDUE, DUE, WORD_DUE, PANEL_OVER, SETTLED)


class Letter(NamedTuple):
    """One mail to one recipient; ``occurrence`` is the moment that it is about."""

    kind: str
    recipient: To
    occurrence: datetime
    due_at: datetime


def plan_clock(concern: Concern) -> list[Letter]:
    """List every letter that follows from the clock of the present state, past ones too."""
    if concern.state == State.RAISED:
        return _unread(concern)
    if concern.state in clocks.ANSWER_OWED and concern.level != Concern.Level.PANEL:
        return _owed(concern)
    if concern.state == State.ESCALATED and concern.panel_viewed_at:
        over_at = clocks.panel_over_at(concern)
        return _letters(PANEL_OVER, over_at, next_morning(over_at), _coordinators(concern))
    if asked_at := clocks.settled_asked_at(concern):
        return _letters(SETTLED, asked_at, asked_at, _raiser(concern))
    return []


def _unread(concern):
    """At 48 hours those who answer are warned; at 72 whoever raised it hears, and inspectors."""
    warn_at = concern.raised_at + span("acknowledge_warn_hours")
    due_at = clocks.due_at(concern)
    return [
        *_letters(WARNED, warn_at, warn_at, partial(_who_answers, concern)),
        *_letters(MISSED, due_at, due_at, _raiser(concern)),
        *_letters(OVERDUE, due_at, next_morning(due_at), _rung("inspector", concern)),
    ]


def _owed(concern):
    """On the day due its owner; after it whoever raised it; then the ladder of police."""
    day = concern.due_on
    letters = _letters(DUE, _at_nine(day), _at_nine(day), partial(people.owner, concern))
    over = end_of(day)
    letters += _letters(MISSED, over, over, _raiser(concern))
    for late in clocks.LATE_DAYS:
        morning = next_morning(end_of(day + timedelta(days=late - 1)))
        rung = clocks.rung_of(late, concern.level)
        letters += _letters(OVERDUE, morning, morning, _rung(rung, concern))
    if word_on := clocks.update_due_on(concern):
        at = _at_nine(word_on)
        letters += _letters(WORD_DUE, at, at, partial(people.owner, concern))
    return letters


def _at_nine(day: date) -> datetime:
    return at_local(day, clocks.NINE)


def _raiser(concern):
    return partial(people.raiser, concern)


def _coordinators(concern):
    return partial(people.coordinators, concern)


def _rung(rung, concern):
    return partial(people.standing_on, rung, concern)


def _who_answers(concern, *, on):
    sergeants = people.standing_on("sergeant", concern, on=on)
    return sergeants + people.answerers(concern, on=on)


def _letters(kind, occurrence, due_at, who):
    due_at = next_allowed(due_at)
    recipients = dict.fromkeys(who(on=localdate(due_at)))
    return [Letter(kind, recipient, occurrence, due_at) for recipient in recipients]


def promise(kind, concern, recipient, at, *, occurrence, due_at=None, step=None) -> None:
    schedule(
        kind,
        about=concern,
        recipient=recipient,
        occurrence=occurrence,
        due_at=next_allowed(due_at or at),
        at=at,
        context={"step": step.pk} if step else {},
    )


def set_clock(concern: Concern, *, at: datetime) -> None:
    """Call off the clock's letters and promise those of the present state, each once."""
    cancel(about=concern, at=at, kinds=CLOCK_KINDS)
    _promise([letter for letter in plan_clock(concern) if letter.due_at > at], concern, at=at)


def _promise(letters, concern, *, at):
    for letter in letters:
        promise(
            letter.kind,
            concern,
            letter.recipient,
            at,
            occurrence=letter.occurrence,
            due_at=letter.due_at,
        )


def refresh_clock(concern: Concern, *, at: datetime) -> None:
    """Make the letters still to come those that follow now; what is due already stays."""
    planned = {letter for letter in plan_clock(concern) if letter.due_at > at}
    wanted = {(letter.kind, letter.recipient) for letter in planned}
    ahead = Message.objects.open().about(concern).filter(kind__in=CLOCK_KINDS, due_at__gt=at)
    waiting = {(m.kind, To(m.recipient_kind, m.recipient_id), m.due_at) for m in ahead}
    for kind, recipient in {each[:2] for each in waiting} - wanted:
        cancel(about=concern, at=at, kinds=[kind], recipient=recipient)
    missing = [
        letter
        for letter in planned
        if (letter.kind, letter.recipient, letter.due_at) not in waiting
    ]
    _promise(missing, concern, at=at)


def sweep_clocks(*, at: datetime) -> int:
    """Write anew, each night, whom the clocks that still run will tell; return how many there are.

    Officers and leads come and go without touching a concern; this is how its letters follow.
    """
    numbers = Concern.objects.with_clock(at=at).order_by("pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_sweep_clock, at=at), sweep="partnerships.concern_clocks")


@transaction.atomic
def _sweep_clock(number, *, at):
    concern = Concern.objects.skipping_locked().filter(pk=number).first()
    if concern is None:  # somebody moves it, which writes its clock anew
        return 0
    refresh_clock(concern, at=at)
    return 1
