"""One round over the pages, with the little database and again with the large one."""

import datetime as dt
import os
from dataclasses import dataclass

from . import floor
from .capture import open_page, sequential_scans, sql_time
from .pages import Page, pages, session_of
from .servers import FOLDER, Web
from .table import Row, verdict
from .timing import Times, time_page

GROWTH = 1.5
SQL_OF_TIMELINE, SQL_OF_DASHBOARD = 1.0, 10.0  # ms


@dataclass(frozen=True)
class Seen:
    """A page as it was with one size of the database."""

    page: Page
    session: str
    statements: list[bytes]
    times: Times
    floor: Times

    @property
    def ratio(self) -> float:
        return self.times.p50 / self.floor.p50


def measure(today: dt.date, *, times: int) -> tuple[list[Seen], Web]:
    """Open every page; return what was seen, and the web server that has served it all."""
    os.environ["BENCH_FLOOR"] = str(FOLDER / "floor")
    sessions, opened = {}, []
    for page in pages(today):
        session = sessions.setdefault(page.person, session_of(page.person))
        statements, body = open_page(page, session)
        floor.keep(page.key, statements, body)
        opened.append((page, session, statements))
    web = Web("web", "config.wsgi:application")
    with Web("floor", "tests.bench.floor:application", path="/") as bare:
        seen = [
            Seen(
                page,
                session,
                statements,
                *time_page(web, bare, page, session, times=times),
            )
            for page, session, statements in opened
        ]
    return seen, web


def page_rows(seen: list[Seen]) -> list[Row]:
    return [_page_row(one) for one in seen]


def _page_row(one):
    page, asked, goals, met = one.page, len(one.statements), [], []
    if page.queries:
        goals.append(f"≤ {page.queries} queries")
        met.append(asked <= page.queries)
    if page.floor:
        goals.append(f"≤ {page.floor:g} × floor")
        met.append(one.ratio <= page.floor)
    if page.p50:
        goals.append(f"≤ {page.p50:g} ms")
        met.append(one.times.p50 <= page.p50)
    bare = f"floor {one.floor.p50:.1f} ms: {one.ratio:.1f} ×"
    measured = f"{asked} queries, {one.times}; {bare}"
    return Row(page.name, ", ".join(goals), measured, verdict(*met))


def growth_rows(small: list[Seen], large: list[Seen]) -> list[Row]:
    """Compare both sizes page by page."""
    rows = []
    for before, after in zip(small, large, strict=True):
        ratio = after.times.p50 / before.times.p50
        asked = len(before.statements), len(after.statements)
        scans = sequential_scans(after.statements)
        queries = "same queries" if asked[0] == asked[1] else f"queries {asked[0]} → {asked[1]}"
        read = f"reads all of {', '.join(scans)}" if scans else "no sequential scan"
        met = ratio <= GROWTH, asked[0] == asked[1], not scans
        measured = f"{ratio:.2f} ×, {queries}, {read}"
        rows.append(
            Row(f"growth: {before.page.name}", "≤ 1.5 ×, same, none", measured, verdict(*met))
        )
    return rows


def sql_rows(large: list[Seen]) -> list[Row]:
    """Time the statements that have a goal of their own."""
    by_name = {one.page.name: one for one in large}
    institution = by_name["institution with its timeline"].statements
    timeline = [text for text in institution if b" UNION ALL " in text and b"AS rows" in text]
    assert len(timeline) == 2, len(timeline)
    rows_and_count = [sql_time([text]) for text in timeline]
    dashboard = sql_time(by_name["dashboard of a force"].statements)
    return [
        Row(
            "timeline of an institution, SQL",
            "≤ 1 ms",
            "rows {:.2f} ms, their count {:.2f} ms".format(*rows_and_count),
            verdict(sum(rows_and_count) <= SQL_OF_TIMELINE),
        ),
        Row(
            "dashboard of a force, SQL",
            "≤ 10 ms",
            f"{dashboard:.1f} ms",
            verdict(dashboard <= SQL_OF_DASHBOARD),
        ),
    ]
