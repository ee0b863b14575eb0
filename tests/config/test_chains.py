"""What is sealed cannot be edited, removed or added to unseen, not even by a superuser."""

import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from config.audit import chains
from config.audit.actions import record
from config.audit.models import AccessEvent, Entry
from config.audit.tasks import seal, verify
from contacts.models import Institution, PolicingArea, User
from tests.factories.world import LONG_AGO
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 3, 10, 15, tzinfo=UTC)
MOSQUE = Institution(pk=7)
LOGS = ("audit_entry", "audit_accessevent", "audit_row_change", "audit_link")


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def tamper(statement, *values):
    """Do what somebody with the server in their hands could: the triggers are out of the way."""
    with as_owner():
        run("SET CONSTRAINTS ALL IMMEDIATE")
        for table in LOGS:
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        run(statement, *values)
        for table in LOGS:
            run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def look(chain, place):
    """Return a row of a log as the keeper sees it: (key, hash)."""
    with as_role("portal_keeper"):
        return run("SELECT row_key FROM audit_link WHERE chain = %s AND n = %s", chain, place)[0][0]


def faults(**options):
    with as_task(), pytest.raises(CommandError) as error:
        call_command("verify_audit", **options)
    assert error.value.returncode == 1
    return str(error.value).splitlines()


@pytest.fixture
def entries():
    """Five sealed rows in each log."""
    for _ in range(5):
        record("contacts.institution_changed", subject=MOSQUE, by=User(pk=4), at=AT)
        AccessEvent.objects.create(
            at=AT, actor_id=4, institution_id=7, what="a.b", subject_type="a.b", subject_id="7"
        )
    area = PolicingArea.objects.create(level="force", name="Northshire", valid_from=LONG_AGO)
    for number in range(4):
        PolicingArea.objects.filter(pk=area.pk).update(name=f"Northshire {number}")
    with as_task():
        seal()
    return Entry.objects.all()


def test_verify_audit_finds_what_is_whole_and_says_where_it_stands(entries, capsys):
    with as_task():
        call_command("verify_audit")
    said = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in said] == ["access", "entry", "row"]
    assert all(re.fullmatch(r"\w+ 5 [0-9a-f]{64} whole", line) for line in said)


def test_sealing_adds_to_the_chain_and_leaves_what_was_sealed(entries):
    with as_task():
        before = {head.chain: head for head in chains.heads()}
        assert chains.seal() == 0
    record("contacts.institution_changed", subject=MOSQUE, by=None, at=AT)
    with as_task():
        assert chains.seal() == 1
        after = {head.chain: head for head in chains.heads()}
        assert chains.faults(before.values()) == []

    assert after["entry"].n == before["entry"].n + 1
    assert after["row"] == before["row"]


@pytest.mark.parametrize(
    ("chain", "change"),
    [
        ("entry", "UPDATE audit_entry SET actor_id = 5 WHERE id::text = %s"),
        ("entry", "UPDATE audit_entry SET details = '{\"a\": 1}' WHERE id::text = %s"),
        ("entry", "UPDATE audit_entry SET at = at - interval '1 s' WHERE id::text = %s"),
        ("access", "UPDATE audit_accessevent SET actor_id = 5 WHERE id::text = %s"),
        ("row", "UPDATE audit_row_change SET db_role = 'x' WHERE seq::text = %s"),
        ("row", "UPDATE audit_row_change SET new_digest = '' WHERE seq::text = %s"),
    ],
)
def test_verify_audit_names_the_row_that_was_edited(entries, chain, change):
    key = look(chain, 3)
    tamper(change, key)

    assert faults() == [f"{chain}: row {key} (link 3) was edited"]


@pytest.mark.parametrize(
    ("chain", "table", "key_column"),
    [
        ("entry", "audit_entry", "id"),
        ("access", "audit_accessevent", "id"),
        ("row", "audit_row_change", "seq"),
    ],
)
def test_verify_audit_names_the_row_that_was_deleted(entries, chain, table, key_column):
    key = look(chain, 2)
    tamper(f"DELETE FROM {table} WHERE {key_column}::text = %s", key)

    assert faults() == [f"{chain}: row {key} (link 2) was deleted"]


def test_verify_audit_finds_a_row_deleted_together_with_its_link(entries):
    key, after = look("entry", 2), look("entry", 3)
    tamper("DELETE FROM audit_entry WHERE id::text = %s", key)
    tamper("DELETE FROM audit_link WHERE chain = 'entry' AND n = 2")

    assert faults() == [f"entry: a link before link 3 (row {after}) was removed"]


