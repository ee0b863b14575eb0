"""Sending: what is asked again at the last moment, and how a message ends."""

from datetime import timedelta

import pytest

from config.outbox import actions, claims, delivery, knobs, status
from config.outbox.kinds import Mail
from config.outbox.quiet import Span
from contacts.models import Institution

from .outbox_kit import (
    AT,
    HOUR,
    MORNING,
    MOSQUE,
    NIGHT,
    add_kind,
    claim,
    drain,
    fresh,
    promise,
    promise_many,
)

pytestmark = pytest.mark.django_db


def test_drain_sends_what_is_due_and_forgets_its_content(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise(secret="123456", context={"visit": 3})

    assert drain().sent == 1

    message = fresh(message)
    assert (message.state, message.sent_at, message.ended_at) == ("sent", AT, AT)
    assert (message.context, message.secret, message.attempts) == ({}, None, 1)
    assert mailoutbox[0].to == ["reader@mosque.example"]


def test_drain_leaves_what_is_not_due_yet(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise(due_at=AT + HOUR)

    assert drain(AT + HOUR - timedelta(seconds=1)).sent == 0
    assert drain(AT + HOUR).sent == 1


def test_drain_goes_on_batch_after_batch(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise_many(2 * knobs.BATCH + 1)

    assert drain().sent == 41
    assert status.counts() == {"pending": 0, "sending": 0, "sent": 41, "dead": 0, "cancelled": 0}


def test_drain_asks_again_whether_it_is_still_due(monkeypatch, mailoutbox):
    add_kind(monkeypatch, still_due=lambda message: False)
    message = promise(secret="123456")

    drain()

    message = fresh(message)
    assert (message.state, message.last_error) == ("cancelled", "no longer due")
    assert message.secret is None
    assert mailoutbox == []


def test_drain_tells_nobody_when_the_reader_is_gone(monkeypatch, mailoutbox):
    add_kind(monkeypatch, recipient=lambda message: None)
    message = promise()

    drain()

    assert (fresh(message).state, fresh(message).last_error) == ("cancelled", "nobody to tell")
    assert mailoutbox == []


def test_drain_checks_its_lease_before_each_message(monkeypatch, mailoutbox):
    def lose_lease(message):
        stolen = AT + knobs.LEASE + timedelta(seconds=1)
        assert [m.pk for m in claim("a rival", at=stolen)] == [message.pk]
        return Mail("Your visit", "Late")

    add_kind(monkeypatch, render=lose_lease)
    message = promise()

    assert drain().sent == 0
    assert mailoutbox == []
    assert (fresh(message).lease_by, fresh(message).uncertain) == ("a rival", 0)


def test_drain_that_was_asleep_past_its_lease_sends_nothing(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    hours = iter([AT, AT, AT, AT, AT, AT] + [AT + knobs.LEASE + timedelta(seconds=1)] * 20)

    delivery.drain(clock=lambda: next(hours))

    assert mailoutbox == []
    assert (fresh(message).state, fresh(message).attempts) == ("pending", 0)


def test_drain_stops_a_message_that_is_called_off_while_it_is_prepared(monkeypatch, mailoutbox):
    def move(message):
        actions.cancel(about=MOSQUE, at=AT)
        return Mail("Your visit", "Moved meanwhile")

    add_kind(monkeypatch, render=move)
    message = promise()

    drain()

    assert mailoutbox == []
    assert fresh(message).state == "cancelled"


def test_message_called_off_in_the_moment_it_left_counts_as_sent(monkeypatch):
    add_kind(monkeypatch)
    message = promise()
    [held] = claim("sender")
    claims.start(held, "sender", at=AT)
    actions.cancel(about=MOSQUE, at=AT)

    claims.note_sent(held, "sender", at=AT)

    assert (fresh(message).state, fresh(message).uncertain) == ("sent", 1)


def test_message_that_came_back_to_life_is_not_sent_by_who_held_it_before(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise(context={"slot": 1})
    [held] = claim("sender")
    claims.start(held, "sender", at=AT)
    actions.cancel(about=MOSQUE, at=AT)
    promise(context={"slot": 2})

    claims.note_sent(held, "sender", at=AT)

    message = fresh(message)
    assert (message.state, message.context, message.uncertain) == ("pending", {"slot": 2}, 1)
    assert drain().sent == 1
    assert (fresh(message).state, fresh(message).uncertain) == ("sent", 1)


def test_claim_passes_by_what_another_sender_holds(monkeypatch):
    add_kind(monkeypatch)
    promise_many(3)

    assert len(claim("one")) == 3
    assert claim("two") == []


def test_claim_takes_a_batch_in_order_of_time(monkeypatch):
    add_kind(monkeypatch)
    late = promise(Institution(pk=1), due_at=AT)
    early = promise(Institution(pk=2), due_at=AT - HOUR)

    assert claim() == [early, late]


def test_claim_takes_over_from_a_silent_sender_and_says_so(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    [held] = claim("died")
    claims.start(held, "died", at=AT)

    assert drain(AT + knobs.LEASE).sent == 0
    assert drain(AT + knobs.LEASE + timedelta(seconds=1)).sent == 1
    assert (fresh(message).uncertain, fresh(message).attempts) == (1, 2)


def test_claim_of_what_was_never_started_is_certain(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    claim("died")

    assert drain(AT + knobs.LEASE + timedelta(seconds=1)).sent == 1
    assert fresh(message).uncertain == 0


def test_claim_counts_one_start_once(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    [held] = claim("died in mid-message")
    claims.start(held, "died in mid-message", at=AT)
    claim("died before the message", at=AT + 1.1 * knobs.LEASE)

    drain(AT + 2.2 * knobs.LEASE)

    assert (fresh(message).state, fresh(message).uncertain) == ("sent", 1)


def test_drain_holds_mail_back_at_night_without_counting_a_try(monkeypatch, mailoutbox):
    add_kind(monkeypatch, quiet=True)
    message = promise(due_at=AT)

    assert drain(NIGHT).sent == 0

    message = fresh(message)
    assert (message.state, message.attempts, message.due_at) == ("pending", 0, AT)
    assert (message.next_try_at, message.held_until) == (MORNING, MORNING)
    assert status.oldest_due_age(NIGHT) is None
    assert drain(MORNING - timedelta(seconds=1)).sent == 0
    assert drain(MORNING).sent == 1


def test_drain_wakes_a_reader_for_a_kind_that_may(monkeypatch, mailoutbox):
    add_kind(monkeypatch, quiet=False)
    promise()

    assert drain(NIGHT).sent == 1


def test_drain_asks_a_kind_for_its_own_windows(monkeypatch, mailoutbox):
    jamaah = Span(AT, AT + HOUR)
    add_kind(monkeypatch, quiet=True, windows=lambda message: [jamaah])
    message = promise()

    assert drain().sent == 0
    assert fresh(message).next_try_at == AT + HOUR


def test_oldest_due_age_counts_from_when_a_message_was_due(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise(due_at=AT - HOUR)
    promise(Institution(pk=8), due_at=AT + HOUR)

    assert status.oldest_due_age(AT) == HOUR
    drain()
    assert status.oldest_due_age(AT) is None


@pytest.mark.parametrize("batch", [1, 30])
def test_claim_costs_the_same_for_any_number(monkeypatch, django_assert_num_queries, batch):
    add_kind(monkeypatch)
    promise_many(batch)

    with django_assert_num_queries(5):  # savepoint, select, update, select, release
        claim()
