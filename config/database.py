"""Declines to serve where the database would not hold its line."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.actor import claims

# pg_has_role covers ownership by membership too; extensions' tables are not the portal's.
_PRIVILEGES = """
    SELECT current_user, rolsuper, rolbypassrls, EXISTS (
        SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm')
        AND pg_has_role(current_user, relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = current_user
"""
# A table belongs to institutions when it is theirs or says whose its rows are.
OPEN_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND (relname = 'contacts_institution' OR EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND NOT attisdropped
        AND attname = 'institution_id'
    ))
    AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (
        SELECT FROM pg_policy WHERE polrelid = pg_class.oid
    ))
    ORDER BY relname
"""


def refuse_unsafe() -> None:
    """Stop the start of a web server, worker or outbox loop that could see more than it should.

    Issues queries.

    Raises:
        ImproperlyConfigured: the database user is a superuser, bypasses row-level security or owns
            tables; a table of institutions has no row-level security; or the database does not
            know the key with which actors are signed.
    """
    try:
        _refuse_privileged()
        if _has_migrated():  # /readyz says so when not
            _refuse_open_tables()
            _refuse_unknown_key()
    finally:
        connection.close()  # a server forks after loading: nobody may inherit this connection


def _refuse_privileged():
    with connection.cursor() as cursor:
        cursor.execute(_PRIVILEGES)
        user, superuser, bypasses, owns = cursor.fetchone()
    faults = {
        "is a superuser": superuser,
        "bypasses row-level security": bypasses,
        "owns the portal's tables": owns,
    }
    for fault, found in faults.items():
        if found:
            raise ImproperlyConfigured(
                f"The database user {user} {fault}. Sign in as portal_app (web) or portal_task "
                "(worker, beat, outbox loop); `manage.py bootstrap_roles` makes both."
            )


def _has_migrated():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('portal') IS NOT NULL")
        return cursor.fetchone()[0]


def _refuse_open_tables():
    with connection.cursor() as cursor:
        cursor.execute(OPEN_TABLES)
        table = cursor.fetchone()
    if table:
        raise ImproperlyConfigured(
            f"The table {table[0]} has no row-level security, so that everybody could read every "
            "institution's rows in it. Run `manage.py migrate` with the release's own migrations."
        )


def _refuse_unknown_key():
    if not claims.are_understood():
        raise ImproperlyConfigured(
            "The database does not know the first of ACTOR_KEYS, so that nobody would see a row. "
            "Run `manage.py share_actor_keys`."
        )
