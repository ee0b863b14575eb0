"""The drill: back up, lose everything, restore, compare; and what a backup never lets happen."""

import datetime as dt
import os
from urllib.parse import urlsplit

import pyrage
import pytest
from django.core.management import CommandError, call_command

from config import roles
from config.audit.actions import record
from config.backup import programs
from config.backup.restoring import restore
from config.backup.taking import take
from config.backup.trouble import BackupTrouble
from tests.factories import make_world
from tests.support import database

AT = dt.datetime(2026, 11, 25, 7, 0, tzinfo=dt.UTC)
DRILL = f"{database.NAME}_drill"
TOOLS = os.environ.get("PG_PROGRAMS", "")
NEEDED = ("DATABASE_ADMIN_URL", "DATABASE_BACKUP_URL")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not all(os.environ.get(name) for name in NEEDED),
        reason="These servers are somebody's: superuser's or backup's address was not given.",
    ),
]
# Whatever protects the rows: a restore without it would be a leak.
PROTECTION = {
    "policies": "SELECT * FROM pg_policies ORDER BY 1, 2, 3",
    "row security": "SELECT oid::regclass::text, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    "grants": "SELECT oid::regclass::text, pg_get_userbyid(relowner), coalesce(relacl, acldefault("
    " CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", relowner))::text[] FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "functions": "SELECT oid::regprocedure::text, pg_get_userbyid(proowner), proacl::text[],"
    " prosecdef, md5(prosrc) FROM pg_proc"
    " WHERE pronamespace IN ('public'::regnamespace, 'portal'::regnamespace) ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, confrelid::regclass::text,"
    " convalidated FROM pg_constraint WHERE contype <> 'n' ORDER BY 1, 2, 3",
    "columns": "SELECT attrelid::regclass::text, attname, atttypid::regtype::text, attnotnull"
    " FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid IN"
    " (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')"
    " ORDER BY 1, 2",
    "default privileges": "SELECT pg_get_userbyid(defaclrole), defaclacl::text[]"
    " FROM pg_default_acl ORDER BY 1, 2",
    "schema": "SELECT nspacl::text[] FROM pg_namespace WHERE nspname = 'public'",
    "entries": "SELECT * FROM audit_entry ORDER BY id",
}


@pytest.fixture
def keys(tmp_path):
    """Two holders' public keys, and the identity files that they keep elsewhere."""
    pairs = [pyrage.x25519.Identity.generate() for _ in range(2)]
    files = [tmp_path / f"holder-{number}.txt" for number in range(2)]
    for file, identity in zip(files, pairs, strict=True):
        file.write_text(f"# a key\n{identity}\n")
    return [str(identity.to_public()) for identity in pairs], files


@pytest.fixture
def drill():
    """Addresses of a fresh database beside the test's own; dropped at the end."""
    names = {*roles.ROLE_OF, "DATABASE_ADMIN_URL"}
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    addresses = {name: roles.elsewhere(address, DRILL) for name, address in given.items()}
    yield addresses
    roles.drop_database(addresses)


def address_of(name):
    return roles.elsewhere(os.environ[name], database.NAME)


def back_up(folder, keys, **changes):
    given = {
        "address": address_of("DATABASE_BACKUP_URL"),
        "recipients": keys[0],
        "at": AT,
        "tools": TOOLS,
    }
    return take(folder, **given | changes)


def put_back(file, keys, drill, **changes):
    given = {"identity": keys[1][0], "addresses": drill, "at": AT, "tools": TOOLS}
    return restore(file, **given | changes)


def everything_in(address):
    """Every row of every table as text, and all that protects them."""
    with roles.connected(address) as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            cursor.execute(f"SELECT t::text FROM {name} t ORDER BY 1")
            found[name] = cursor.fetchall()
        for name, query in PROTECTION.items():
            cursor.execute(query)
            found[name] = cursor.fetchall()
    return found


def test_after_backup_and_loss_the_restored_record_is_the_same_and_mail_is_frozen(
    tmp_path, keys, drill
):
    world = make_world()
    record("contacts.role_ended", subject=world.imam.contact, by=world.imam, at=AT)
    before = everything_in(address_of("DATABASE_ADMIN_URL"))
    file = back_up(tmp_path / "backups", keys)

    stated = put_back(file, keys, drill)

    after = everything_in(drill["DATABASE_ADMIN_URL"])
    assert len(after.pop("outbox_freeze")) == 1
    assert before.pop("outbox_freeze") == []
    assert after == before
    assert len(before["entries"]) == 1
    assert stated["counts"]["public.contacts_contact"] == len(before["contacts_contact"]) > 5


