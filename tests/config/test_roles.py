"""The database roles: what bootstrap_roles makes, and who may not run the portal."""

import os
import subprocess
import sys

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from config import roles
from config.local.store import BASE
from tests.roles import as_owner, as_role, as_task, become
from tests.support import database

UNPRIVILEGED = ["portal_app", "portal_task"]


def one(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


@pytest.mark.django_db
@pytest.mark.parametrize("role", UNPRIVILEGED)
def test_web_and_worker_roles_own_nothing_and_are_kept_short(role):
    rights = one(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname = %s",
        role,
    )
    (settings,) = one("SELECT rolconfig FROM pg_roles WHERE rolname = %s", role)

    assert rights == (False, False, False, False)
    assert set(settings) == {
        "statement_timeout=15s",
        "lock_timeout=5s",
        "idle_in_transaction_session_timeout=30s",
        "jit=off",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", UNPRIVILEGED)
@pytest.mark.parametrize("statement", ["CREATE TABLE mine ()", "DROP TABLE contacts_user"])
def test_web_and_worker_roles_may_not_change_tables(role, statement):
    become(role)
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_new_tables_are_open_to_web_and_worker():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY)")
    for role in UNPRIVILEGED:
        with as_role(role), connection.cursor() as cursor:
            cursor.execute("INSERT INTO later DEFAULT VALUES")
            cursor.execute("DELETE FROM later")


@pytest.mark.django_db
@pytest.mark.parametrize("extension", roles.EXTENSIONS)
def test_extensions_are_there(extension):
    assert one("SELECT 1 FROM pg_extension WHERE extname = %s", extension)


def test_bootstrap_roles_may_run_again(db):
    if not os.environ.get("DATABASE_ADMIN_URL"):
        pytest.skip("These servers are somebody's; their superuser's address was not given.")
    call_command("bootstrap_roles")

    assert one("SELECT count(*) FROM pg_roles WHERE rolname ~ '^portal_'") == (8,)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"DATABASE_ADMIN_URL": ""}, "DATABASE_ADMIN_URL is not set"),
        ({"DATABASE_TASK_URL": ""}, "DATABASE_TASK_URL is not set"),
        ({"DATABASE_URL": "postgres://joe:x@127.0.0.1/portal"}, "must sign in as portal_app"),
        ({"DATABASE_ADMIN_URL": "postgres://joe:x@127.0.0.1:1/portal"}, "could not be made"),
    ],
)
def test_bootstrap_roles_says_in_a_sentence_what_is_wrong(monkeypatch, changed, sentence):
    for name in ("DATABASE_ADMIN_URL", "DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, os.environ.get(name, "postgres://postgres@127.0.0.1:1/portal"))
    for name, value in changed.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(CommandError, match=sentence):
        call_command("bootstrap_roles")


def test_bootstrap_roles_declines_who_is_no_superuser(monkeypatch):
    monkeypatch.setenv("DATABASE_ADMIN_URL", os.environ["DATABASE_OWNER_URL"])

    with pytest.raises(CommandError, match="must sign in as a superuser"):
        call_command("bootstrap_roles")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", UNPRIVILEGED)
def test_refuse_unsafe_lets_web_and_worker_start(role):
    with psycopg2.connect(database_address(role)) as session, session.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (role,)
    session.close()
    assert serve(database_address(role)).returncode == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("role", "fault"),
    [
        ("postgres", "is a superuser"),
        ("portal_owner", "owns the portal's tables"),
        ("portal_test", "owns the portal's tables"),
    ],
)
def test_refuse_unsafe_stops_the_web_server_with_a_sentence(role, fault):
    started = serve(database_address(role))

    assert started.returncode != 0
    assert f"The database user {role} {fault}. Sign in as portal_app" in started.stderr


@pytest.fixture
def bypassing(transactional_db):
    """The address of a role that is no superuser, owns nothing and bypasses row-level security."""
    with roles.connected(os.environ["DATABASE_ADMIN_URL"]) as cursor:
        cursor.execute("CREATE ROLE portal_bypass LOGIN BYPASSRLS PASSWORD 'bypass'")
        cursor.execute("GRANT portal_app TO portal_bypass")
        place = database_address("portal_app").partition("@")[2]
        yield f"postgres://portal_bypass:bypass@{place}"
        cursor.execute("DROP ROLE portal_bypass")


def test_refuse_unsafe_sees_who_bypasses_row_level_security(bypassing):
    assert "The database user portal_bypass bypasses row-level security" in serve(bypassing).stderr


@pytest.mark.django_db
def test_as_task_is_the_worker_and_ends_with_its_block():
    with as_task():
        assert one("SELECT current_user") == ("portal_task",)
    assert one("SELECT current_user, session_user") == ("portal_arranger", "portal_test")


def database_address(role):
    names = {
        "postgres": "DATABASE_ADMIN_URL",
        "portal_app": "DATABASE_URL",
        "portal_task": "DATABASE_TASK_URL",
        "portal_owner": "DATABASE_OWNER_URL",
        "portal_test": "DATABASE_TEST_URL",
    }
    return roles.elsewhere(os.environ[names[role]], database.NAME)


def serve(address):
    """Load the web server's entry point as gunicorn would, signed in at ``address``."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", "import config.wsgi"]
    return subprocess.run(command, cwd=BASE, env=environment, capture_output=True, text=True)


@pytest.mark.django_db
def test_blocks_of_roles_may_stand_in_each_other():
    with as_owner():
        with as_owner():
            pass
        assert one("SELECT current_user") == ("portal_owner",)
    assert one("SELECT current_user") == ("portal_arranger",)
