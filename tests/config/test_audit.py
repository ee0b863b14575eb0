from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from config.audit.actions import record
from config.audit.models import Entry
from contacts.models import Institution, User
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 3, 10, 15, tzinfo=UTC)
OFFICER = User(pk=41)
MOSQUE = Institution(pk=7)
CHANGES = [
    "UPDATE audit_entry SET action = 'contacts.nothing_happened'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
]


def entry(**changes):
    values = {"subject": MOSQUE, "by": OFFICER, "at": AT}
    return record("contacts.institution_changed", **values | changes)


def run(statement):
    with transaction.atomic(), transaction.get_connection().cursor() as cursor:
        cursor.execute(statement)


def test_record_keeps_who_what_whom_and_when():
    entry(institution=MOSQUE, fields=["phone", "area"], moved_on=date(2026, 11, 2))

    kept = Entry.objects.get()

    assert (kept.action, kept.at) == ("contacts.institution_changed", AT)
    assert (kept.actor_kind, kept.actor_id) == ("user", 41)
    assert (kept.subject_type, kept.subject_id) == ("contacts.institution", "7")
    assert kept.institution_id == 7
    assert kept.details == {"fields": ["phone", "area"], "moved_on": "2026-11-02"}


def test_record_names_the_portal_itself_when_nobody_acted():
    assert (entry(by=None).actor_kind, entry(by=None).actor_id) == ("system", None)


@pytest.mark.parametrize(
    "words",
    [
        "He was not in",
        "x" * 65,
        "imam@mosque.example",
        "line\nbreak",
        ["phone", "rang twice"],
        {"reason": "too late"},
        {"too late": 1},
        OFFICER,
    ],
)
def test_record_declines_words(words):
    with pytest.raises(TypeError):
        entry(note=words)

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "plain",
    ["declined", 3, True, None, AT, date(2026, 11, 3), UUID(int=5), ["a", 1], {"from": "a"}],
)
def test_record_takes_codes_ids_and_dates(plain):
    entry(value=plain)

    assert Entry.objects.get().details.keys() == {"value"}


def test_record_vanishes_with_the_transaction_it_was_part_of():
    with transaction.atomic():
        entry()
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


def test_record_needs_no_right_to_read(django_assert_num_queries):
    with as_owner():
        run("REVOKE SELECT ON audit_entry FROM portal_app")

    with django_assert_num_queries(1):
        entry()


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("role", ["portal_app", "portal_task", "portal_owner"])
def test_entry_is_never_changed_by_anybody(role, statement):
    entry()

    with as_role(role), pytest.raises(DatabaseError):
        run(statement)

    assert Entry.objects.get().action == "contacts.institution_changed"


@pytest.mark.parametrize("statement", CHANGES)
def test_entry_is_final_even_for_a_role_that_was_granted_everything(statement):
    entry()
    with as_owner():
        run("GRANT ALL ON audit_entry TO portal_task")

    with as_task(), pytest.raises(DatabaseError, match="never changed or deleted"):
        run(statement)


@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_entry_rights_of_our_roles_end_at_insert(role, right):
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'audit_entry', %s)", [role, right])
        assert cursor.fetchone() == (False,)


def test_entry_without_an_actor_is_declined():
    with pytest.raises(IntegrityError, match="audit_entry_actor_known"):
        Entry.objects.create(at=AT, action="a.b", actor_kind="user", subject_type="a.b")


def test_history_shows_one_subject_newest_first():
    first = entry()
    second = entry(at=AT.replace(hour=12))
    entry(subject=Institution(pk=8))
    entry(subject=User(pk=7))

    assert list(Entry.objects.about(MOSQUE).newest_first()) == [second, first]
