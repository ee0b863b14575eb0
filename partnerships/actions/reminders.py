"""What a promise brings to whose mind, and when: rows of the outbox that follow from its state."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from config.london import at_local
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.models import Message
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from contacts.mail import to_people
from partnerships.circle import Circle, circle_of
from partnerships.models import Commitment, Side

# By kind of message: days after the day due. Police promises also climb at +7 and +14, where the
# daily list (escalations.py) takes over; a mosque's own leads hear of theirs.
RULES = {
    "partnerships.promise_in_7_days": -7,
    "partnerships.promise_tomorrow": -1,
    "partnerships.promise_today": 0,
    "partnerships.promise_3_days_late": 3,
    "partnerships.promise_7_days_late": 7,
    "partnerships.promise_14_days_late": 14,
}
AT = time(9)
LAST_RULE = timedelta(days=max(RULES.values()))
REPAIR = timedelta(days=1)


class Reminder(NamedTuple):
    """One mail to one recipient; kind, recipient and moment make it unique for a promise."""

    kind: str
    recipient: To
    due_at: datetime


def reminder_moment(kind: str, *, due_on: date) -> datetime:
    """Return when a rule falls due: 09:00 on London's clocks, or after a quiet window."""
    return next_allowed(at_local(due_on + timedelta(days=RULES[kind]), AT))


def plan_reminders(commitment: Commitment, circle: Circle) -> list[Reminder]:
    """List every reminder that follows from a promise, past ones too. Issues no query."""
    if commitment.state not in Commitment.AWAITED:
        return []
    return [
        Reminder(kind, recipient, reminder_moment(kind, due_on=commitment.due_on))
        for kind, days in RULES.items()
        for recipient in _recipients(commitment, circle, days)
    ]


def _recipients(commitment: Commitment, circle: Circle, days: int) -> list[To]:
    if commitment.owner_side == Side.INSTITUTION:
        late = to_people(circle.answering) or [circle.inbox]
        return circle.owning if days <= 0 else late
    if days < 0:
        return circle.owning
    if days == 0:
        cover = to_people(circle.answering)
        return list(dict.fromkeys([*circle.owning, *cover, circle.inbox]))
    if days == 3:
        return to_people(circle.sergeants) or [circle.inbox]
    return []


@transaction.atomic
def refresh_reminders(*, commitment: Commitment, at: datetime) -> None:
    """Make the waiting reminders those that follow from the promise: call off, promise, or neither.

    What fell due within the last day and after the promise last moved is promised too, so that a
    row that was lost is made good.
    """
    moved_at = commitment.steps.order_by("-at").values_list("at", flat=True).first()
    after = max(at - REPAIR, moved_at or at)
    planned = set(plan_reminders(commitment, circle_of(commitment, on=localdate(at))))
    waiting = {
        Reminder(message.kind, To(message.recipient_kind, message.recipient_id), message.due_at)
        for message in Message.objects.open().about(commitment).filter(kind__in=RULES)
    }
    called_off = set()
    for reminder in waiting - planned:
        cancel(about=commitment, at=at, kinds=[reminder.kind], recipient=reminder.recipient)
        called_off |= {r for r in waiting if r[:2] == reminder[:2]}
    due = {reminder for reminder in planned if reminder.due_at > after}
    _promise(commitment, (due - waiting) | (planned & called_off), at=at)


def _promise(commitment: Commitment, reminders: Iterable[Reminder], *, at: datetime) -> None:
    for reminder in sorted(reminders):
        schedule(
            reminder.kind,
            about=commitment,
            recipient=reminder.recipient,
            occurrence=reminder.due_at,
            due_at=reminder.due_at,
            at=at,
        )


def sweep_reminders(*, at: datetime) -> int:
    """Write anew, the night before it may fall due, what each promise's rules ask for.

    People leave and join roles without touching a promise; this is how their mail follows. Each
    promise has a transaction of its own. Returns the number of promises looked at.
    """
    near = Commitment.objects.awaited().due_between(
        localdate(at) - LAST_RULE - REPAIR, localdate(at) + timedelta(days=9)
    )
    numbers = near.order_by("due_on", "pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_refresh, at=at), sweep="partnerships.refresh_reminders")


@transaction.atomic
def _refresh(number: int, *, at: datetime) -> int:
    awaited = Commitment.objects.awaited().skipping_locked()
    commitment = awaited.filter(pk=number).first()
    if commitment is None:  # moved meanwhile, or another worker has it
        return 0
    refresh_reminders(commitment=commitment, at=at)
    return 1
