"""Starting, sharing and ending the local servers, from outside, as a person at a terminal would."""

import os
import shutil
import signal
import socket
import time
from types import SimpleNamespace

import psutil
import psycopg2
import pytest
import redis

from config.local import browser, store
from config.local.trouble import Trouble
from tests.support.processes import wait_for
from tests.support.terminal import (
    addresses,
    facts,
    hold,
    kill_all,
    nothing_left,
    processes_of,
    run,
    start,
)


def test_a_command_starts_both_servers_and_leaves_none_behind(home):
    result = run(home, "manage", "shell", "--no-imports", "-c", "print('it runs')")

    assert (result.code, result.out) == (0, "it runs\n")
    assert nothing_left(home)


def test_commands_share_running_servers(home):
    with hold(home) as first:
        ports = facts(home)
        given = addresses(home)

        with psycopg2.connect(given["DATABASE_URL"]) as connection:
            assert connection.info.user == "portal_app"
        connection.close()
        with redis.Redis.from_url(given["REDIS_URL"]) as broker:
            assert broker.ping()
        assert facts(home) == ports
        first.kill()
    assert nothing_left(home)


def test_first_commands_at_once_make_one_database(home):
    commands = [start(home, "manage", "shell", "--no-imports", "-c", "print(1)") for _ in range(3)]

    assert [command.communicate(timeout=60)[0] for command in commands] == ["1\n"] * 3
    assert nothing_left(home)


def test_next_start_finds_its_data_and_secrets(home):
    table = "from django.db import connection as c; c.cursor().execute('{}')"
    create, read = table.format("CREATE TABLE kept ()"), table.format("SELECT FROM kept")
    run(home, "manage", "shell", "--no-imports", "-c", create, PORTAL_ROLE="owner")

    result = run(home, "manage", "shell", "--no-imports", "-c", read, PORTAL_ROLE="owner")

    assert (result.code, result.err) == (0, "")
    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("victim", ["user", "keeper", "database"])
def test_kill_9_of_anyone_leaves_no_process(home, victim):
    user = hold(home)
    if victim == "user":
        user.kill()
    elif victim == "keeper":
        os.kill(facts(home)["keeper"], signal.SIGKILL)
    else:
        processes_of(home, "postgres")[0].kill()
    if victim != "user":
        wait_for(lambda: not processes_of(home, "postgres", "valkey-server"))
        user.kill()
    user.communicate()

    assert nothing_left(home)
    assert run(home, "manage", "shell", "--no-imports", "-c", "").code == 0


def test_half_made_database_is_made_again(home):
    start(home, "shell-env")
    wait_for(lambda: (home / "demo" / "postgres.new").exists())
    kill_all(home)
    assert not (home / "demo" / "postgres").exists()

    assert run(home, "shell-env").code == 0


def test_servers_named_in_the_environment_are_used_and_none_started(home):
    names = ("DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    given = {name: os.environ[name] for name in names}
    code = "from django.conf import settings; print(settings.REDIS_URL)"

    result = run(home, "manage", "shell", "--no-imports", "-c", code, **given)

    assert result.out.strip() == given["REDIS_URL"]
    assert not (home / "demo").exists()


def test_benchmarks_leave_a_database_alone_that_is_not_their_own(home):
    result = run(home, "bench", DATABASE_URL="postgres://somebody@127.0.0.1:1/portal")

    assert result.code == 1
    assert "unset DATABASE_URL" in result.err
    assert not (home / "bench").exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "postgres://x"}, "DATABASE_URL is set but DATABASE_TASK_URL is not"),
        ({"PORTAL_VAR": "/proc/none"}, "set PORTAL_VAR to a folder you own"),
        ({"PORT": "eighty"}, "PORT is 'eighty': set it to a number"),
        ({"PORT": "{taken}"}, "is in use: choose another, like `PORT=8001 make demo`"),
    ],
)
def test_demo_says_in_a_sentence_what_to_do(home, environment, sentence):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = {key: value.format(taken=port) for key, value in environment.items()}

        result = run(home, "demo", **environment)

    assert result.code == 1
    assert sentence in result.err
    assert len(result.err.strip().splitlines()) == 1
    assert nothing_left(home)


def test_data_of_another_postgres_are_declined_in_a_sentence(home):
    run(home, "shell-env")
    nothing_left(home)
    (home / "demo" / "postgres" / "PG_VERSION").write_text("15\n")

    result = run(home, "shell-env")

    assert result.code == 1
    assert "were made by PostgreSQL 15" in result.err
    assert "Traceback" not in result.err


def test_damaged_data_are_a_sentence(home):
    run(home, "shell-env")
    nothing_left(home)
    (home / "demo" / "postgres" / "PG_VERSION").unlink()

    result = run(home, "shell-env")

    assert result.code == 1
    assert "are damaged" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("silent", ["DATABASE_TASK_URL", "REDIS_URL"])
def test_a_named_server_that_does_not_answer_is_a_sentence(home, silent):
    names = ("DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    given = {name: os.environ[name] for name in names}
    nobody = {"DATABASE_TASK_URL": "postgres://portal_task:x@127.0.0.1:9/portal"}
    given[silent] = nobody.get(silent, "redis://127.0.0.1:9/0")

    result = run(home, "demo", **given)

    assert result.code == 1
    assert f"{silent} names 127.0.0.1:9, where nobody lets us in" in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_lost_secrets_are_a_sentence(home):
    run(home, "shell-env")
    nothing_left(home)
    (home / "secrets.json").unlink()

    result = run(home, "shell-env")

    assert result.code == 1
    assert "put the old file back, or delete both" in result.err


def test_full_disk_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024**2))

    with pytest.raises(Trouble, match="make room or set PORTAL_VAR"):
        store.var()


def test_a_browser_that_is_none_is_a_sentence(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(Trouble, match="CHROMIUM is /nowhere/chromium, which is no program"):
        browser.find()


def test_servers_answer_this_machine_only(home):
    with hold(home) as user:
        listening = [
            connection.laddr.ip
            for process in processes_of(home)
            for connection in process.net_connections()
            if connection.status == psutil.CONN_LISTEN
        ]
        user.kill()

    assert set(listening) == {"127.0.0.1"}
    assert len(listening) >= 2


def test_idle_servers_are_gone_within_seconds(home):
    run(home, "shell-env")
    began = time.monotonic()

    assert nothing_left(home)
    assert time.monotonic() - began < 5
