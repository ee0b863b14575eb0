"""Kill senders, beat and broker at random: nothing is lost, and every copy too many is known.

The invariant (docs/outbox.md): each due message ends sent, dead or cancelled; copies of one are at
most 1 + the times when a sender died between the mail server's 250 and our commit, each flagged.
"""

import os
from contextlib import ExitStack
from datetime import timedelta
from itertools import islice

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from config import roles
from config.local.processes import free_port
from config.local.valkey import Valkey
from config.outbox import actions, kinds, status, waking
from config.outbox.kinds import To
from config.outbox.letters import message_id
from config.outbox.models import Message
from contacts.models import Institution

from . import cast
from .apps import CODE, NOTICE
from .sink import Sink, wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

COUNT = 500
CALLED_OFF = COUNT // 25
REFUSED = COUNT // 25


@pytest.fixture
def sink():
    with Sink(delay=0.03) as sink:
        yield sink


@pytest.fixture
def environment(sink, monkeypatch):
    monkeypatch.setitem(kinds._KINDS, CODE, NOTICE)
    database = connection.settings_dict["NAME"]
    return cast.FAST | {
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        "PORTAL_ROLE": "task",
        "DATABASE_TASK_URL": roles.elsewhere(os.environ["DATABASE_TASK_URL"], database),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.port),
    }


@pytest.fixture
def broker(tmp_path, monkeypatch):
    port = free_port()
    monkeypatch.setattr("config.local.valkey.free_port", lambda: port)
    broker = cast.Broker(Valkey(tmp_path, "secret"))
    broker.url = f"redis://:secret@127.0.0.1:{port}/0"
    monkeypatch.setattr(waking, "app", Celery("drill", broker=broker.url, set_as_current=False))
    return broker


def promise(number):
    at = timezone.now()
    actions.schedule(
        CODE,
        about=Institution(pk=number),
        recipient=To.inbox(Institution(pk=number)),
        occurrence=1,
        due_at=at - timedelta(seconds=1),
        at=at,
    )


def all_ended():
    return Message.objects.count() == COUNT and not Message.objects.open().exists()


def play(players, *, seed, seconds):
    """Promise most, start everybody, torment them while the rest is promised; let them finish."""
    numbers = iter(range(1, COUNT + 1))

    def promise_some(some=5):
        for number in islice(numbers, some):
            promise(number)

    promise_some(COUNT - 50)
    with ExitStack() as stack:
        for player in players:
            player.start()
            stack.callback(player.kill)
        kills = cast.torment(
            players, meanwhile=promise_some, over=all_ended, seconds=seconds, seed=seed
        )
        promise_some(COUNT)
        assert wait_until(all_ended, seconds=25), status.counts()
    return kills


def senders():
    """Return the processes that sent something."""
    sent = Message.objects.filter(state=Message.State.SENT)
    return {int(token.split(":")[1]) for token in sent.values_list("lease_by", flat=True)}


def check_invariant(sink):
    copies = sink.copies
    for message in Message.objects.all():
        count = copies.pop(message_id(message.key), 0)
        assert count <= 1 + message.uncertain, message.key
        assert count >= (message.state == Message.State.SENT), message.key
    assert not copies, "something left that was never promised"
    assert status.counts() == {
        "pending": 0,
        "sending": 0,
        "sent": COUNT - REFUSED - CALLED_OFF,
        "dead": REFUSED,
        "cancelled": CALLED_OFF,
    }


def test_outbox_loses_nothing_when_worker_beat_loop_and_broker_are_killed(
    tmp_path, environment, broker, sink
):
    environment["REDIS_URL"] = broker.url
    worker = cast.worker(tmp_path, environment)
    loop = cast.loop("loop", tmp_path, environment)
    players = [broker, worker, cast.beat(tmp_path, environment), loop]
    kills = play(players, seed=1, seconds=25)

    assert kills >= 5
    assert senders() & worker.pids
    assert senders() & loop.pids
    check_invariant(sink)


def test_outbox_loses_nothing_without_a_broker_when_its_loops_are_killed(
    tmp_path, environment, sink, monkeypatch
):
    environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    broker = Celery("drill", broker=environment["REDIS_URL"], set_as_current=False)
    monkeypatch.setattr(waking, "app", broker)
    players = [cast.loop(name, tmp_path, environment) for name in ("loop-1", "loop-2")]

    kills = play(players, seed=2, seconds=25)

    assert kills >= 5
    check_invariant(sink)
