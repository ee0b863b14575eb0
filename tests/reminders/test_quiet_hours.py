"""Quiet hours as the real processes keep them: what can wait waits, an account's mail does not."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.urls import reverse
from django.utils import timezone

from config.outbox.models import Message
from partnerships.actions.commitments import propose_commitment
from partnerships.tasks import refresh_reminders
from tests.roles import as_owner
from tests.support.processes import Processes, awake, empty_broker

from .moving import let_days_pass, run_twice

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
REMINDER = "partnerships.promise_today"


@contextmanager
def started(mail_sink, **quiet_hours):
    empty_broker()
    running = Processes(EMAIL_PORT=str(mail_sink.port), **quiet_hours)
    running.start_worker()
    running.start_beat()
    running.start_outbox()
    try:
        yield
    finally:
        running.stop()


def reminder_that_is_due(world):
    """A promise's reminder whose 09:00 has gone by."""
    propose_commitment(
        partnership=world.partnership,
        text="Send the leaflet",
        owner_side="police",
        side="police",
        due_on=timezone.localdate() + dt.timedelta(days=1),
        by=world.sergeant,
        at=timezone.now(),
        mail=False,
    )
    let_days_pass(2)
    return Message.objects.get(kind=REMINDER, recipient_id=world.officer.pk)


def night_round(now):
    """Return quiet hours round a moment that leave 09:00 out, when reminders fall due."""
    nine = now.replace(hour=9, minute=0)
    if now < nine:
        return now - HOUR, min(now + HOUR, nine - MINUTE)
    return max(now - HOUR, nine + MINUTE), now + HOUR


@pytest.mark.timeout(240)
def test_a_reminder_waits_out_the_quiet_hours_and_a_new_password_does_not(client, world, mail_sink):
    begins, ends = night_round(timezone.localtime())
    night = f"{begins:%H:%M}-{ends:%H:%M}"
    reminder = reminder_that_is_due(world)

    with started(mail_sink, QUIET_NIGHT=night, QUIET_FRIDAY=night):
        client.post(reverse("account_reset_password"), {"email": world.imam.email})
        mail_sink.wait_for(world.imam.email, seconds=40)
        run_twice(refresh_reminders)
        reminder.refresh_from_db()

    assert [message["X-Envelope-To"] for message in mail_sink.messages] == [world.imam.email]
    assert reminder.state == "pending"
    assert reminder.held_until == ends.replace(second=0, microsecond=0)
    assert_it_leaves_in_the_morning(world, reminder, mail_sink)


def assert_it_leaves_in_the_morning(world, reminder, mail_sink):
    let_it_be_tried_again(reminder)
    with started(mail_sink, **awake()):
        mail_sink.wait_for(world.officer.email, seconds=40)
        run_twice(refresh_reminders)

    reminder.refresh_from_db()
    assert reminder.state == "sent"
    assert len(mail_sink.to(world.officer.email)) == 1


def let_it_be_tried_again(reminder):
    with as_owner():
        Message.objects.filter(pk=reminder.pk).update(next_try_at=timezone.now())
