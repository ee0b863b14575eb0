"""The database roles, made by whoever administers the server; see docs/operations.md.

``portal_owner`` owns the tables and is used by migrations alone; ``portal_app`` (web) and
``portal_task`` (worker, beat, outbox loop) own nothing; ``portal_backup`` reads every row and
writes none; ``portal_keeper`` cannot sign in, and owns the functions that write the logs;
``portal_audit`` cannot either: the worker becomes it to draw a scrutiny panel's sample, and reads
then no name and no typed word;
``portal_test`` exists only where tests run, and may become the others, as well as
``portal_arranger``: a ``portal_app`` that sees each row, so that tests may arrange and look.
"""

from contextlib import contextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

SUPPORTED = (16, 17, 18)
EXTENSIONS = ("btree_gist", "citext", "fuzzystrmatch", "pg_trgm", "unaccent")
LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",
}
ROLE_OF = {
    "DATABASE_OWNER_URL": "portal_owner",
    "DATABASE_URL": "portal_app",
    "DATABASE_TASK_URL": "portal_task",
    "DATABASE_BACKUP_URL": "portal_backup",
    "DATABASE_TEST_URL": "portal_test",
}
OPTIONAL = {"portal_backup", "portal_test"}  # made where an address names them


class RolesNotMade(Exception):
    """One sentence: why the roles could not be made, and what to do."""


def bootstrap(addresses: dict) -> None:
    """Make roles, database, extensions and default privileges, as ``DATABASE_ADMIN_URL``.

    ``addresses`` maps the names in ``ROLE_OF`` to postgres:// addresses whose passwords the roles
    get; those of ``OPTIONAL`` may be absent. Idempotent.

    Raises:
        RolesNotMade: an address is missing or wrong, or the server is not a supported one.
    """
    admin = addresses.get("DATABASE_ADMIN_URL")
    if not admin:
        raise RolesNotMade(
            "DATABASE_ADMIN_URL is not set: set it to a superuser's postgres:// address."
        )
    wanted = {key: role for key, role in ROLE_OF.items() if addresses.get(key)}
    for key, role in ROLE_OF.items():
        if role not in OPTIONAL and key not in wanted:
            raise RolesNotMade(f"{key} is not set: set it to {role}'s postgres:// address.")
        if key in wanted and urlsplit(addresses[key]).username != role:
            raise RolesNotMade(f"{key} must sign in as {role}.")
    database = urlsplit(addresses["DATABASE_URL"]).path.lstrip("/")
    try:
        with connected(elsewhere(admin, "postgres")) as cursor:
            _check_server(cursor)
            for key, role in wanted.items():
                _make_role(cursor, role, unquote(urlsplit(addresses[key]).password or ""))
            _make_keeper(cursor)
            _make_auditor(cursor)
            _make_database(cursor, database)
        with connected(elsewhere(admin, database)) as cursor:
            prepare_database(cursor, database)
    except psycopg2.Error as error:
        raise RolesNotMade(
            f"The roles could not be made: {str(error).strip().splitlines()[0]}"
        ) from None


