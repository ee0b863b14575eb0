"""Time that moves on: every date in the rows goes back, and the real processes do the rest."""

import os
from collections import Counter

import redis
from django.db import connection, transaction
from django.utils import timezone

from config.outbox.models import Message
from tests.roles import as_owner
from tests.support.processes import wait_for

TABLES = ("partnerships_commitment%", "events_%", "outbox_message")
DATES = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('date', 'timestamp with time zone')
    AND is_generated = 'NEVER' AND table_name LIKE ANY (%s) ORDER BY table_name
"""
# A message's key ends in the moment or day that it is for.
KEY = """
    key = CASE
        WHEN key ~ ':[0-9]{10}$' THEN left(key, -10) || extract(epoch FROM
            (to_timestamp(right(key, 10)::bigint) AT TIME ZONE 'Europe/London' - %(days)s)
            AT TIME ZONE 'Europe/London')::bigint
        WHEN key ~ ':[0-9]{4}-[0-9]{2}-[0-9]{2}$'
            THEN left(key, -10) || (right(key, 10)::date - %(days)s)::date
        ELSE key END
"""


def let_days_pass(number: int) -> None:
    """Move all that promises, visits, requests and their mail know of time back by days.

    Times of the day stay what London's clocks show.
    """
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute(DATES, [list(TABLES)])
        columns = {}
        for table, column, kind in cursor.fetchall():
            columns.setdefault(table, []).append(_moved(column, kind))
        columns["outbox_message"].append(KEY)
        for table, moved in columns.items():
            sql = f"UPDATE {table} SET {', '.join(moved)}"
            cursor.execute(sql.replace("%(days)s", f"interval '{number:d} days'"))


def _moved(column, kind):
    if kind == "date":
        return f'"{column}" = ("{column}" - %(days)s)::date'
    zone = "AT TIME ZONE 'Europe/London'"
    return f'"{column}" = ("{column}" {zone} - %(days)s) {zone}'


def run_twice(*tasks) -> None:
    """Let the worker do each task, and again; return when all mail that is due has left."""
    for task in (*tasks, *tasks):
        task.delay()
    settle()


def settle() -> None:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        wait_for(
            lambda: not broker.llen("celery") and not broker.hlen("unacked"),
            seconds=60,
            what="the worker to finish",
        )
    wait_for(_nothing_due, seconds=30, what=lambda: f"mail to leave: {_due()}")


def _due():
    return list(Message.objects.ready(at=timezone.now()).values_list("kind", "state"))


def _nothing_due():
    return not Message.objects.filter(state="sending").exists() and not _due()


class Post:
    """The mail server's post, read a piece at a time."""

    def __init__(self, mail_sink):
        self.sink = mail_sink
        self.seen = 0

    def new(self) -> Counter:
        """Count (to whom, subject) of all that came since the last look."""
        come, self.seen = self.sink.messages[self.seen :], len(self.sink.messages)
        return Counter((message["X-Envelope-To"], message["Subject"]) for message in come)


def once(*letters) -> Counter:
    """Expect each of these exactly once, and nothing else."""
    return Counter(letters)