def test_the_portals_own_roles_may_come_in_again_after_a_restore(tmp_path, keys, drill):
    put_back(back_up(tmp_path, keys), keys, drill)

    for name in ("DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_BACKUP_URL"):
        with roles.connected(drill[name]) as cursor:
            cursor.execute("SELECT count(*) FROM contacts_user")


def test_each_of_the_two_holders_can_restore_alone(tmp_path, keys, drill):
    file = back_up(tmp_path, keys)

    assert put_back(file, keys, drill, identity=keys[1][1])["format"] == 1


def test_nothing_of_a_backup_is_readable_without_a_key(tmp_path, keys, drill):
    make_world()
    file = back_up(tmp_path, keys)
    stranger = tmp_path / "stranger.txt"
    stranger.write_text(str(pyrage.x25519.Identity.generate()))

    assert b"Yusuf Rahman" not in file.read_bytes()
    assert [path.suffix for path in tmp_path.iterdir() if "portal" in path.name] == [".age"]
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupTrouble, match="cannot be opened with these keys"):
        put_back(file, keys, drill, identity=stranger)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.99])
def test_a_flipped_byte_is_refused_before_the_database_is_touched(tmp_path, keys, drill, place):
    file = back_up(tmp_path, keys)
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    file.write_bytes(content)

    with pytest.raises(BackupTrouble, match="damaged: nothing was restored"):
        put_back(file, keys, drill)

    with roles.connected(roles.elsewhere(drill["DATABASE_ADMIN_URL"], "postgres")) as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [DRILL])
        assert cursor.fetchone() == (0,)


def test_a_cut_file_is_refused(tmp_path, keys, drill):
    file = back_up(tmp_path, keys)
    file.write_bytes(file.read_bytes()[: 64 * 1024 + 300])

    with pytest.raises(BackupTrouble, match="damaged"):
        put_back(file, keys, drill)


def test_a_database_that_holds_something_is_not_lost_unasked(tmp_path, keys, drill):
    file = back_up(tmp_path, keys)
    put_back(file, keys, drill)

    with pytest.raises(BackupTrouble, match="is not empty: add --replace"):
        put_back(file, keys, drill)

    put_back(file, keys, drill, replace=True)


def test_files_come_back_with_the_record(tmp_path, keys, drill):
    there, new = tmp_path / "media", tmp_path / "new"
    (there / "plans").mkdir(parents=True)
    (there / "plans" / "door.pdf").write_bytes(b"%PDF door")

    put_back(back_up(tmp_path, keys, media=there), keys, drill, media=new)

    assert (new / "plans" / "door.pdf").read_bytes() == b"%PDF door"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"recipients": []}, "BACKUP_RECIPIENTS is empty"),
        ({"recipients": ["age1wrong"]}, "not an age key"),
        ({"address": ""}, "DATABASE_BACKUP_URL is not set"),
        ({"tools": "/nowhere"}, "set PG_PROGRAMS"),
    ],
)
def test_a_backup_that_cannot_be_taken_says_what_to_do_and_leaves_no_file(
    tmp_path, keys, changes, sentence
):
    with pytest.raises(BackupTrouble, match=sentence):
        back_up(tmp_path / "backups", keys, **changes)

    assert not list(tmp_path.rglob("portal-*"))


def test_a_role_that_does_not_see_every_row_takes_no_backup(tmp_path, keys):
    with pytest.raises(BackupTrouble, match="sees every row"):
        back_up(tmp_path, keys, address=address_of("DATABASE_URL"))


def test_programs_of_another_version_are_declined(tmp_path):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.4'\n")
    old.chmod(0o755)

    with pytest.raises(BackupTrouble, match="is of PostgreSQL 15, the server of 18: install"):
        programs.find("pg_dump", folder=str(tmp_path), server=18)


def test_the_backup_role_reads_everything_and_writes_nothing():
    with roles.connected(address_of("DATABASE_BACKUP_URL")) as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, True, False, False)
        cursor.execute("SET default_transaction_read_only = off")
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("DELETE FROM contacts_preferences")


def test_the_password_is_not_among_a_programs_arguments(tmp_path):
    show = tmp_path / "show"
    show.write_text('#!/bin/sh\necho "$@"\n')
    show.chmod(0o755)
    address = os.environ["DATABASE_BACKUP_URL"]

    said = b"".join(programs.output_of([str(show)], address=address)).decode()

    assert urlsplit(address).password not in said
    assert "portal_backup@" in said


def test_commands_say_what_is_missing(tmp_path, settings):
    settings.BACKUP_RECIPIENTS = []

    with pytest.raises(CommandError, match="BACKUP_RECIPIENTS is empty"):
        call_command("backup", str(tmp_path))
    with pytest.raises(CommandError, match="no file of age identities"):
        call_command("restore", str(tmp_path / "none"), "--identity", str(tmp_path / "no"))
