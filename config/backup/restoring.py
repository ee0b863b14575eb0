"""Restoring a backup into a fresh database; nobody may come in before mail is frozen."""

import itertools
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from config import roles

from . import archive, manifest, programs
from .taking import DUMP, MANIFEST, MEDIA, ROLES
from .trouble import BackupTrouble

# A restored outbox believes that yesterday's mail is still to be sent.
# The dump says who may what, table by table; whatever a new table is given anew would be too much.
NO_DEFAULTS = """
    ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
        REVOKE ALL ON TABLES FROM portal_app, portal_task;
    ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
        REVOKE ALL ON SEQUENCES FROM portal_app, portal_task;
"""
FREEZE = "INSERT INTO outbox_freeze (id, frozen_at) VALUES (1, %s) ON CONFLICT DO NOTHING"


def restore(
    file: Path,
    *,
    identity: Path,
    addresses: dict,
    at: datetime,
    tools: str = "",
    media=None,
    replace: bool = False,
) -> dict:
    """Put a backup back and return its manifest; the outbox is frozen from the first moment.

    ``addresses`` are those of ``roles.bootstrap``. The whole file is unsealed once before the
    database is touched. With ``replace`` the database that is there is dropped.

    Raises:
        BackupTrouble: the file, the keys, the programs or the database do not serve.
    """
    keys = archive.identities_from(identity)
    archive.check(file, keys)
    try:
        return _into_its_place(file, keys, addresses, at, tools, media, replace)
    except roles.RolesNotMade as error:
        raise BackupTrouble(str(error)) from None
    except psycopg2.Error as error:
        raise BackupTrouble(f"The database: {str(error).strip().splitlines()[0]}") from None


def _into_its_place(file, keys, addresses, at, tools, media, replace) -> dict:
    if replace:
        roles.drop_database(addresses)
    roles.bootstrap(addresses)
    database = urlsplit(addresses["DATABASE_URL"]).path.lstrip("/")
    address = roles.elsewhere(addresses["DATABASE_ADMIN_URL"], database)
    with roles.connected(address) as cursor:
        if not replace and manifest.counts(cursor):
            raise BackupTrouble(
                f"The database {database} is not empty: add --replace to lose what it holds."
            )
        server = cursor.connection.server_version // 10000
        command = [programs.find("pg_restore", folder=tools, server=server)]
        command += ["--format=custom", "--single-transaction", "--exit-on-error"]
        _let_in(cursor, database, 0)
        cursor.execute(NO_DEFAULTS)
        with archive.opened(file, keys) as members:
            stated = _begin(members, cursor)
            dump, rest = _split(members)
            programs.feed(command, dump, address=address)
            _put_files(rest(), media)
        cursor.execute(FREEZE, [at])
        _require_same(stated["counts"], manifest.counts(cursor))
        if stated["heads"] not in (None, manifest.heads(cursor)):
            raise BackupTrouble("The sealed logs are not those that were backed up: do not use it.")
        _let_in(cursor, database, -1)
    return stated


def _let_in(cursor, database: str, most: int) -> None:
    """0 keeps everybody but superusers out, so that no worker sends before the freeze stands."""
    name = sql.Identifier(database)
    cursor.execute(sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}").format(name, sql.Literal(most)))


def _begin(members, cursor) -> dict:
    """Read manifest and roles, and decline before anything is written if they do not fit."""
    (first, content), (second, _sql) = itertools.islice(members, 2)
    stated = json.loads(content) if (first, second) == (MANIFEST, ROLES) else {}
    if stated.get("format") != manifest.FORMAT:
        raise BackupTrouble("The backup is of another kind: restore it with the release it is of.")
    cursor.execute(manifest.ROLES)
    missing = set(stated["roles"]) - {name for (name,) in cursor.fetchall()} - {"portal_test"}
    if missing:
        raise BackupTrouble(
            f"The server has no role {', '.join(sorted(missing))}: set its address and try again."
        )
    return stated


def _split(members) -> tuple[Iterator[bytes], object]:
    """Part the dump's pieces from what follows them; use up the first before the second."""
    after = []

    def pieces():
        for name, content in members:
            if not name.startswith(DUMP):
                after.append((name, content))
                return
            yield content

    return pieces(), lambda: itertools.chain(after, members)


def _put_files(members, media) -> None:
    for name, content in members:
        if media is None:
            raise BackupTrouble("The backup holds files and MEDIA_ROOT is not set: set it.")
        root = Path(media).resolve()
        path = (root / name.removeprefix(MEDIA)).resolve()
        if not name.startswith(MEDIA) or not path.is_relative_to(root):
            raise BackupTrouble("The backup holds a file that is not one of the portal's.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _require_same(stated: dict, found: dict) -> None:
    own = {"public.outbox_freeze"}
    wrong = [
        table for table in sorted({*stated, *found} - own) if stated.get(table) != found.get(table)
    ]
    if wrong:
        raise BackupTrouble(f"Rows are missing or too many in {', '.join(wrong)}: do not use it.")
