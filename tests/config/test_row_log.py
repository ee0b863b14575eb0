"""What changed in which row is written by the database itself, by whatever path it was changed."""

import json
from hashlib import sha256

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from config.actor import claims
from contacts.models import PolicingArea
from tests.factories.world import LONG_AGO
from tests.roles import as_owner, as_role

pytestmark = pytest.mark.django_db

APPS = ("contacts", "partnerships", "events")
TABLES = sorted(
    {
        model._meta.db_table
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
)
KEEPING = [
    "SELECT * FROM audit_row_change",
    "SELECT * FROM audit_salt",
    "SELECT nextval('audit_row_change_seq_seq')",
    "SELECT audit_salt_of('2026-11-03')",
    "SELECT audit_watch('audit_entry')",
    "INSERT INTO audit_row_change (written_at, txid, db_role, action, table_name)"
    " VALUES (now(), pg_current_xact_id(), 'x', 'I', 'contacts_user')",
    "UPDATE audit_row_change SET actor_id = '1'",
    "DELETE FROM audit_row_change",
    "TRUNCATE audit_row_change",
    "DELETE FROM audit_salt",
    "ALTER TABLE audit_row_change DISABLE TRIGGER ALL",
    "ALTER TABLE contacts_user DISABLE TRIGGER row_log",
    "DROP TRIGGER row_log ON contacts_user",
    "SET session_replication_role = replica",
    "SET ROLE portal_keeper",
]


def run(statement, *values):
    with transaction.atomic(), transaction.get_connection().cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def logged(*columns, table="contacts_policingarea"):
    with as_owner():
        return run(
            f"SELECT {', '.join(columns)} FROM audit_row_change WHERE table_name = %s ORDER BY seq",
            table,
        )


@pytest.fixture
def area():
    return PolicingArea.objects.create(level="force", name="Northshire", valid_from=LONG_AGO)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_three_apps_is_watched(table):
    found = run(
        "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'"
        " AND tgfoid = 'audit_row_changed'::regproc ORDER BY 1",
        table,
    )

    assert found == [("row_log",), ("row_log_emptied",)], (
        f"Say RunSQL(\"SELECT audit_watch('{table}')\") in the migration that makes the table."
    )


def test_row_log_keeps_what_changed_by_any_path(area):
    PolicingArea.objects.filter(pk=area.pk).update(name="Southshire")
    run("UPDATE contacts_policingarea SET level_label = 'force', valid_until = NULL")
    run("UPDATE contacts_policingarea SET name = name")
    run("DELETE FROM contacts_policingarea")
    with as_owner():
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("TRUNCATE contacts_weeklytime")

    assert logged("action", "row_id", "columns") == [
        ("I", str(area.pk), None),
        ("U", str(area.pk), ["name"]),
        ("U", str(area.pk), ["level_label"]),
        ("D", str(area.pk), None),
    ]
    assert logged("action", "row_id", "columns", table="contacts_weeklytime") == [("T", None, None)]


def test_row_log_says_who_and_in_which_request(area):
    claims.enter(41, request_id="ab12")
    with as_role("portal_app"):
        run("UPDATE contacts_policingarea SET name = 'Southshire'")
    with as_role("portal_task"), claims.as_system("contacts.move"):
        run("UPDATE contacts_policingarea SET name = 'Northshire'")

    assert logged("db_role", "actor_id", "request_id") == [
        ("portal_arranger", None, None),
        ("portal_app", "41", "ab12"),
        ("portal_task", "contacts.move", None),
    ]


def test_row_log_believes_no_actor_who_is_merely_set(area):
    run("SELECT set_config('portal.claim', '{\"user\": 41, \"until\": 9999999999}', true)")
    run("UPDATE contacts_policingarea SET name = 'Southshire'")

    assert logged("actor_id") == [(None,), (None,)]


def test_row_log_goes_with_the_transaction_that_is_undone(area):
    with transaction.atomic():
        PolicingArea.objects.update(name="Southshire")
        transaction.set_rollback(True)

    assert logged("action") == [("I",)]


def test_row_log_holds_no_value_but_proves_one(area):
    PolicingArea.objects.update(name="Southshire")
    with as_owner():
        everything = run("SELECT audit_row_change::text FROM audit_row_change")
        ((salt,),) = run("SELECT salt FROM audit_salt")
    ((_, _), (was, became)) = logged("old_digest", "new_digest")

    def digest(**values):
        return sha256(
            bytes(salt)
            + f"contacts_policingarea.{area.pk}".encode()
            + json.dumps(values, separators=(", ", ": ")).encode()
        ).digest()

    assert not any("shire" in text for (text,) in everything)
    assert bytes(was) == digest(name="Northshire")
    assert bytes(became) == digest(name="Southshire")


@pytest.mark.parametrize("statement", KEEPING)
@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
def test_row_log_is_neither_read_nor_written_by_our_roles(area, role, statement):
    if statement == "SET ROLE portal_keeper":  # a test's own login may; see portal_test
        ((member,),) = run("SELECT pg_has_role(%s, 'portal_keeper', 'MEMBER')", role)
        assert not member
        return
    with as_role(role), pytest.raises(DatabaseError):
        run(statement)


@pytest.mark.parametrize("change", ["UPDATE audit_row_change SET row_id = 1", *KEEPING[7:9]])
def test_row_log_is_final_for_its_owner_too(area, change):
    with as_owner(), pytest.raises(DatabaseError, match="never changed or deleted"):
        run(change)


def test_row_log_keeper_may_only_add():
    rights = run(
        "SELECT privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = 'portal_keeper' AND table_name = 'audit_row_change' ORDER BY 1"
    )
    with as_owner():
        ((login, superuser),) = run(
            "SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'portal_keeper'"
        )

    assert not rights or rights == [("INSERT",), ("SELECT",)]
    assert (login, superuser) == (False, False)
