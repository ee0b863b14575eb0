"""Telling the database for whom it works, in a way that only the portal can.

The database checks the signature, the connection and the time of each claim (migration 0001), so
that words that somebody smuggles into a statement open nothing. Without a claim the policies show
no row that belongs to an institution.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

wall_clock: Callable[[], float] = time.time
REQUEST_SECONDS = 300  # far above any request's, far below what a stolen claim would be worth
TASK_SECONDS = 3600
_BLOCK = 64  # bytes, of SHA-256


def enter(user_id: int, *, request_id: str = "") -> None:
    """Act for an account until the transaction ends; the row log keeps ``request_id``, too.

    Issues a query, which also asks what the account's roles reach. Ask again after an action that
    gives the account another role.

    Raises:
        RuntimeError: no transaction is open, so that the claim would be lost at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An actor enters a transaction, and none is open.")
    _enter("user", str(user_id), REQUEST_SECONDS, is_local=True, request_id=request_id)


def enter_invited(digest: str) -> None:
    """Let whoever holds an open invitation's token see the institution that it comes from.

    Adds to the claim of whoever is signed in; an invitation that is not open adds nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal.enter_invited(%s)", [digest])


@contextmanager
def searching_for(contact_id: int, *, by: int):
    """Show the block all that is held about somebody, wherever in their force; then act for ``by``.

    For a copy of a person's data alone: nothing that they are named in may be missing from it.
    """
    _enter("search", str(contact_id), REQUEST_SECONDS, is_local=True)
    yield
    enter(by)


def enter_panel(concern_ref) -> bool:
    """Let a panel member read and move one concern before their panel, until the request ends.

    Adds its institution to the claim where the database agrees that it stands before the panel,
    and says whether it did. Issues a query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal.enter_panel(%s)", [concern_ref])
        return cursor.fetchone()[0]


def panel_institution(item_id: int) -> int | None:
    """Return whose record a sample's item was made of, for the access log. Issues a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal.panel_institution(%s)", [item_id])
        return cursor.fetchone()[0]


@contextmanager
def drawing():
    """Read as portal_audit for the block: codes, numbers and days, no name and no typed word.

    Only inside declared work and a transaction. Issues a query at each end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('role', 'portal_audit', true)")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, true)", [before])


def leave() -> None:
    """Act for nobody. Issues a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal.leave()")


@contextmanager
def as_system(purpose: str):
    """Act as the portal itself, for one named purpose; only portal_task has policies for that.

    Raises:
        ImproperlyConfigured: this process stands before the database as the web server does.
        RuntimeError: the connection was replaced meanwhile, and the claim is gone with it.
    """
    if connection.settings_dict["USER"] == "portal_app":
        raise ImproperlyConfigured(f"{purpose} is work for portal_task. Set PORTAL_ROLE=task.")
    _enter("system", purpose, TASK_SECONDS, is_local=False)
    entered = connection.connection

    def only_here(ask, sql, params, many, context):
        if connection.connection is not entered:
            raise RuntimeError(f"The connection that acted for {purpose} is gone.")
        return ask(sql, params, many, context)

    try:
        with connection.execute_wrapper(only_here):
            yield
    finally:
        if connection.connection is entered and not connection.needs_rollback:
            leave()


def for_system(purpose: str):
    """Make a function act as the portal itself; see :func:`as_system`."""

    def decorate(function):
        @wraps(function)
        def acting(*args, **kwargs):
            with as_system(purpose):
                return function(*args, **kwargs)

        acting.acts_for = purpose
        return acting

    return decorate


def pads(key: str) -> tuple[bytes, bytes]:
    """Return the two halves of a key that RFC 2104 hashes before and after the message."""
    secret = key.encode()
    if len(secret) > _BLOCK:
        secret = hashlib.sha256(secret).digest()
    secret = secret.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in secret), bytes(byte ^ 0x5C for byte in secret)


@transaction.atomic
def share_keys() -> None:
    """Give the database ``ACTOR_KEYS`` in place of those that it had; its owner may."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal.actor_key")
        for place, key in enumerate(settings.ACTOR_KEYS):
            cursor.execute(
                "INSERT INTO portal.actor_key (place, inner_pad, outer_pad) VALUES (%s, %s, %s)",
                [place, *pads(key)],
            )


def are_understood() -> bool:
    """Whether the database takes what this process signs. Issues a query."""
    try:
        with transaction.atomic():
            _enter("system", "start", seconds=1, is_local=True)
    except DatabaseError:
        return False
    return True


def token(kind: str, who: str, until: int) -> str:
    """Sign a claim for this connection and no other."""
    pid = connection.connection.info.backend_pid
    message = f"{kind}:{who}:{until}:{pid}"
    return hmac.new(settings.ACTOR_KEYS[0].encode(), message.encode(), "sha256").hexdigest()


def _enter(kind, who, seconds, *, is_local, request_id=""):
    until = int(wall_clock()) + seconds
    with connection.cursor() as cursor:  # connects first, if need be: the claim is for this one
        cursor.execute(
            "SELECT portal.enter(%s, %s, %s, %s, %s), set_config('app.request_id', %s, %s)",
            [kind, who, until, token(kind, who, until), is_local, request_id, is_local],
        )
