"""Sealing the logs into chains of hashes, and finding out whether a chain is whole.

The database does both, in functions that ``portal_task`` may call (migration 0005): they tell
keys, never what a row holds. The chains are the entries, the reads, the disclosures and the rows.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

PATIENCE = "10min"  # more than the database allows a page: a chain is read from its beginning
_HEAD = re.compile(r"\b([a-z]+) (\d{1,18}) ([0-9a-f]{64})\b")


class Head(NamedTuple):
    """Where a chain stands: its ``n``-th link, and the hash of everything up to there."""

    chain: str
    n: int
    hash: str

    def __str__(self):
        return f"{self.chain} {self.n} {self.hash}"


class Fault(NamedTuple):
    """What is wrong with a row; ``n`` is its link, ``key`` its key in its own table."""

    chain: str
    code: str
    n: int | None
    key: str | None

    def __str__(self):
        said = {
            "edited": _("row %(key)s (link %(n)s) was edited"),
            "deleted": _("row %(key)s (link %(n)s) was deleted"),
            "slipped_in": _("row %(key)s was slipped in: it is older than the seal that missed it"),
            "link_missing": _("a link before link %(n)s (row %(key)s) was removed"),
            "link_forged": _("link %(n)s (row %(key)s) does not follow from the one before"),
            "cut": _("the chain ends before link %(n)s, which the anchor knows"),
            "rewritten": _("link %(n)s is not the one that the anchor knows"),
        }[self.code]
        return f"{self.chain}: {said % {'key': self.key, 'n': self.n}}"


def seal() -> int:
    """Seal every row that no seal has found yet, and return how many."""
    ((sealed,),) = _ask("SELECT audit_seal()")
    return sealed


def heads() -> list[Head]:
    return [Head(*row) for row in _ask("SELECT chain, n, head FROM audit_heads()")]


def read_anchor(text: str) -> list[Head]:
    """Return the heads that a text names: a file of heads, or a mail that holds them."""
    return [Head(chain, int(n), hash_) for chain, n, hash_ in _HEAD.findall(text)]


def faults(anchor: Iterable[Head] = ()) -> list[Fault]:
    """Go through every chain; ``anchor`` holds heads that were kept elsewhere."""
    ((chains,),) = _ask("SELECT audit_chains()")
    found = [
        Fault(chain, *row)
        for chain in chains
        for row in _ask("SELECT fault, n, row_key FROM audit_verify(%s)", chain)
    ]
    return found + [fault for head in anchor if (fault := _against(head))]


def _against(head):
    ((known,),) = _ask("SELECT audit_head_at(%s, %s)", head.chain, head.n)
    if known == head.hash:
        return None
    return Fault(head.chain, "rewritten" if known else "cut", head.n, None)


def _ask(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE])
        cursor.execute(statement, values)
        return cursor.fetchall()