def drop_database(addresses: dict) -> None:
    """Drop the portal's database; for a demo or test that begins afresh."""
    with connected(elsewhere(addresses["DATABASE_ADMIN_URL"], "postgres")) as cursor:
        name = sql.Identifier(urlsplit(addresses["DATABASE_URL"]).path.lstrip("/"))
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def prepare_database(cursor, database: str) -> None:
    """Give an empty database its extensions and privileges; the superuser or its owner may."""
    run = _runner(cursor)
    for extension in EXTENSIONS:
        run("CREATE EXTENSION IF NOT EXISTS {}", sql.Identifier(extension))
    open_database(cursor, database)
    run("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    run("GRANT USAGE ON SCHEMA public TO portal_app, portal_task, portal_audit")
    run("GRANT USAGE, CREATE ON SCHEMA public TO portal_keeper")  # CREATE: to be given a function
    run(
        "ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app, portal_task"
    )
    run(
        "ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public"
        " GRANT USAGE, SELECT ON SEQUENCES TO portal_app, portal_task"
    )


def open_database(cursor, database: str) -> None:
    """Let the portal's roles in, and nobody else."""
    run, name = _runner(cursor), sql.Identifier(database)
    run("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
    run("GRANT CONNECT ON DATABASE {} TO portal_app, portal_task", name)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_backup'")
    if cursor.fetchone():
        run("GRANT CONNECT ON DATABASE {} TO portal_backup", name)


def _check_server(cursor) -> None:
    cursor.execute(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('is_superuser')"
    )
    version, superuser = cursor.fetchone()
    if version not in SUPPORTED:
        raise RolesNotMade(f"PostgreSQL {version} is not supported: use 16, 17 or 18.")
    if superuser != "on":
        raise RolesNotMade(
            "DATABASE_ADMIN_URL must sign in as a superuser; the portal itself never does."
        )


def _make_role(cursor, role: str, password: str) -> None:
    run, name = _runner(cursor), sql.Identifier(role)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if not cursor.fetchone():
        run("CREATE ROLE {}", name)
    rights = "CREATEDB" if role == "portal_test" else "NOCREATEDB"
    bypass = "BYPASSRLS" if role == "portal_backup" else "NOBYPASSRLS"
    run(f"ALTER ROLE {{}} LOGIN NOSUPERUSER {bypass} NOCREATEROLE NOREPLICATION {rights}", name)
    if password:
        secret = encrypt_password(password, role, cursor.connection, "scram-sha-256")
        run("ALTER ROLE {} PASSWORD {}", name, sql.Literal(secret))
    if role in {"portal_app", "portal_task"}:
        for setting, value in LIMITS.items():
            run("ALTER ROLE {} SET {} = {}", name, sql.Identifier(setting), sql.Literal(value))
    if role == "portal_backup":
        run("ALTER ROLE {} SET default_transaction_read_only = 'on'", name)
        run("GRANT pg_read_all_data TO {}", name)
    if role == "portal_test":
        run("ALTER ROLE {} SET jit = 'off'", name)
        _make_arranger(cursor)
        run("GRANT portal_owner, portal_app, portal_task, portal_arranger TO {}", name)


def _make_arranger(cursor) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_arranger'")
    if not cursor.fetchone():
        cursor.execute("CREATE ROLE portal_arranger NOLOGIN NOSUPERUSER NOBYPASSRLS")
        cursor.execute("GRANT portal_app TO portal_arranger")


def _make_keeper(cursor) -> None:
    """Make the role that writes and seals the logs: it reads past row-level security, and adds."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_keeper'")
    if not cursor.fetchone():
        cursor.execute("CREATE ROLE portal_keeper")
    cursor.execute("ALTER ROLE portal_keeper NOLOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB")
    cursor.execute("GRANT portal_keeper TO portal_owner")  # so that a migration may hand over


def _make_auditor(cursor) -> None:
    """Make the role that reads for a panel; the worker has its rights only while it becomes it."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_audit'")
    if not cursor.fetchone():
        cursor.execute("CREATE ROLE portal_audit")
    cursor.execute(
        "ALTER ROLE portal_audit NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
    )
    cursor.execute("GRANT portal_audit TO portal_task WITH INHERIT FALSE, SET TRUE")
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_test'")
    if cursor.fetchone():
        cursor.execute("GRANT portal_audit TO portal_test")


def _make_database(cursor, database: str) -> None:
    run, name = _runner(cursor), sql.Identifier(database)
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if cursor.fetchone():
        run("ALTER DATABASE {} OWNER TO portal_owner", name)
    else:
        run("CREATE DATABASE {} OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0", name)


def _runner(cursor):
    return lambda text, *parts: cursor.execute(sql.SQL(text).format(*parts))


def elsewhere(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


@contextmanager
def connected(address: str):
    """Yield an autocommit cursor."""
    connection = psycopg2.connect(address, connect_timeout=10)
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()
