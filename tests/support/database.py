"""Test databases: migrated once into a template, then cloned; a clone takes a tenth of a second."""

import hashlib
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg2.errors import InsufficientPrivilege

from config import roles
from config.actor.claims import share_keys

NAME = f"test_{os.getpid()}"
DRAFT = f"{NAME}_draft"
ADDRESS = os.environ.get("DATABASE_TEST_URL", "")


def prepare() -> None:
    """Make this run's database, and the template if the migrations have changed."""
    with roles.connected(roles.elsewhere(ADDRESS, "postgres")) as cursor:
        cursor.execute("SELECT pg_advisory_lock(20260101)")  # two runs at once build one template
        cursor.execute("SELECT datname FROM pg_database")
        names = {name for (name,) in cursor.fetchall()}
        _drop_remains(cursor, names)
        if template() not in names:
            _build_template(cursor)
    restore()


def restore() -> None:
    """Put the database back to the template's state; cuts everybody's connections to it."""
    connection.close()
    with roles.connected(roles.elsewhere(ADDRESS, "postgres")) as cursor:
        _drop(cursor, NAME)
        cursor.execute(
            f"CREATE DATABASE {NAME} TEMPLATE {template()} OWNER portal_owner STRATEGY file_copy"
        )
        roles.open_database(cursor, NAME)  # a clone has its template's tables, not its door
    _point_to(NAME)


def drop() -> None:
    connection.close()
    with roles.connected(roles.elsewhere(ADDRESS, "postgres")) as cursor:
        _drop(cursor, NAME)


def template() -> str:
    """Return the template's name: it changes with any migration, and with what is done here."""
    digest = hashlib.sha256(Path(roles.__file__).read_bytes() + Path(__file__).read_bytes())
    digest.update(" ".join(settings.ACTOR_KEYS).encode())
    migrations = MigrationLoader(None).disk_migrations.values()
    folders = {Path(sys.modules[m.__module__].__file__).parent for m in migrations}
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.is_file()):
        digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:12]}"


def _build_template(cursor) -> None:
    cursor.execute(f"CREATE DATABASE {DRAFT} OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0")
    with roles.connected(roles.elsewhere(ADDRESS, DRAFT)) as inside:
        inside.execute("SET ROLE portal_owner")
        roles.prepare_database(inside, DRAFT)
    _point_to(DRAFT, role="portal_owner")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    share_keys()
    _let_arrange()
    connection.close()
    cursor.execute(f"ALTER DATABASE {DRAFT} RENAME TO {template()}")


def _let_arrange() -> None:
    """Let portal_arranger see each row of the tables that are shut to whoever has no claim."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regclass FROM pg_class WHERE relrowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(f"CREATE POLICY arranging ON {table} TO portal_arranger USING (true)")


def _drop_remains(cursor, names) -> None:
    """Drop what killed runs and older migrations left behind."""
    for name in names:
        kind, _, rest = name.partition("_")
        dead = kind == "test" and not Path("/proc", rest.split("_")[0]).exists()
        if dead or name in {NAME, DRAFT} or (kind == "template" and name != template()):
            _drop(cursor, name)


def _drop(cursor, name) -> None:
    """Drop a database, whoever is connected; autovacuum, which we may not end, soon goes."""
    for _again in range(20):
        with suppress(InsufficientPrivilege):
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        time.sleep(0.5)
    raise RuntimeError(f"Something holds the database {name}.")


def _point_to(name: str, role: str = "portal_arranger") -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["OPTIONS"]["assume_role"] = role
