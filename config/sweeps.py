"""Going through what is due: each row in a transaction of its own, so that one stops no other."""

import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)


def each_alone(rows: Iterable[int], act: Callable[[int], int], *, sweep: str) -> int:
    """Call ``act`` with the id of each row and return the sum of what it returned.

    ``act`` is atomic, locks its row past others' locks, looks again whether it is due, and returns
    1, or 0 where it is not. A row that cannot be done stays as it was, is named in the log as one
    of ``sweep``, and is tried again by the next round; a server that is away ends this one.
    """
    done = 0
    for row in rows:
        try:
            done += act(row)
        except (ValidationError, DatabaseError):
            if not connection.is_usable():
                raise
            logger.exception("A row could not be swept.", extra={"sweep": sweep, "row": row})
    return done
