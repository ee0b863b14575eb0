"""What a real mail server's answers do to a message."""

import smtplib
from datetime import timedelta

import pytest

from config.local.processes import free_port
from config.outbox import knobs, status
from config.outbox.models import Message
from config.outbox.smtp_errors import read_refusal
from contacts.models import Institution
from tests.chaos.sink import Sink

from .outbox_kit import AT, HOUR, add_kind, drain, fresh, promise

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = sink.port
        yield sink


def promise_to(monkeypatch, local_part, number=1):
    code = f"tests.{local_part}"
    add_kind(monkeypatch, code, address=f"{local_part}@mosque.example")
    return promise(Institution(pk=number), kind=code, due_at=AT - number * HOUR)


def test_drain_uses_one_connection_for_a_batch(monkeypatch, sink):
    for number in range(knobs.BATCH):
        promise_to(monkeypatch, f"reader{number}", number)

    assert drain().sent == knobs.BATCH
    assert (len(sink.taken), sink.connections) == (knobs.BATCH, 1)


def test_address_that_is_refused_for_good_ends_with_the_servers_reason(monkeypatch, sink):
    message = promise_to(monkeypatch, "gone", 2)
    other = promise_to(monkeypatch, "reader")

    drain()

    assert (fresh(message).state, fresh(message).ended_at) == ("dead", AT)
    assert fresh(message).last_error == "550 5.1.1 (address) nobody of that name"
    assert fresh(other).state == "sent"


def test_address_that_is_refused_for_now_waits_and_is_tried_again(monkeypatch, sink):
    message = promise_to(monkeypatch, "greylist", 2)
    other = promise_to(monkeypatch, "reader")

    drain()

    waiting = fresh(message)
    assert (waiting.state, waiting.attempts, waiting.uncertain) == ("pending", 1, 0)
    assert waiting.last_error == "451 4.7.1 Try again later"
    assert AT < waiting.next_try_at <= AT + knobs.BACKOFF
    assert fresh(other).state == "sent"
    assert drain(AT + knobs.BACKOFF).sent == 1
    assert fresh(message).last_error == ""


def test_address_that_is_always_busy_is_given_up_at_the_deadline(monkeypatch, sink):
    message = promise_to(monkeypatch, "busy")
    minutes = range(0, 25 * 60, 10)

    states = {drain(AT + timedelta(minutes=n)) and fresh(message).state for n in minutes}

    assert states == {"pending", "dead"}
    assert fresh(message).last_error == "deadline"
    assert fresh(message).attempts > 50
    assert fresh(message).ended_at == fresh(message).give_up_at + timedelta(minutes=0)


def test_server_that_closes_gets_nothing_more_for_now(monkeypatch, sink):
    message = promise_to(monkeypatch, "full", 2)
    other = promise_to(monkeypatch, "reader")

    assert drain().reachable is False

    assert (fresh(message).attempts, fresh(message).uncertain) == (1, 0)
    assert (fresh(other).state, fresh(other).attempts) == ("pending", 0)


def test_connection_lost_in_mid_message_is_uncertain(monkeypatch, sink):
    message = promise_to(monkeypatch, "cut", 2)
    other = promise_to(monkeypatch, "reader")

    assert drain().reachable is False

    lost = fresh(message)
    assert (lost.state, lost.attempts, lost.uncertain) == ("pending", 1, 1)
    assert lost.last_error == "connection lost (SMTPServerDisconnected)"
    assert (fresh(other).state, fresh(other).attempts) == ("pending", 0)
    drain(AT + knobs.BACKOFF)
    assert sink.copies.most_common(1)[0][1] == 2


def test_server_that_is_away_costs_no_message_a_try(monkeypatch, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    for number in range(3):
        promise_to(monkeypatch, f"reader{number}", number)
    before = list(Message.objects.order_by("pk").values())

    assert drain().reachable is False
    assert list(Message.objects.order_by("pk").values()) == before
    assert status.oldest_due_age(AT) == 2 * HOUR


def test_server_that_refuses_the_portal_itself_kills_no_message(monkeypatch, sink):
    sink.refuse_sender = True
    message = promise_to(monkeypatch, "reader")

    assert drain().reachable is False
    assert (fresh(message).state, fresh(message).attempts) == ("pending", 1)


def test_copies_of_one_message_have_one_message_id(monkeypatch, sink):
    message = promise_to(monkeypatch, "reader")
    drain()
    Message.objects.filter(pk=message.pk).update(
        state="pending", sent_at=None, ended_at=None, next_try_at=AT
    )
    drain()

    assert list(sink.copies.values()) == [2]


@pytest.mark.parametrize(
    ("error", "dead", "stop", "uncertain"),
    [
        (smtplib.SMTPDataError(554, b"spam"), True, False, False),
        (smtplib.SMTPDataError(452, b"no room"), False, False, False),
        (smtplib.SMTPSenderRefused(552, b"too big", "a@b.c"), True, False, False),
        (smtplib.SMTPSenderRefused(530, b"sign in first", "a@b.c"), False, True, False),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), True, False, False),
        (TimeoutError(), False, True, True),
        (BrokenPipeError(), False, True, True),
    ],
)
def test_read_refusal_tells_the_message_from_the_server(error, dead, stop, uncertain):
    refusal = read_refusal(error)
    assert (refusal.dead, refusal.stop, refusal.uncertain) == (dead, stop, uncertain)
