"""Changing the database role inside a test.

Tests arrange and look as ``portal_arranger``; what the portal answers, it answers as portal_app.
"""

from contextlib import contextmanager

from django.db import connection
from django.urls import reverse

from config.actor import claims
from config.actor.middleware import DOORS

_now = ["portal_arranger"]


class AsPortalApp:
    """Middleware of the tests: a request meets the database as the web server does."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.doors = {reverse(name) for name in DOORS}

    def __call__(self, request):
        if request.path_info in self.doors:
            return self.get_response(request)
        with as_role("portal_app"):
            return self.get_response(request)


def become(role: str) -> None:
    """Be ``role`` from now on, in every block that is open as well."""
    _now[-1] = role
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:  # the driver's own: no query of the portal's
        cursor.execute(f"SET ROLE {role}")


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


@contextmanager
def as_task():
    """Be the worker for the block, at work that it has declared."""
    with as_role("portal_task"), claims.as_system("test"):
        yield
