"""Two people at once: one has locked what the other needs, and then finishes first."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

PATIENCE = 20  # seconds
SOMEBODY_WAITS = """
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
    )
"""


def while_waiting(first, second):
    """Call ``second`` in a connection of its own while ``first`` is not committed yet.

    Return what ``second`` returned or raised, once it has waited for ``first``.
    """
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            late = other.submit(_in_own_connection, second)
            _wait_until_blocked(late)
        return late.exception() or late.result()


def _in_own_connection(second):
    try:
        return second()
    finally:
        connection.close()


def _wait_until_blocked(late):
    patient_until = time.monotonic() + PATIENCE
    while time.monotonic() < patient_until and not late.done():
        with connection.cursor() as cursor:
            cursor.execute(SOMEBODY_WAITS)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("The second did not wait for the first.")
