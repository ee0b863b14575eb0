"""The data map and the retention table of docs/privacy.md, written from the catalogue."""

from collections.abc import Iterator
from pathlib import Path

from .catalogue import Subject, Table
from .periods import PERIODS, length_of
from .tables import TABLES

BEGINS, ENDS = "<!-- made by `manage.py privacy_map` -->", "<!-- until here -->"
FILE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"


def written(text: str) -> str:
    """Return the page with the part between the marks made anew."""
    before, _mark, rest = text.partition(BEGINS)
    _old, _mark, after = rest.partition(ENDS)
    return "\n".join([before + BEGINS, "", *lines(), "", ENDS + after])


def lines() -> Iterator[str]:
    yield "### Retention"
    yield ""
    yield "| what | kept for | then |"
    yield "|---|---|---|"
    for code, period in PERIODS.items():
        kept = length_of(period.months) if period.months else "–"
        yield f"| {period.label} (`{code}`) | {kept} | {_end(period)} |"
    yield ""
    yield "### Data map"
    yield ""
    yield "| table | for | about | basis, to be confirmed | details | typed words | kept as |"
    yield "|---|---|---|---|---|---|---|"
    for label, table in sorted(TABLES.items()):
        if not _about_nobody(table):
            yield _row(label, table)
    yield ""
    nobody = ", ".join(
        f"`{label}`" for label, table in sorted(TABLES.items()) if _about_nobody(table)
    )
    yield f"About nobody: {nobody}."


def _about_nobody(table: Table) -> bool:
    return table.subject is Subject.NOBODY and not table.words


def _row(label: str, table: Table) -> str:
    cells = (
        f"`{label}`",
        table.purpose,
        table.subject,
        table.basis,
        _codes([*table.details.split(), *table.secrets.split()]),
        _codes(table.words),
        f"`{table.keep}`",
    )
    return f"| {' | '.join(cells)} |"


def _codes(names) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _end(period) -> str:
    if not period.act:
        return period.note
    end = {
        "redact": "words are replaced, details emptied; the row stays as a number",
        "delete": "the row is deleted",
    }[period.act]
    return f"{end}; {'two records officers' if period.two else 'each night'}"
