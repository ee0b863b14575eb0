"""Waking a worker, the beat schedule, the command; and what happens when the broker is away."""

import json
import os
import socket
import threading
import time
from contextlib import closing
from io import StringIO

import pytest
import redis
import time_machine
from celery import Celery
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

from config import celery as portal_celery
from config import roles
from config.local.processes import free_port
from config.local.valkey import Valkey
from config.outbox import knobs, tasks, waking
from config.outbox.kinds import Mail
from config.outbox.management.commands.outbox import Command
from config.outbox.models import Message
from contacts.models import Institution
from tests.roles import as_owner

from .outbox_kit import AT, HOUR, add_kind, fresh, promise

WIDEST = 3.0  # seconds: a slow machine needs its time, a mute broker would take longer


@pytest.fixture(autouse=True)
def _rested(monkeypatch):
    monkeypatch.setitem(waking._rest, "until", 0.0)


@pytest.fixture
def broker(monkeypatch):
    """Point the portal at another address, as if its broker stood there."""

    def point(url):
        elsewhere = Celery("elsewhere", broker=url, set_as_current=False)
        monkeypatch.setattr(waking, "app", elsewhere)

    return point


@pytest.fixture
def mute_port():
    """A port that takes connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def timed(function):
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def test_wake_puts_a_task_on_the_queue_that_expires(tmp_path, broker):
    valkey = Valkey(tmp_path, "secret")
    valkey.start()
    try:
        broker(f"redis://:secret@127.0.0.1:{valkey.port}/0")
        waking.wake()
        with redis.Redis(port=valkey.port, password="secret") as client:
            task = json.loads(client.lpop("celery"))["headers"]
    finally:
        valkey.stop()

    assert task["task"] == tasks.drain.name == "outbox.drain"
    assert task["expires"]


def test_wake_gives_up_at_once_when_the_broker_is_away(broker, caplog):
    broker(f"redis://127.0.0.1:{free_port()}/0")
    waking.wake()
    waking._rest["until"] = 0

    assert timed(waking.wake) < WIDEST
    assert "the broker did not answer" in caplog.text


def test_wake_gives_up_soon_when_the_broker_is_mute(broker, mute_port):
    broker(f"redis://127.0.0.1:{mute_port}/0")

    assert timed(waking.wake) < WIDEST


def test_wake_does_not_try_again_at_every_request(broker, mute_port):
    broker(f"redis://127.0.0.1:{mute_port}/0")
    waking.wake()

    assert timed(lambda: [waking.wake() for _ in range(100)]) < WIDEST
    assert waking._rest["until"] > time.monotonic() + knobs.WAKE_REST.total_seconds() / 2


@pytest.mark.django_db
def test_schedule_succeeds_without_a_broker(
    monkeypatch, broker, mute_port, django_capture_on_commit_callbacks
):
    add_kind(monkeypatch)
    broker(f"redis://127.0.0.1:{mute_port}/0")

    def request():
        with django_capture_on_commit_callbacks(execute=True):
            promise()

    assert timed(request) < WIDEST
    assert Message.objects.get().state == "pending"


@pytest.mark.django_db
def test_schedule_knocks_once_a_transaction(monkeypatch, django_capture_on_commit_callbacks):
    add_kind(monkeypatch)
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(5):
            promise(Institution(pk=number))

    assert callbacks == [waking.wake]


@pytest.mark.django_db
def test_schedule_knocks_even_if_an_earlier_savepoint_is_undone(
    monkeypatch, django_capture_on_commit_callbacks
):
    add_kind(monkeypatch)
    with django_capture_on_commit_callbacks() as callbacks:
        with transaction.atomic():
            promise()
            transaction.set_rollback(True)
        promise(occurrence="second")

    assert callbacks == [waking.wake]


@pytest.mark.django_db
def test_schedule_wakes_nobody_for_later(monkeypatch, django_capture_on_commit_callbacks):
    add_kind(monkeypatch)
    with django_capture_on_commit_callbacks() as callbacks:
        promise(due_at=AT + HOUR)

    assert callbacks == []


@pytest.mark.django_db
def test_worker_declines_to_start_as_the_tables_owner():
    with as_owner(), pytest.raises(SystemExit, match="owns the portal's tables"):
        portal_celery.refuse_unsafe()


@pytest.mark.django_db
@time_machine.travel(AT + HOUR, tick=False)
def test_outbox_once_sends_what_is_due(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    message = promise()
    out = StringIO()

    call_command("outbox", "--once", stdout=out)

    assert out.getvalue() == "Sent 1.\n"
    assert fresh(message).state == "sent"


@pytest.mark.django_db
@time_machine.travel(AT + HOUR, tick=False)
def test_outbox_status_tells_counts_lateness_and_freeze(monkeypatch):
    add_kind(monkeypatch)
    promise()
    out = StringIO()
    call_command("outbox", "--freeze", stdout=StringIO())
    call_command("outbox", "--status", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "pending    1"
    assert lines[-2] == "oldest due 3600 s ago"
    assert lines[-1] == "frozen     yes"


@pytest.mark.django_db
@time_machine.travel(AT + HOUR, tick=False)
def test_outbox_release_lets_mail_leave_again(monkeypatch, mailoutbox):
    add_kind(monkeypatch)
    promise()
    for choice in ("--freeze", "--once", "--release", "--once"):
        assert len(mailoutbox) == 0
        call_command("outbox", choice, stdout=StringIO())

    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_outbox_loop_declines_to_run_as_the_tables_owner():
    with as_owner(), pytest.raises(ImproperlyConfigured):
        call_command("outbox", "--loop")


@pytest.mark.django_db(transaction=True)
def test_outbox_loop_outlives_a_database_that_is_away(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", free_port())
    errors = StringIO()

    pause = Command(stderr=errors).drain(threading.Event().is_set)

    assert pause == knobs.OUTAGE_PAUSE
    assert errors.getvalue() == "The database is away (OperationalError).\n"


@pytest.mark.django_db(transaction=True)
def test_outbox_loop_outlives_a_connection_cut_in_the_middle(monkeypatch, mailoutbox):
    def cut(message):
        with roles.connected(os.environ["DATABASE_TEST_URL"]) as outsider:
            backend = connection.connection.info.backend_pid
            outsider.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
        return Mail("Your visit", "")

    add_kind(monkeypatch, render=cut)
    loop = Command(stderr=StringIO())
    with time_machine.travel(AT) as clock:
        promise()
        assert loop.drain(threading.Event().is_set) == knobs.OUTAGE_PAUSE
        add_kind(monkeypatch)
        clock.shift(knobs.LEASE)
        assert loop.drain(threading.Event().is_set) == knobs.LOOP_PAUSE

    assert len(mailoutbox) == 1
    assert Message.objects.get().uncertain == 0  # cut before the mail server was asked
