"""Changing the database role inside a test; tests are portal_app until they say otherwise."""

from contextlib import contextmanager

from django.db import connection

_now = ["portal_app"]


def become(role: str) -> None:
    """Be ``role`` from now on, in every block that is open as well."""
    _now[-1] = role
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


@contextmanager
def as_role(role: str):
    """Be ``role`` for the block; if it breaks its transaction, the rollback restores us."""
    _now.append(role)
    become(role)
    try:
        yield
    finally:
        _now.pop()
        if not connection.needs_rollback:
            become(_now[-1])


def as_owner():
    """Be the tables' owner for the block, to arrange or read what the portal itself may not."""
    return as_role("portal_owner")


def as_task():
    """Be the worker for the block."""
    return as_role("portal_task")
