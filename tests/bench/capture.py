"""What a page asks the database: its statements as sent, replayed and explained."""

import json
import os
import statistics
import time
from contextlib import ExitStack

import psycopg2
from django.conf import settings
from django.db import connections, transaction
from django.test import Client

from events.models import Engagement

from .floor import replay
from .pages import Page

LARGE = 5_000  # rows; what grows with the nation, people included
UNCOUNTED = (b"SAVEPOINT", b"RELEASE", b"ROLLBACK")
EXPLAINABLE = (b"SELECT", b"INSERT", b"UPDATE", b"DELETE", b"WITH")


class Recorder:
    """An ``execute_wrapper`` that keeps what psycopg2 sent, parameters filled in."""

    def __init__(self):
        self.statements: list[bytes] = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        sent = context["cursor"].cursor.query
        if sent and not sent.startswith(UNCOUNTED):
            self.statements.append(sent)
        return result


def recording(recorder, stack: ExitStack) -> None:
    for alias in connections:
        stack.enter_context(connections[alias].execute_wrapper(recorder))


def open_page(page: Page, session: str) -> tuple[list[bytes], bytes]:
    """Open a page in this process, warm; return its statements and its body."""
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for _warm in range(2):
        response, recorder = _ask(client, page)
    expected = 302 if page.forms else 200
    assert response.status_code == expected, (page.name, response.status_code, response.content)
    return recorder.statements, response.content


def _ask(client, page):
    recorder = Recorder()
    with ExitStack() as stack:
        recording(recorder, stack)
        if not page.forms:
            return client.get(page.path), recorder
        with transaction.atomic():  # taken back, so that it can be said again
            response = client.post(page.path, next(page.forms))
            sent = list(recorder.statements)
            made = Engagement.objects.latest("pk").pk
            transaction.set_rollback(True)
        recorder.statements = [_with_key(statement, made) for statement in sent]
    return response, recorder


def _with_key(statement: bytes, key: int) -> bytes:
    """Give a visit its key again, which the statements after it name."""
    head = b'INSERT INTO "events_engagement" ('
    if not statement.startswith(head):
        return statement
    statement = statement.replace(head, head + b'"id", ', 1)
    return statement.replace(b"VALUES (", b"VALUES (%d, " % key, 1)


def as_portal_app():
    """Connect as the web server does."""
    return psycopg2.connect(os.environ["DATABASE_URL"])


def sql_time(statements, *, times: int = 20) -> float:
    """Return the median time of the statements together, fetching included, in ms."""
    connection = as_portal_app()
    replay(statements, connection)
    measured = []
    for _again in range(times):
        began = time.perf_counter()
        replay(statements, connection)
        measured.append((time.perf_counter() - began) * 1000)
    connection.close()
    return statistics.median(measured)


def sequential_scans(statements) -> list[str]:
    """Return the large tables that the planner would read from end to end, with their rows."""
    connection, found = as_portal_app(), set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE reltuples > %s", [LARGE])
        large = dict(cursor.fetchall())
        for statement in statements:
            if statement.lstrip(b" (\n").upper().startswith(EXPLAINABLE):
                cursor.execute(b"EXPLAIN (FORMAT JSON) " + statement)
                [(plan,)] = cursor.fetchall()
                plan = json.loads(plan) if isinstance(plan, str) else plan
                found |= set(_scanned(plan[0]["Plan"]))
    connection.rollback()
    connection.close()
    return [f"{name} ({large[name]:,.0f} rows)" for name in sorted(found & set(large))]


def _scanned(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _scanned(child)
