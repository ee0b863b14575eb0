"""Everything that happened with one institution, newest first: one query, pages by key.

Each branch of the union sorts and stops by itself: the planner pushes no limit into a union, and a
sort over an institution's whole history would grow with it. Never the words of a note.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.http import Http404

from config.web.paging import COUNT_CAP, Page
from contacts.models import Institution

from .presenters import CHANGES

SIZE = 25


class Row(NamedTuple):
    """One thing that happened. ``code``, ``state`` and ``detail`` mean what the branch selects."""

    rank: int
    at: datetime
    number: int
    uid: UUID | None
    ref: UUID | None
    code: str
    state: str
    detail: str

    @property
    def branch(self) -> "Branch":
        return BRANCHES[self.rank]


class Branch(NamedTuple):
    """One table's part of the union. ``kind`` is the filter it answers to."""

    kind: str
    at: str
    pk: str
    columns: str  # number, uid, ref, code, state, detail
    source: str


class Cursor(NamedTuple):
    """The place after which a page begins; ``shown`` counts the rows before it."""

    at: datetime
    rank: int
    key: str
    shown: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        try:
            at, rank, key, shown = text.split("~")
            at, rank, shown = datetime.fromisoformat(at), int(rank), int(shown)
            if at.tzinfo is None or not 0 <= rank < len(BRANCHES) or not 0 < shown < 10**9:
                raise ValueError
            key = UUID(key) if BRANCHES[rank].kind == "change" else int(key)
            if isinstance(key, int) and not 0 < key < 2**63:
                raise ValueError
            cursor = cls(at.astimezone(UTC), rank, str(key), shown)
        except (ValueError, OverflowError):
            raise Http404("No such page") from None
        return cursor

    @classmethod
    def after(cls, row: Row, shown: int) -> "Cursor":
        return cls(row.at, row.rank, str(row.uid or row.number), shown)

    def __str__(self):
        return f"{self.at.isoformat()}~{self.rank}~{self.key}~{self.shown}"


_VISIT = "e.id, NULL::uuid, e.ref, e.kind, e.state, e.initiated_by"
_NOTE = (
    "n.id, NULL::uuid, e.ref, {}, n.state, CASE WHEN t.withdrawn_at IS NULL THEN '' ELSE 'w' END"
)
_NOTES = (
    "events_sharednote n JOIN events_engagement e ON e.id = n.engagement_id "
    "JOIN partnerships_sharedtext t ON t.id = n.text_id WHERE n.institution_id = %(institution)s "
)
# A mark behind the state: one side disagrees with the words of a promise.
_DISPUTED = (
    "CASE WHEN EXISTS (SELECT FROM partnerships_disagreementstatement d "
    "WHERE d.text_id = c.wording_id) THEN '!' ELSE '' END"
)
BRANCHES = (
    Branch(
        "change",
        "a.at",
        "a.id",
        "0, a.id, NULL::uuid, a.action, '', ''",
        "audit_entry a WHERE a.institution_id = %(institution)s AND a.action = ANY(%(changes)s)",
    ),
    Branch(
        "promise",
        "c.proposed_at",
        "c.id",
        f"c.id, NULL::uuid, c.ref, c.owner_side, c.state || {_DISPUTED}, c.text",
        "partnerships_commitment c WHERE c.institution_id = %(institution)s",
    ),
    Branch(
        "request",
        "r.submitted_at",
        "r.id",
        "r.id, NULL::uuid, r.ref, r.kind, r.state, r.reference",
        "events_engagementrequest r WHERE r.institution_id = %(institution)s",
    ),
    Branch(
        "visit",
        "e.starts_at",
        "e.id",
        _VISIT,
        "events_engagement e WHERE e.institution_id = %(institution)s",
    ),
    Branch(  # hosted by another institution
        "visit",
        "e.starts_at",
        "e.id",
        _VISIT,
        "events_engagementparty p JOIN events_engagement e ON e.id = p.engagement_id "
        "WHERE p.institution_id = %(institution)s AND p.is_guest",
    ),
    Branch(
        "note",
        "n.left_at",
        "n.id",
        _NOTE.format("'shared'"),
        _NOTES + "AND n.left_at IS NOT NULL",
    ),
    Branch(
        "note",
        "n.answered_at",
        "n.id",
        _NOTE.format("'answered'"),
        _NOTES + "AND n.answered_at IS NOT NULL AND n.left_at IS NOT NULL",
    ),
    Branch(
        "concern",
        "w.raised_at",
        "w.id",
        "w.id, NULL::uuid, w.ref, w.about, w.state, w.reference",
        "partnerships_concern w WHERE w.institution_id = %(institution)s",
    ),
)
KINDS = ("visit", "request", "promise", "concern", "note", "change")


def timeline(institution: Institution, *, kind: str = "", after: str = "") -> Page:
    """Return one page of what happened, of one kind or all. Two queries.

    The caller has found ``institution`` through ``visible_to``: whoever sees an institution sees
    all that both sides share about it.

    Raises:
        Http404: ``after`` is not a place that a page named.
    """
    ranks = [rank for rank, branch in enumerate(BRANCHES) if kind in ("", branch.kind)]
    cursor = Cursor.read(after) if after else None
    rows = _rows(institution, ranks, cursor)
    count = _count(institution, ranks)
    first = cursor.shown + 1 if cursor else 1
    further = ""
    if len(rows) > SIZE:
        rows = rows[:SIZE]
        further = str(Cursor.after(rows[-1], first + SIZE - 1))
    return Page(rows, min(count, COUNT_CAP), count > COUNT_CAP, first, further, cursor is None)


def _rows(institution, ranks, cursor):
    parts = [f"({_select(rank)}{_after(rank, cursor)}{_order(rank)})" for rank in ranks]
    statement = (
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS rows "  # nosec B608  # noqa: S608  our own names only
        "ORDER BY 2 DESC, 1 DESC, 3 DESC, 4 DESC LIMIT %(limit)s"
    )
    place = {"at": cursor.at, "key": cursor.key} if cursor else {}
    found = _run(statement, {**_parameters(institution), **place, "limit": SIZE + 1})
    return [Row(*row) for row in found]


def _count(institution, ranks):
    parts = [
        f"(SELECT 1 FROM {BRANCHES[rank].source} LIMIT %(cap)s)"  # nosec B608  # noqa: S608  our own names only
        for rank in ranks
    ]
    statement = f"SELECT count(*) FROM ({' UNION ALL '.join(parts)}) AS rows"  # nosec B608  # noqa: S608  as above
    [(count,)] = _run(statement, {**_parameters(institution), "cap": COUNT_CAP + 1})
    return count


def _select(rank):
    branch = BRANCHES[rank]
    return f"SELECT {rank}, {branch.at}, {branch.columns} FROM {branch.source}"  # nosec B608  # noqa: S608  as above


def _after(rank, cursor):
    """Build "comes after the cursor" in the order at, rank, key, all falling."""
    if cursor is None:
        return ""
    branch = BRANCHES[rank]
    if rank == cursor.rank:
        cast = "uuid" if branch.kind == "change" else "bigint"
        return f" AND ({branch.at}, {branch.pk}) < (%(at)s, %(key)s::{cast})"
    return f" AND {branch.at} {'<=' if rank < cursor.rank else '<'} %(at)s"


def _order(rank):
    branch = BRANCHES[rank]
    return f" ORDER BY {branch.at} DESC, {branch.pk} DESC LIMIT %(limit)s"


def _parameters(institution):
    return {"institution": institution.pk, "changes": list(CHANGES)}


def _run(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
