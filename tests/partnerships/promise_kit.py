"""Promises for tests, made and moved through the actions."""

import datetime as dt

from django.urls import reverse

from config.outbox.models import Message
from partnerships.actions import commitment_moves as moves
from partnerships.actions.commitments import propose_commitment, withdraw_commitment
from partnerships.actions.reminders import RULES
from partnerships.models import Commitment
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 3, 10, 15, tzinfo=dt.UTC)
DUE = dt.date(2026, 12, 1)  # a Tuesday
State = Commitment.State


def later(days, hour=10):
    return dt.datetime(2026, 11, 3, hour, 15, tzinfo=dt.UTC) + dt.timedelta(days=days)


def promised(world, **changes):
    """A promise of police to Masjid An-Noor, made by its sergeant."""
    given = {
        "partnership": world.partnership,
        "text": "Send the leaflet about parking.",
        "owner_side": "police",
        "due_on": DUE,
        "side": "police",
        "by": world.sergeant,
        "at": AT,
    }
    return propose_commitment(**given | changes)


def asked(world, **changes):
    """The same, asked for by the mosque: police have not agreed yet."""
    return promised(world, side="institution", by=world.imam, **changes)


def theirs(world, **changes):
    """A promise of the mosque to police."""
    given = {"owner_side": "institution", "side": "institution", "by": world.imam}
    return promised(world, **given | changes)


def claimed(world, **changes):
    promise = promised(world, **changes)
    return moves.claim_commitment(
        commitment=promise, done="Handed it in.", by=world.sergeant, at=later(1)
    )


def standing_at(world, state):
    """A police promise in the given state."""
    if state in {State.PROPOSED, State.NOT_AGREED}:
        promise = asked(world)
    elif state in {State.DONE_CLAIMED, State.KEPT, State.KEPT_UNCONFIRMED}:
        promise = claimed(world)
    else:
        promise = promised(world)
    who = {"commitment": promise, "at": later(2)}
    if state == State.NOT_AGREED:
        promise = moves.decline_commitment(reason="Not ours.", by=world.sergeant, **who)
    elif state == State.KEPT:
        promise = moves.keep_commitment(by=world.imam, **who)
    elif state == State.KEPT_UNCONFIRMED:
        moves.lapse_commitments(at=later(30))
    elif state == State.COULD_NOT:
        promise = moves.fail_commitment(explanation="No printer.", by=world.sergeant, **who)
    elif state == State.RELEASED:
        promise = moves.release_commitment(by=world.imam, **who)
    elif state == State.WITHDRAWN:
        promise = withdraw_commitment(by=world.sergeant, **who)
    return Commitment.objects.for_detail().get(pk=promise.pk)


def waiting(promise, *kinds):
    """(kind, recipient, moment) of the reminders that wait to be sent, in order."""
    messages = Message.objects.open().about(promise).filter(kind__in=kinds or RULES)
    return [
        (message.kind.rpartition(".")[2], to(message), message.due_at)
        for message in messages.order_by("due_at", "recipient_kind", "recipient_id")
    ]


def to(message):
    return f"{message.recipient_kind} {message.recipient_id}"


def account(user):
    return f"user {user.pk}"


def inbox(institution):
    return f"inbox {institution.pk}"


def told(promise):
    """(move, recipient) of every mail about a step, sent or not."""
    messages = Message.objects.about(promise).filter(kind="partnerships.promise_moved")
    return [
        (message.context.get("move"), to(message)) for message in messages.order_by("created_at")
    ]


def nine(month, day, year=2026):
    """09:00 in winter."""
    return dt.datetime(year, month, day, 9, tzinfo=dt.UTC)


def spoil(promise):
    """Let a promise hold what no form and no action would, so that no move of it can be saved."""
    with as_owner():
        Commitment.objects.filter(pk=promise.pk).update(text="x" * 501)


def leave(user, *, on=dt.date(2026, 11, 10)):
    with as_owner():
        user.contact.holdings.update(held_until=on)


def page(client, user, name, *args, query="", **posted):
    """Open a page of promises, or post to it."""
    client.force_login(user)
    url = reverse(f"partnerships:{name}", args=args) + query
    return client.post(url, posted) if posted else client.get(url)
