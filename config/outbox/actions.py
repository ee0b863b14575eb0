"""Promising, moving and calling off messages, in the transaction of what they are about."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Value

from config.codes import require_codes

from . import kinds, knobs, sealing
from .claims import MAY_HAVE_LEFT
from .kinds import To
from .models import Freeze, Message, TaskRun
from .waking import wake

State = Message.State
Occurrence = str | int | date

# A key whose message was called off comes back to life when its object moves back (A, B, A). One
# that waits, has left or was given up stays as it is: promising twice promises once. Whoever held
# it when it was called off holds it no more: what they sent is not what is promised now.
_REVIVED = (
    "context",
    "secret",
    "due_at",
    "give_up_at",
    "state",
    "next_try_at",
    "held_until",
    "lease_by",
    "started_at",
    "attempts",
    "last_error",
    "ended_at",
)


def schedule(
    kind: str,
    *,
    about: models.Model,
    recipient: To,
    occurrence: Occurrence,
    due_at: datetime,
    at: datetime,
    context: Mapping[str, Any] | None = None,
    secret: str | None = None,
    give_up_at: datetime | None = None,
) -> str:
    """Promise a message and return its key; it leaves once the caller has committed.

    One statement, and so no savepoint: an action may promise many.

    The same kind, object, recipient and occurrence are one message, however often promised. An
    ``occurrence`` that is a moment makes a moved date another message. ``context`` holds ids,
    codes and paths; ``secret`` is kept encrypted until the message has left. The caller applies
    quiet hours to ``due_at`` (:func:`.quiet.next_allowed`); sending applies them again.

    Raises:
        LookupError: no such kind is registered.
        TypeError: the context holds words.
    """
    require_codes(context or {}, longest=200, name="context")
    message = Message(
        key=_key(kind, about, recipient, occurrence),
        kind=kind,
        context=dict(context or {}),
        secret=sealing.seal(secret) if secret is not None else None,
        due_at=due_at,
        give_up_at=give_up_at or due_at + kinds.get(kind).give_up_after,
        next_try_at=due_at,
        created_at=at,
    )
    message.about_type, message.about_id = about._meta.label_lower, str(about.pk)
    message.recipient_kind, message.recipient_id = recipient
    _insert_or_revive(message)
    if due_at <= at:
        _wake_after_commit()
    return message.key


@transaction.atomic
def reschedule(
    kind: str,
    *,
    about: models.Model,
    recipient: To,
    due_at: datetime,
    at: datetime,
    **details: Any,
) -> str:
    """Move a message: call off those of this kind for this recipient that wait for another time.

    The occurrence is ``due_at`` itself, so an object that moves back gets its first message back.
    """
    key = _key(kind, about, recipient, due_at)
    waiting = (
        Message.objects.open()
        .about(about)
        .filter(kind=kind, recipient_kind=recipient.kind, recipient_id=recipient.id)
    )
    _call_off(waiting.exclude(key=key), at=at)
    return schedule(
        kind, about=about, recipient=recipient, occurrence=due_at, due_at=due_at, at=at, **details
    )


@transaction.atomic
def cancel(
    *,
    about: models.Model,
    at: datetime,
    kinds: Iterable[str] | None = None,
    recipient: To | None = None,
) -> int:
    """Call off what has not left, as part of the caller's transaction; return how many.

    A message that a sender holds right now is called off too; if it slips out all the same, the
    sender records that it was sent.
    """
    waiting = Message.objects.open().about(about)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    if recipient is not None:
        waiting = waiting.filter(recipient_kind=recipient.kind, recipient_id=recipient.id)
    return _call_off(waiting, at=at)


def cancel_for(recipient: To, *, at: datetime) -> int:
    """Call off all that has not left for somebody who is no longer written to."""
    waiting = Message.objects.open().filter(
        recipient_kind=recipient.kind, recipient_id=recipient.id
    )
    return _call_off(waiting, at=at)


def promised(
    kind: str, *, about: models.Model, recipient: To, occurrence: Occurrence
) -> Message | None:
    """Return the message that this was promised as, whatever became of it. One query, by its key.

    None also once it was pruned.
    """
    return Message.objects.filter(key=_key(kind, about, recipient, occurrence)).first()


def prune_messages(*, at: datetime) -> int:
    """Delete what ended long ago; until then its key keeps it from being promised again."""
    return Message.objects.ended_before(at - knobs.KEEP).delete()[0]


def freeze(*, at: datetime) -> None:
    """Let nothing leave until released: a restored backup believes that yesterday's mail is due."""
    Freeze.objects.bulk_create([Freeze(frozen_at=at)], ignore_conflicts=True)


def release() -> None:
    Freeze.objects.all().delete()


def _key(kind: str, about: models.Model, recipient: To, occurrence: Occurrence) -> str:
    if isinstance(occurrence, datetime):
        occurrence = int(occurrence.timestamp())
    require_codes(occurrence, name="occurrence")
    subject = f"{about._meta.label_lower}.{about.pk}"
    return f"{kind}:{subject}:{recipient.kind}.{recipient.id}:{occurrence}"


def _insert_or_revive(message: Message) -> None:
    """One statement: it waits for a rival transaction, then judges what that one left."""
    fields = Message._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    revive = ", ".join(f"{quote(name)} = EXCLUDED.{quote(name)}" for name in _REVIVED)
    table = quote(Message._meta.db_table)
    values = [
        field.get_db_prep_save(getattr(message, field.attname), connection) for field in fields
    ]
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) "  # nosec B608  # noqa: S608  our own names only
            f"ON CONFLICT (key) DO UPDATE SET {revive} WHERE {table}.state = 'cancelled'",
            values,
        )


def _call_off(messages, *, at: datetime) -> int:
    return messages.update(
        state=State.CANCELLED,
        uncertain=F("uncertain") + MAY_HAVE_LEFT,
        ended_at=at,
        lease_until=None,
        secret=None,
        context=Value({}, models.JSONField()),
    )


def _wake_after_commit() -> None:
    """Wake once a transaction: 500 messages need one knock."""
    if not any(callback is wake for _, callback, *_ in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def note_run(task: str, *, at: datetime) -> None:
    """Keep that a task of the schedule has ended well. Issues a query."""
    TaskRun.objects.bulk_create(
        [TaskRun(task=task, ended_at=at)],
        update_conflicts=True,
        unique_fields=["task"],
        update_fields=["ended_at"],
    )
