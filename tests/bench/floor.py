"""The floor: a bare WSGI application that runs a page's statements and returns the page's bytes.

No Django: psycopg2 on one connection a thread, rows fetched and thrown away. What a page writes is
rolled back, so that it can be asked for again; the floor of a POST therefore waits for no disk.
"""

import json
import os
import threading
from pathlib import Path

import psycopg2

FOLDER = Path(os.environ.get("BENCH_FLOOR", "."))
READS = (b"SELECT", b"WITH")
_own = threading.local()
_pages = {}


def keep(key: str, statements: list[bytes], body: bytes) -> None:
    """Write down what the application answers at /``key``."""
    folder = Path(os.environ["BENCH_FLOOR"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.json").write_text(json.dumps([text.decode() for text in statements]))
    (folder / f"{key}.body").write_bytes(body)


def replay(statements: list[bytes], connection) -> None:
    """Run statements and fetch their rows; what they write is rolled back."""
    connection.autocommit = all(map(_only_reads, statements))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()
    connection.rollback()


def _only_reads(statement):
    return statement.lstrip(b" (").startswith(READS) and b"FOR UPDATE" not in statement


def application(environ, start_response):
    key = environ["PATH_INFO"].strip("/")
    statements, body = _page(key) if key else ([], b"")
    replay(statements, _connection())
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def _page(key):
    if key not in _pages:
        statements = json.loads((FOLDER / f"{key}.json").read_text())
        body = (FOLDER / f"{key}.body").read_bytes()
        _pages[key] = [text.encode() for text in statements], body
    return _pages[key]


def _connection():
    if not hasattr(_own, "connection"):
        _own.connection = psycopg2.connect(os.environ["DATABASE_URL"])
    return _own.connection
