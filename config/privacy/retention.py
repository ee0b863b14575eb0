"""Ending what has been kept long enough. Holds win over every period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import DateTimeField, Q, QuerySet, Value

from config.london import LONDON

from .cases import Cases, rows_of
from .catalogue import model_of
from .erasure import EXPIRED, blank, remains, replaced
from .periods import PERIODS
from .tables import TABLES

BY_ITSELF = [code for code, period in PERIODS.items() if period.act and not period.two]
BATCH = 500  # rows at a time


@dataclass(frozen=True)
class Held:
    """What legal holds keep: institutions whole, single people, and single cases."""

    institutions: frozenset[int] = field(default_factory=frozenset)
    people: frozenset[int] = field(default_factory=frozenset)
    cases: Cases = field(default_factory=dict)

    def covers(self, label: str) -> Q:
        """Select the rows of a table that no period may end."""
        names = {column.name for column in model_of(label)._meta.fields}
        found = rows_of(label, self.cases)
        if "institution" in names:
            found |= Q(institution_id__in=self.institutions)
        for lead in TABLES[label].leads:
            if lead != "user" and not lead.endswith("__user") and lead != "id":
                found |= Q(**{f"{lead}__in": self.people})
        return found


def due(
    code: str, *, before: date, held: Held, force: int | None = None
) -> Iterator[tuple[str, QuerySet]]:
    """Yield each table of a period with its rows that are due: kept since before that day.

    Without ``force`` those of every force.
    """
    for label, table in TABLES.items():
        if table.keep == code and table.since:
            rows = model_of(label)._base_manager.filter(_since(label, before))
            if table.unless:
                rows = rows.exclude(**table.unless)
            if PERIODS[code].act == "redact":
                rows = rows.filter(remains(label))
            if force is not None:
                rows = rows.filter(force_id=force)
            yield label, rows.exclude(held.covers(label)).order_by("pk")


def _since(label: str, before: date) -> Q:
    """Select what is kept since before a London day, by a date or a moment."""
    model, lookup = model_of(label), TABLES[label].since
    for step in lookup.split("__"):
        found = model._meta.get_field(step)
        model = found.related_model
    if isinstance(found, DateTimeField):
        return Q(**{f"{lookup}__lt": datetime.combine(before, time(), LONDON)})
    return Q(**{f"{lookup}__lt": before})


def count_due(code: str, **asked) -> int:
    """Count what is due in all tables of a rule. Issues one query."""
    each = [rows.order_by().values(row=Value(1)) for _label, rows in due(code, **asked)]
    return each[0].union(*each[1:], all=True).count() if each else 0


def end(code: str, **asked) -> int:
    """End what is due and return how many rows that were. The caller holds a transaction."""
    return sum(_end_rows(label, rows, PERIODS[code].act) for label, rows in due(code, **asked))


def _end_rows(label: str, rows: QuerySet, act: str) -> int:
    if act == "delete":
        return model_of(label)._base_manager.filter(pk__in=rows.values("pk")).delete()[0]
    done = 0
    for row in rows.iterator(chunk_size=BATCH):
        done += rows.model._base_manager.filter(pk=row.pk).update(**_ended(TABLES[label], row))
    return done


def _ended(table, row) -> dict:
    columns: Iterable[str] = [*table.details.split(), *table.secrets.split()]
    values = {column: blank(table, row, column) for column in columns}
    return values | {word: replaced(getattr(row, word), EXPIRED) for word in table.words}
