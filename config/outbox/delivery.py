"""Sending what is due, through any number of senders at once, any of which may die at any time.

Claim a batch under a lease; before each message check the object, the hour and the lease again;
send one, commit one. Nothing is lost; a copy too many is possible when a sender dies between the
server's "250" and our commit, and such a row has ``uncertain`` above 0. Celery and the broker only
wake this; the table alone decides.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from . import claims, kinds, knobs
from .letters import compose
from .models import Freeze, Message
from .quiet import next_allowed
from .smtp_errors import Refusal, read_refusal

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Drained:
    """``reachable`` is False when the mail server did not answer or hung up."""

    sent: int
    reachable: bool = True


def drain(*, clock: Clock, should_stop: Callable[[], bool] = lambda: False) -> Drained:
    """Send until nothing is due, the stint is over or the mail server is away."""
    ends_at, sent, reachable = clock() + knobs.STINT, 0, True
    if dead := claims.give_up_overdue(at=clock()):
        logger.error("outbox: %s messages were given up by their deadline", dead)
    while reachable and clock() < ends_at and not should_stop() and _has_work(clock()):
        batch = Batch(clock, lambda: clock() >= ends_at or should_stop())
        reachable = batch.run()
        sent += batch.sent
    return Drained(sent, reachable)


def _has_work(at: datetime) -> bool:
    return not Freeze.objects.exists() and Message.objects.ready(at=at).exists()


class Batch:
    """One claim over one connection."""

    def __init__(self, clock: Clock, should_stop: Callable[[], bool]):
        self.clock = clock
        self.should_stop = should_stop
        self.token = claims.new_token()
        self.post = get_connection()
        self.sent = 0

    def run(self) -> bool:
        """Return whether the mail server can be used further."""
        try:
            self.post.open()
        except OSError as error:  # nothing is claimed yet, so nothing needs to be given back
            logger.warning("outbox: no mail server (%s)", type(error).__name__)
            return False
        try:
            return self._send_claimed()
        finally:
            claims.give_back(self.token)
            with suppress(OSError):
                self.post.close()

    def _send_claimed(self) -> bool:
        for message in claims.claim(self.token, at=self.clock()):
            if self.should_stop():
                break
            letter = self._prepare(message)
            if letter is None or not claims.start(message, self.token, at=self.clock()):
                continue
            if refusal := self._refusal(letter):
                self._note_refused(message, refusal)
                if refusal.stop:
                    return False
            else:
                claims.note_sent(message, self.token, at=self.clock())
                self.sent += 1
        return True

    def _refusal(self, letter: EmailMultiAlternatives) -> Refusal | None:
        """Send; the only step that no transaction covers."""
        try:
            self.post.send_messages([letter])
        except OSError as error:  # smtplib's exceptions are OSErrors
            return read_refusal(error)
        except ValueError as error:  # smtplib cannot write this address to the server
            return Refusal(f"cannot be written ({type(error).__name__})", stop=True)
        return None

    def _note_refused(self, message: Message, refusal: Refusal) -> None:
        claims.note_refused(message, self.token, refusal, at=self.clock())
        if refusal.dead:
            logger.error("outbox: message %s (%s) is dead", message.pk, message.kind)

    def _prepare(self, message: Message) -> EmailMultiAlternatives | None:
        """Return the letter, or None after settling why there is none now."""
        try:
            with transaction.atomic():
                return self._compose(message)
        # The one place that catches everything: a bug in one kind must not stop every other mail,
        # sign-in codes among them. Its text could hold personal data, so only its place is logged.
        except Exception as error:  # noqa: BLE001
            frame = extract_tb(error.__traceback__)[-1]
            name, place = type(error).__name__, f"{frame.filename}:{frame.lineno}"
            logger.error(
                "outbox: message %s (%s) fails: %s at %s", message.pk, message.kind, name, place
            )
            claims.postpone(message, self.token, f"bug: {name}", at=self.clock())
            return None

    def _compose(self, message: Message) -> EmailMultiAlternatives | None:
        kind, at = kinds.get(message.kind), self.clock()
        if not kind.still_due(message):
            claims.call_off(message, self.token, "no longer due", at=at)
        elif kind.quiet and (until := next_allowed(at, kind.windows(message))) > at:
            claims.hold(message, self.token, until=until)
        elif (recipient := kind.recipient(message)) is None:
            claims.call_off(message, self.token, "nobody to tell", at=at)
        else:
            return compose(message, kind, recipient)
        return None
