"""All that the record holds about one person, as plain data: for a page to read and for JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .people import Person, Reach, pattern_of
from .periods import PERIODS, length_of, months_of
from .tables import TABLES

YOU = "you"
NOT_YOURS = "(the words of somebody else)"


@dataclass(frozen=True)
class Others:
    """How others are called: ``role_of`` tells a contact's role by its id.

    ``names`` maps the full names of others to their roles, for the words in which they stand.
    """

    role_of: Callable[[int], str]
    names: Mapping[str, str]


def export(person: Person, others: Others) -> list[dict]:
    """Return one section for each table with rows about the person, or whose words name them."""
    hidden = Hidden(others, person)
    sections = []
    for label, table in TABLES.items():
        reach = Reach(label, table, person)
        rows = [_row(reach, row, hidden) for row in _rows(reach)]
        if rows:
            months = months_of(table.keep)
            sections.append(
                {
                    "table": label,
                    "title": str(reach.model._meta.verbose_name_plural),
                    "purpose": table.purpose,
                    "basis": f"{table.basis}, to be confirmed",
                    "kept": f"{PERIODS[table.keep].label}: {length_of(months)}" if months else "",
                    "rows": rows,
                }
            )
    return sections


class Hidden:
    """Puts roles where others stand."""

    def __init__(self, others: Others, person: Person):
        self.role_of, self.person = others.role_of, person
        self.roles = {_plain(name): role for name, role in others.names.items()}
        self.pattern = pattern_of(others.names)

    def text(self, words: str) -> str:
        if self.pattern is None:
            return words
        return self.pattern.sub(lambda found: f"({self.roles[_plain(found[0])]})", words)

    def deep(self, value):
        if isinstance(value, dict):
            return {key: self.deep(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.deep(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def one(self, kind: str, key: int | None):
        if key is None:
            return None
        own = self.person.contact if kind == "Contact" else self.person.user
        if key == own:
            return YOU
        return self.role_of(key) if kind == "Contact" else "another account"


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rows(reach: Reach):
    found = reach.about()
    for column in reach.table.words:
        found |= reach.naming(column)
    return reach.rows.filter(found).annotate(**_marks(reach))


def _marks(reach: Reach) -> dict:
    """Say of each row, in the same query, what of it may be shown."""
    marks = {"is_owned": reach.owned()}
    for column in reach.table.words:
        marks[f"shows_{column}"] = reach.written(column) | reach.naming(column)
    return marks


def _row(reach: Reach, row, hidden: Hidden) -> dict:
    shown = {}
    for column, kind in reach.table.columns.items():
        field = reach.model._meta.get_field(column)
        name = str(field.verbose_name)
        if kind == "people":
            target = field.related_model or reach.model
            shown[name] = hidden.one(target.__name__, getattr(row, field.attname))
        elif kind == "details":
            shown[name] = getattr(row, column) if row.is_owned else NOT_YOURS
        elif kind == "words":
            value = getattr(row, column)
            is_shown = getattr(row, f"shows_{column}")
            shown[name] = hidden.deep(value) if is_shown or not value else NOT_YOURS
        elif kind == "facts":
            shown[name] = _fact(row, field)
    return shown


def _fact(row, field):
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return getattr(row, field.attname)
