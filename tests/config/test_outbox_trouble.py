"""Deadlines, bugs, freezes: what keeps a message from leaving, and how that ends."""

import logging
from datetime import timedelta

import pytest

from config.outbox import actions, claims, knobs, status
from config.outbox.kinds import Mail, Recipient
from config.outbox.models import Message

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


def test_drain_gives_up_at_the_deadline_and_only_there(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise(give_up_at=AT + HOUR, secret="123456")
    Message.objects.update(attempts=1000)

    assert drain(AT + HOUR).sent == 0

    message = fresh(message)
    assert (message.state, message.last_error) == ("dead", "deadline")
    assert (message.ended_at, message.secret) == (AT + HOUR, None)
    assert mailoutbox == []


def test_drain_still_sends_just_before_the_deadline(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise(give_up_at=AT + HOUR)
    Message.objects.update(attempts=1000)

    assert drain(AT + HOUR - timedelta(seconds=1)).sent == 1


def test_deadline_of_a_silent_senders_message_is_uncertain(monkeypatch):
    add_kind(monkeypatch)
    message = promise(give_up_at=AT + HOUR)
    [held] = claim("died", at=AT)
    claims.start(held, "died", at=AT)

    drain(AT + HOUR)

    assert (fresh(message).state, fresh(message).uncertain) == ("dead", 1)


def test_bug_in_one_kind_stops_no_other_mail(monkeypatch, mailoutbox, caplog):
    def stumble(message):
        raise KeyError("Imam Yusuf's telephone number")

    add_kind(monkeypatch, "tests.broken", render=stumble)
    add_kind(monkeypatch)
    broken = promise(kind="tests.broken", due_at=AT - HOUR)
    promise()

    with caplog.at_level(logging.ERROR):
        assert drain().sent == 1

    broken = fresh(broken)
    assert (broken.state, broken.last_error) == ("pending", "bug: KeyError")
    assert AT < broken.next_try_at <= AT + knobs.BACKOFF
    assert str(broken.pk) in caplog.text
    assert "Yusuf" not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        {"still_due": lambda message: 1 / 0},
        {"recipient": lambda message: Recipient("a@b.example\nBcc: c@d.example")},
        {"render": lambda message: Mail("Two\nlines", "")},
        {"render": lambda message: Message.objects.raw("SELECT nothing")[0]},
        {"render": lambda message: Mail(message.reveal(), "")},
    ],
)
def test_poisoned_message_waits_while_others_leave(monkeypatch, mailoutbox, fault):
    add_kind(monkeypatch, "tests.broken", **fault)
    add_kind(monkeypatch)
    broken = promise(kind="tests.broken", due_at=AT - HOUR)
    promise()

    assert drain().sent == 1
    assert (fresh(broken).state, fresh(broken).attempts) == ("pending", 1)


def test_message_of_a_forgotten_kind_waits_for_its_kind(monkeypatch, mailoutbox):
    with monkeypatch.context() as patch:
        add_kind(patch)
        message = promise()

    drain()

    assert fresh(message).last_error == "bug: LookupError"
    add_kind(monkeypatch)
    assert drain(AT + HOUR).sent == 1


@pytest.mark.parametrize(("attempts", "longest"), [(1, 30), (2, 60), (5, 480), (6, 900), (99, 900)])
def test_backoff_doubles_to_a_quarter_of_an_hour(attempts, longest):
    waits = {claims._backoff(attempts).total_seconds() for _ in range(50)}

    assert longest / 2 <= min(waits) < max(waits) <= longest


def test_freeze_lets_nothing_leave_until_released(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    actions.freeze(at=AT)
    actions.freeze(at=AT)

    assert drain().sent == 0
    assert (fresh(message).state, fresh(message).attempts) == ("pending", 0)

    actions.release()
    assert drain().sent == 1


def test_freeze_stops_a_batch_that_is_under_way(monkeypatch, mailoutbox):
    def freeze(message):
        actions.freeze(at=AT)
        return Mail("Your visit", "It is on Thursday.")

    add_kind(monkeypatch, render=freeze)
    promise_many(3)

    assert drain().sent == 0
    assert status.counts()["pending"] == 3
    assert {m.attempts for m in Message.objects.all()} == {0}


def test_message_held_at_night_is_late_from_the_morning_on(monkeypatch, mailoutbox):
    add_kind(monkeypatch, quiet=True)
    promise()
    drain(NIGHT)
    actions.freeze(at=NIGHT)

    assert status.oldest_due_age(MORNING - HOUR) is None
    assert status.oldest_due_age(MORNING + HOUR) == HOUR


def test_message_revived_after_a_quiet_night_is_no_longer_held(monkeypatch):
    add_kind(monkeypatch, quiet=True)
    message = promise()
    drain(NIGHT)
    actions.cancel(about=MOSQUE, at=NIGHT)
    promise()

    assert fresh(message).held_until is None


def test_batch_that_breaks_off_gives_back_what_it_did_not_try(monkeypatch):
    def interrupt(message):
        if message.about_id == "2":
            raise KeyboardInterrupt
        return Mail("Your visit", "It is on Thursday.")

    add_kind(monkeypatch, render=interrupt)
    promise_many(3)

    with pytest.raises(KeyboardInterrupt):
        drain()

    assert {m.attempts for m in Message.objects.filter(state="pending")} == {0}
    assert status.counts()["sending"] == 0


def test_batch_that_breaks_off_in_mid_message_keeps_that_one_uncertain(monkeypatch, settings):
    settings.EMAIL_BACKEND = "tests.config.outbox_kit.Interrupted"
    add_kind(monkeypatch)
    message = promise()

    with pytest.raises(KeyboardInterrupt):
        drain()

    assert fresh(message).state == "sending"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert drain(AT + knobs.LEASE + timedelta(seconds=1)).sent == 1
    assert fresh(message).uncertain == 1


def test_drain_stops_between_two_messages_when_asked(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise_many(3)

    assert drain(should_stop=lambda: len(mailoutbox) == 1).sent == 1
    assert status.counts()["pending"] == 2
    assert {m.attempts for m in Message.objects.filter(state="pending")} == {0}
