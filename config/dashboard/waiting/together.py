"""Sections of several tables, asked in one query: what a line says of each row, and no more."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    QuerySet,
    UUIDField,
    Value,
    Window,
)
from django.db.models.functions import Cast

from contacts.models import Institution

from .sections import SHOWN, Section


class Found(NamedTuple):
    """A row of any of the tables; what its table does not say is empty."""

    code: str
    total: int
    ref: object
    parent: object
    name: str
    function: str
    kind: str
    state: str
    title: str
    day: object
    at: object

    @property
    def institution(self) -> Institution:
        """Return its institution as far as a line names it; not saved, and no query."""
        return Institution(name=self.name, unit_function=self.function)


class Part(NamedTuple):
    """One section: its rows, their order, and what stands where in a :class:`Found`.

    ``build`` makes of that what the row's template takes. ``says`` maps a place to a field.
    """

    code: str
    rows: QuerySet
    build: Callable[[Found], Model]
    says: Mapping[str, object]
    order_by: tuple


TYPES = {
    **dict.fromkeys(("ref", "parent"), UUIDField()),
    **dict.fromkeys(("name", "function", "kind", "state", "title"), CharField()),
    "day": DateField(),
    "at": DateTimeField(),
}
EMPTY = {
    place: Cast(Value("" if isinstance(kind, CharField) else None), kind)
    for place, kind in TYPES.items()
}


def together(parts: list[Part]) -> dict[str, Section]:
    """Return the section of each part, the first few rows and how many there are. One query."""
    if not parts:
        return {}
    first, *rest = [_asked(part) for part in parts]
    found: dict[str, list[Found]] = {part.code: [] for part in parts}
    for row in first.union(*rest, all=True):
        found[row[0]].append(Found(*row))
    return {part.code: _section(part, found[part.code]) for part in parts}


def _asked(part):
    says = {"ref": "ref", "name": "institution__name"} | dict(part.says)
    places = {
        f"its_{place}": Cast(F(says[place]) if isinstance(says[place], str) else says[place], kind)
        if place in says
        else EMPTY[place]
        for place, kind in TYPES.items()
    }
    rows = part.rows.annotate(
        its_code=Value(part.code, CharField()),
        its_total=Cast(Window(Count("pk")), IntegerField()),
        **places,
    ).order_by(*part.order_by, "pk")
    return rows.values_list("its_code", "its_total", *places)[:SHOWN]


def _section(part, found):
    if not found:
        return Section(part.code)
    return Section(part.code, tuple(part.build(row) for row in found), found[0].total)
