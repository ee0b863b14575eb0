"""All that the record holds about one person, as plain data: for a page to read and for JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from config.web.sealed import Sealed

from .catalogue import model_of
from .people import Person, Reach, pattern_of
from .periods import PERIODS, length_of, months_of
from .tables import TABLES

YOU = "you"
APPS = ("contacts", "partnerships", "events", "account", "usersessions", "outbox", "audit")
# Keys of these are told by name: they are no people.
NAMED = {
    "contacts.Institution",
    "contacts.Language",
    "contacts.PolicingArea",
    "contacts.Rank",
    "contacts.RoleType",
}
NOT_YOURS = "(the words of somebody else)"
# What the other side says against somebody's words goes with them; its own words are not theirs.
SHARED, VERSIONS = "partnerships.SharedText", "partnerships.SharedTextVersion"
DISPUTES = "partnerships.DisagreementStatement"
DISPUTED = "One side disagrees with these words; its statement stands beside them."


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
    for label, table in sorted(TABLES.items(), key=_nearest_first):
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


def _nearest_first(entry):
    """Put the person's own details first, and what the machine notes last."""
    return APPS.index(entry[0].split(".")[0]) if entry[0].split(".")[0] in APPS else len(APPS)


class Hidden:
    """Puts roles where others stand, and names of institutions and lists where their keys do."""

    def __init__(self, others: Others, person: Person):
        self.role_of, self.person = others.role_of, person
        self.roles = {_plain(name): role for name, role in others.names.items()}
        self.pattern, self.lists = pattern_of(others.names), {}

    def named(self, label: str) -> dict:
        """Return the names of a list's rows by their keys; asked for once."""
        if label not in self.lists:
            rows = model_of(label)._base_manager.all()
            self.lists[label] = {row.pk: str(row) for row in rows}
        return self.lists[label]

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
    found = reach.about() | reach.owned()
    for column in reach.table.words:
        found |= reach.naming(column)
    return reach.rows.filter(found).annotate(**_marks(reach))


def _marks(reach: Reach) -> dict:
    """Say of each row, in the same query, what of it may be shown."""
    marks = {"is_owned": reach.owned()}
    for column in reach.table.words:
        marks[f"shows_{column}"] = reach.written(column) | reach.naming(column)
    disputes = model_of(DISPUTES)._base_manager
    for link in _texts_of(reach.model):
        marks[f"disputed_{link.name}"] = Exists(disputes.filter(text=OuterRef(link.attname)))
    return marks


def _texts_of(model):
    """Return the keys to the shared texts whose words a table holds, not what is said of them."""
    fields = [field for field in model._meta.concrete_fields if field.remote_field]
    links = [field for field in fields if field.related_model._meta.label == SHARED]
    return [link for link in links if link.one_to_one or model._meta.label == VERSIONS]


def _row(reach: Reach, row, hidden: Hidden) -> dict:
    shown = {}
    for column, kind in reach.table.columns.items():
        field = reach.model._meta.get_field(column)
        name = str(field.verbose_name)
        if kind == "people":
            target = field.related_model or reach.model
            shown[name] = hidden.one(target.__name__, getattr(row, field.attname))
        elif kind == "details":
            value = _detail(getattr(row, column))
            value = hidden.deep(value) if column in reach.table.named.split() else value
            shown[name] = value if row.is_owned else NOT_YOURS
        elif kind == "words":
            value = getattr(row, column)
            is_shown = getattr(row, f"shows_{column}")
            if is_shown and isinstance(field, Sealed):
                value = _lines_naming(reach.person, value)
            shown[name] = hidden.deep(value) if is_shown or not value else NOT_YOURS
        elif kind == "facts":
            shown[name] = _fact(row, field, hidden)
    if any(getattr(row, f"disputed_{link.name}") for link in _texts_of(reach.model)):
        shown["standing"] = DISPUTED
    return shown


def _lines_naming(person: Person, words: str) -> str:
    """Return the lines about the person; who keeps the records need not read of the alarm."""
    names = pattern_of(person.names)
    return "\n".join(line for line in words.splitlines() if names.search(line)) or words


def _detail(value):
    """Return a detail as it is; of a picture, that it is there, for it cannot be read."""
    is_file = isinstance(value, bytes | memoryview)
    return f"(a picture of {len(value)} bytes: ask for a copy)" if is_file else value


def _fact(row, field, hidden):
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.remote_field and field.related_model._meta.label in NAMED:
        return hidden.named(field.related_model._meta.label).get(getattr(row, field.attname))
    return getattr(row, field.attname)
