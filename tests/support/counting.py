"""Counting what a page asks the database, as it would in production."""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Every page of somebody signed in: the session, the account, the actor, the roles.
EVERY_REQUEST = 4
# What only the transaction round a test adds.
_OURS = ("SAVEPOINT", "RELEASE", "SELECT portal.leave()")


def asked(queries) -> list[str]:
    """Return the statements of a ``CaptureQueriesContext`` that the portal itself sends."""
    return [query["sql"] for query in queries if not query["sql"].startswith(_OURS)]


@contextmanager
def asks(number: int, *, or_less: bool = False):
    """Fail unless the block asks the database that often."""
    with CaptureQueriesContext(connection) as queries:
        yield queries
    sent = asked(queries)
    assert len(sent) <= number if or_less else len(sent) == number, "\n\n".join(sent)
