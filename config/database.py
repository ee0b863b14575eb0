"""Declines to serve as a database user who could read or change everything."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

# pg_has_role covers ownership by membership too; extensions' tables are not the portal's.
_PRIVILEGES = """
    SELECT current_user, rolsuper, rolbypassrls, EXISTS (
        SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm')
        AND pg_has_role(current_user, relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = current_user
"""


def refuse_privileged() -> None:
    """Stop the start of a web server, worker or outbox loop whose database user is too mighty.

    Issues a query.

    Raises:
        ImproperlyConfigured: the user is a superuser, bypasses row-level security, or owns tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PRIVILEGES)
        user, superuser, bypasses, owns = cursor.fetchone()
    connection.close()  # a server forks after loading: nobody may inherit this connection
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
