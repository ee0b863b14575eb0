"""Time that moves on: every date in the rows goes back, and the real processes do the rest."""

import os
import time
from collections import Counter

import redis
from django.utils import timezone

from config.outbox.models import Message
from tests.support.dates import move_back
from tests.support.processes import wait_for


def let_days_pass(number: int) -> None:
    """Move all that promises, visits, requests and their mail know of time back by days."""
    move_back(number, "partnerships_commitment%", "events_%", "outbox_message")


def run_twice(*tasks) -> None:
    """Let the worker do each task, and again; return when all mail that is due has left.

    The second round is sent when the first is over: what a starting worker drops is done then.
    """
    for _round in range(2):
        for task in tasks:
            task.delay()
        settle()


def settle() -> None:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        wait_for(lambda: _stays_idle(broker), seconds=60, what="the worker to finish")
    wait_for(_nothing_due, seconds=30, what=lambda: f"mail to leave: {_due()}")


def _stays_idle(broker) -> bool:
    """A task on its way from the queue to the worker is in neither for a moment."""
    for _ in range(10):
        if broker.llen("celery") or broker.hlen("unacked"):
            return False
        time.sleep(0.1)
    return True


def _due():
    return list(Message.objects.ready(at=timezone.now()).values_list("kind", "state"))


def _nothing_due():
    return not Message.objects.filter(state="sending").exists() and not _due()


class Post:
    """The mail server's post, read a piece at a time."""

    def __init__(self, mail_sink):
        self.sink = mail_sink
        self.seen = 0

    def new(self) -> Counter:
        """Count (to whom, subject) of all that came since the last look."""
        come, self.seen = self.sink.messages[self.seen :], len(self.sink.messages)
        return Counter((message["X-Envelope-To"], message["Subject"]) for message in come)


def once(*letters) -> Counter:
    """Expect each of these exactly once, and nothing else."""
    return Counter(letters)
