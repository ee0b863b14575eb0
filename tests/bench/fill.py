"""Fills the benchmark's database by plain SQL, and lets it grow; the same rows in every run.

Triggers and foreign keys rest meanwhile (``session_replication_role``): rows come whole, their
tenant columns included, and a million visits take minutes instead of hours.
"""

import datetime as dt
import os
from contextlib import contextmanager

import psycopg2

from . import fill_follow_ups, fill_history, fill_people

FORCE = fill_people.OF_FORCE
BEYOND = 1_000_000_000  # ids of what the portal itself writes: no row that comes later meets them
SEQUENCES = f"""
    SELECT format(
        'SELECT setval(%L, greatest(max(%I), {BEYOND})) FROM %I', sequence, attname, relname
    ) FROM (
        SELECT relname, attname, pg_get_serial_sequence(quote_ident(relname), attname) AS sequence
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attidentity <> ''
    ) AS found
"""


@contextmanager
def as_owner():
    """Yield a cursor of the tables' owner, in one transaction, with triggers at rest on demand."""
    connection = psycopg2.connect(os.environ["DATABASE_ADMIN_URL"])
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


class Nation:
    """The rows that are there: ``partnerships`` with ``each`` visits."""

    def __init__(self, today: dt.date):
        self.today, self.partnerships, self.each = today, 0, 0

    def grow(self, *, partnerships: int, engagements: int) -> None:
        """Add what is missing to ``partnerships`` that share ``engagements`` evenly."""
        each = round(engagements / partnerships)
        given = {"first": self.partnerships, "last": partnerships, "today": self.today}
        given |= {"each": each, "had": self.each}
        with as_owner() as cursor:
            cursor.execute("SET ROLE portal_owner")
            for statement in fill_people.statements():
                cursor.execute(statement.replace("% ", "%% "), given)
        with as_owner() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET ROLE portal_owner")
            for statement in (*fill_history.statements(), *fill_follow_ups.statements()):
                cursor.execute(statement.replace("% ", "%% "), given)
        self.partnerships, self.each = partnerships, each
        self._settle()

    def _settle(self) -> None:
        """Put sequences behind the rows, and let the planner know them."""
        with as_owner() as cursor:
            cursor.execute(SEQUENCES)
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
        connection = psycopg2.connect(os.environ["DATABASE_ADMIN_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        connection.close()

    @property
    def engagements(self) -> int:
        return self.partnerships * self.each
