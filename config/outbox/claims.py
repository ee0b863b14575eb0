"""How a message's row moves while a sender holds it; each function is one committed step.

A claim's token stays on the row (``lease_by``), so that a sender whose message was called off
while it left can still record that it was sent; coming back to life takes the token away.
"""

import os
import random
import socket
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Exists, F, Value, When
from django.db.models.fields.json import JSONField

from . import knobs
from .models import Freeze, Message
from .smtp_errors import Refusal

State = Message.State
# A sender that died before it turned to the mail server has certainly sent nothing.
MAY_HAVE_LEFT = Case(When(state=State.SENDING, started_at__isnull=False, then=1), default=0)
_NO_CONTEXT = Value({}, JSONField())


def new_token() -> str:
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


@transaction.atomic
def claim(token: str, *, at: datetime) -> list[Message]:
    """Take the next batch, past rows that others hold; note what may have left."""
    ready = Message.objects.ready(at=at).select_for_update(skip_locked=True)
    keys = [message.pk for message in ready[: knobs.BATCH]]
    claimed = Message.objects.filter(pk__in=keys)
    claimed.update(
        state=State.SENDING,
        lease_by=token,
        lease_until=at + knobs.LEASE,
        attempts=F("attempts") + 1,
        uncertain=F("uncertain") + MAY_HAVE_LEFT,
        started_at=None,
    )
    return list(claimed.order_by("next_try_at", "pk"))


def start(message: Message, token: str, *, at: datetime) -> bool:
    """Start sending if the message is still ours; the last step before the mail server."""
    ours = Message.objects.filter(
        ~Exists(Freeze.objects.all()),
        pk=message.pk,
        state=State.SENDING,
        lease_by=token,
        lease_until__gt=at,
    )
    return ours.update(lease_until=at + knobs.LEASE, started_at=at) == 1


def note_sent(message: Message, token: str, *, at: datetime) -> None:
    """The server has taken it. Also true of a message that was called off in that moment."""
    Message.objects.filter(pk=message.pk, lease_by=token).update(
        state=State.SENT,
        sent_at=at,
        ended_at=at,
        lease_until=None,
        secret=None,
        context=_NO_CONTEXT,
        last_error="",
    )


def note_refused(message: Message, token: str, refusal: Refusal, *, at: datetime) -> None:
    if refusal.dead:
        _settle(message, token, at=at, state=State.DEAD, reason=refusal.reason)
    else:
        postpone(message, token, refusal.reason, at=at, uncertain=refusal.uncertain)


def call_off(message: Message, token: str, reason: str, *, at: datetime) -> None:
    """What it promises no longer holds, or there is nobody to tell."""
    _settle(message, token, at=at, state=State.CANCELLED, reason=reason)


def hold(message: Message, token: str, *, until: datetime) -> None:
    """Quiet hours: not a try, and not late either."""
    _held(message, token).update(
        state=State.PENDING,
        lease_until=None,
        attempts=F("attempts") - 1,
        held_until=until,
        next_try_at=min(until, message.give_up_at),
    )


def postpone(
    message: Message, token: str, reason: str, *, at: datetime, uncertain: bool = False
) -> None:
    """Try again later, but be back at the deadline."""
    _held(message, token).update(
        state=State.PENDING,
        lease_until=None,
        last_error=reason[:200],
        uncertain=F("uncertain") + int(uncertain),
        next_try_at=min(at + _backoff(message.attempts), message.give_up_at),
    )


def give_back(token: str) -> None:
    """Return what this claim has not tried, as if it had never been taken."""
    untried = Message.objects.filter(state=State.SENDING, lease_by=token, started_at=None)
    untried.update(state=State.PENDING, lease_until=None, attempts=F("attempts") - 1)


def give_up_overdue(*, at: datetime) -> int:
    """Only a deadline ends trying, never a count: crashes must not use up a message's chances."""
    return Message.objects.overdue(at=at).update(
        state=State.DEAD,
        ended_at=at,
        lease_until=None,
        secret=None,
        last_error="deadline",
        uncertain=F("uncertain") + MAY_HAVE_LEFT,
    )


def _held(message, token):
    return Message.objects.filter(pk=message.pk, state=State.SENDING, lease_by=token)


def _settle(message, token, *, at, state, reason):
    _held(message, token).update(
        state=state, ended_at=at, lease_until=None, secret=None, last_error=reason[:200]
    )


def _backoff(attempts: int) -> timedelta:
    """Double each time up to the cap, then take off up to half, so that senders spread out."""
    longest = min(knobs.BACKOFF_CAP, knobs.BACKOFF * 2 ** min(attempts - 1, 20))
    return longest * random.uniform(0.5, 1)  # nosec B311  # noqa: S311  spreading, not secrecy
