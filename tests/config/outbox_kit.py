"""A kind of message, its object and its clock, for the tests of the outbox."""

from datetime import UTC, datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend

from config.outbox import actions, claims, delivery, kinds
from config.outbox.kinds import Kind, Mail, Recipient, To
from config.outbox.models import Message
from contacts.models import Institution, User

AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)  # a Tuesday morning in London
NIGHT = datetime(2026, 11, 3, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
KIND = "tests.visit_due"
MOSQUE = Institution(pk=7)
READER = To.user(User(pk=41))
HOUR = timedelta(hours=1)


class Interrupted(BaseEmailBackend):
    """A mail server during whose answer the sender is told to end."""

    def send_messages(self, messages):
        raise KeyboardInterrupt


def add_kind(monkeypatch, code=KIND, *, address="reader@mosque.example", **changes):
    """Register a kind for one test; by default it is due, loud and has a reader."""
    values = {
        "still_due": lambda message: True,
        "recipient": lambda message: Recipient(address),
        "render": lambda message: Mail("Your visit", "It is on Thursday.\n"),
        "give_up_after": timedelta(days=1),
        "quiet": False,
    }
    monkeypatch.setitem(kinds._KINDS, code, Kind(code, **values | changes))


def promise(about=MOSQUE, *, kind=KIND, recipient=READER, occurrence="first", at=AT, **changes):
    """Schedule a message that is due at once, and return its row."""
    values = {"due_at": at} | changes
    key = actions.schedule(
        kind, about=about, recipient=recipient, occurrence=occurrence, at=at, **values
    )
    return Message.objects.get(key=key)


def drain(at=AT, **changes):
    return delivery.drain(clock=lambda: at, **changes)


def fresh(message):
    return Message.objects.get(pk=message.pk)


def promise_many(count):
    return [promise(Institution(pk=number)) for number in range(1, count + 1)]


def claim(token="another sender", at=AT):
    return claims.claim(token, at=at)