def test_verify_audit_finds_a_link_made_to_fit_an_edited_row(entries):
    key = look("entry", 3)
    tamper("UPDATE audit_entry SET actor_id = 5 WHERE id::text = %s", key)
    tamper(
        "UPDATE audit_link SET row_hash = s.row_hash FROM audit_sealable s"
        " WHERE s.row_key = audit_link.row_key AND s.row_key = %s",
        key,
    )

    assert faults() == [f"entry: link 3 (row {key}) does not follow from the one before"]


def test_verify_audit_names_the_row_that_was_slipped_in(entries):
    tamper(
        "INSERT INTO audit_entry (id, at, written_at, action, actor_kind, subject_type,"
        " subject_id, details) SELECT '00000000-0000-4000-8000-000000000001', at,"
        " now() - interval '1 day', action, 'system', subject_type, subject_id, details"
        " FROM audit_entry LIMIT 1"
    )
    with as_task():
        assert chains.seal() == 0  # nor does the next seal make it good

    assert faults() == [
        "entry: row 00000000-0000-4000-8000-000000000001 was slipped in:"
        " it is older than the seal that missed it"
    ]


def test_verify_audit_finds_a_cut_tail_with_the_anchor_alone(entries, tmp_path):
    anchor = tmp_path / "anchor.txt"
    with as_task():
        call_command("audit_anchor", to=anchor)
    key = look("entry", 5)
    tamper("DELETE FROM audit_entry WHERE id::text = %s", key)
    tamper("DELETE FROM audit_link WHERE chain = 'entry' AND n = 5")

    with as_task():
        assert chains.faults() == []
    assert faults(anchor=anchor) == [
        "entry: the chain ends before link 5, which the anchor knows",
    ]


def test_verify_audit_finds_a_chain_made_anew_with_the_anchor(entries, tmp_path):
    anchor = tmp_path / "anchor.txt"
    with as_task():
        call_command("audit_anchor", to=anchor)
    tamper("DELETE FROM audit_link WHERE chain = 'access'")
    tamper("UPDATE audit_accessevent SET actor_id = 5")
    with as_task():
        chains.seal()
        assert chains.faults() == []

    assert faults(anchor=anchor) == ["access: link 5 is not the one that the anchor knows"]


def test_verify_audit_says_when_a_file_is_no_anchor(entries, tmp_path):
    (tmp_path / "other.txt").write_text("nothing")
    for name, sentence in (("other.txt", "names no head"), ("none.txt", "cannot be read")):
        with as_task(), pytest.raises(CommandError, match=sentence):
            call_command("verify_audit", anchor=tmp_path / name)


def test_verify_each_night_puts_faults_into_the_log(entries, caplog):
    key = look("entry", 3)
    tamper("UPDATE audit_entry SET actor_id = 5 WHERE id::text = %s", key)
    with as_task():
        verify()

    (line,) = caplog.records
    assert (line.levelname, line.fault) == ("ERROR", ("entry", "edited", 3, key))


@pytest.mark.parametrize(
    "statement",
    [
        *[f"{verb} {table}" for table in LOGS for verb in ("DELETE FROM", "TRUNCATE")],
        "UPDATE audit_accessevent SET actor_id = 5",
        "UPDATE audit_entry SET actor_id = 5",
        "UPDATE audit_link SET n = 5",
        "SELECT * FROM audit_link",
        "SELECT * FROM audit_sealable",
        *[f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in LOGS],
    ],
)
@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
def test_sealed_logs_are_closed_to_our_roles(entries, role, statement):
    with as_role(role), pytest.raises(DatabaseError):
        run(statement)


@pytest.mark.parametrize("call", ["audit_seal()", "audit_verify('entry')"])
def test_only_the_worker_seals_and_verifies(entries, call):
    with as_task():
        run(f"SELECT {call}")
    with pytest.raises(DatabaseError, match="permission denied"):
        run(f"SELECT {call}")


@pytest.mark.parametrize("table", ["audit_entry", "audit_accessevent"])
def test_the_database_says_when_a_row_was_written(entries, table):
    with as_owner():
        ((claimed,),) = run(f"SELECT max(written_at) FROM {table}")
    run(
        "INSERT INTO audit_accessevent (id, at, written_at, actor_id, institution_id, what,"
        " subject_type, subject_id) SELECT gen_random_uuid(), at, '2020-01-01', actor_id,"
        " institution_id, what, subject_type, subject_id FROM audit_accessevent LIMIT 1"
    )
    ((oldest,),) = run(f"SELECT min(written_at) FROM {table}")

    assert oldest.year > 2020
    assert claimed.year > 2020
