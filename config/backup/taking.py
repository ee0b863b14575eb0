"""Taking a backup: one snapshot of the database, its roles and the files, sealed as it is read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg2

from . import archive, manifest, programs
from .trouble import BackupTrouble

MANIFEST, ROLES, DUMP, MEDIA = "manifest.json", "roles.sql", "dump/", "media/"


def take(
    folder: Path, *, address: str, recipients: list[str], at: datetime, tools: str = "", media=None
) -> Path:
    """Write a sealed backup into ``folder`` and return its path.

    ``address`` signs in as portal_backup; ``tools`` is the folder of PostgreSQL's programs (empty:
    those on the path); ``media`` the folder of uploaded files, if there is one.

    Raises:
        BackupTrouble: a setting is missing or wrong, or a program failed; there is no file then.
    """
    keys = archive.recipients_from(recipients)
    if not address:
        raise BackupTrouble(
            "DATABASE_BACKUP_URL is not set: set it to portal_backup's postgres:// address."
        )
    path = folder / f"portal-{at:%Y%m%dT%H%M%SZ}.age"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _snapshot(address) as (cursor, snapshot):
            members = _members(cursor, snapshot, address=address, at=at, tools=tools, media=media)
            archive.write(path, members, keys)
    except FileExistsError:
        raise BackupTrouble(f"{path} is there already, or is being written.") from None
    except OSError as error:
        raise BackupTrouble(f"{folder} cannot be written to ({error.strerror}).") from None
    except psycopg2.Error as error:
        raise BackupTrouble(f"The database: {str(error).strip().splitlines()[0]}") from None
    return path


@contextmanager
def _snapshot(address: str):
    """Hold one view of the database that counts and dump share."""
    connection = psycopg2.connect(address, connect_timeout=10)
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                raise BackupTrouble(
                    "DATABASE_BACKUP_URL must sign in as a role that sees every row."
                )
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor, cursor.fetchone()[0]
    finally:
        connection.close()


def _members(cursor, snapshot, *, address, at, tools, media) -> Iterator[tuple[str, bytes]]:
    server = cursor.connection.server_version // 10000
    dump, dumpall = (
        programs.find(name, folder=tools, server=server) for name in ("pg_dump", "pg_dumpall")
    )
    yield MANIFEST, json.dumps(manifest.describe(cursor, at=at)).encode()
    roles = [dumpall, "--roles-only", "--no-role-passwords"]
    yield ROLES, b"".join(programs.output_of(roles, address=address))
    command = [dump, "--format=custom", f"--snapshot={snapshot}"]
    for number, piece in enumerate(programs.output_of(command, address=address)):
        yield f"{DUMP}{number:08}", piece
    for file in sorted(Path(media).rglob("*")) if media else ():
        if file.is_file() and not file.is_symlink():
            yield f"{MEDIA}{file.relative_to(media).as_posix()}", file.read_bytes()
