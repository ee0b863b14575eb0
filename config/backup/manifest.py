"""What a backup says of itself, so that a restore can be compared with it."""

from datetime import datetime

from psycopg2 import sql

FORMAT = 1
TABLES = """
    SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    ORDER BY nspname, relname
"""
# Where the sealed logs stand, if this portal seals them and the role may ask.
MAY_ASK = "SELECT has_function_privilege(to_regprocedure('public.audit_heads()'), 'EXECUTE')"
HEADS = "SELECT chain, n, head FROM public.audit_heads() ORDER BY chain"
ROLES = "SELECT rolname FROM pg_roles WHERE rolname ~ '^portal_' ORDER BY rolname"


def counts(cursor) -> dict[str, int]:
    """Return how many rows each table of the portal has, whatever schema it is in."""
    cursor.execute(TABLES)
    return {
        f"{schema}.{table}": _count(cursor, schema, table) for schema, table in cursor.fetchall()
    }


def _count(cursor, schema, table) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table)))
    return cursor.fetchone()[0]


def heads(cursor) -> list[list] | None:
    """Return the heads of the sealed logs, None where there are none to ask for."""
    cursor.execute(MAY_ASK)
    if not cursor.fetchone()[0]:
        return None
    cursor.execute(HEADS)
    return [list(head) for head in cursor.fetchall()]


def describe(cursor, *, at: datetime) -> dict:
    cursor.execute(ROLES)
    roles = [name for (name,) in cursor.fetchall()]
    cursor.execute("SELECT current_setting('server_version')")
    return {
        "format": FORMAT,
        "taken_at": at.isoformat(),
        "server": cursor.fetchone()[0],
        "roles": roles,
        "counts": counts(cursor),
        "heads": heads(cursor),
    }
