"""One case of a record: a concern, a request, or a visit with its note, and what belongs to it.

Named here by the catalogue's labels alone, so that a hold may keep one case and not a whole
institution. ``LOOKUPS`` leads from each table whose rows end to the case that they are of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .catalogue import model_of
from .people import Person, Reach
from .tables import TABLES


@dataclass(frozen=True)
class Kind:
    """``own`` leads from a table to the case; ``texts`` name the tables whose words are shared."""

    label: str
    model: str
    own: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]]

    @property
    def lookups(self) -> dict[str, tuple[str, ...]]:
        """Return the ways from each table to the case, those of shared texts among them."""
        found = {table: (way,) for table, way in self.own.items()}
        shared = tuple(
            f"text__{name}" + ("" if self.own[table] == "pk" else f"__{self.own[table]}")
            for table, names in self.texts.items()
            for name in names
        )
        return found | dict.fromkeys(TEXTS, shared)


TEXTS = (
    "partnerships.SharedTextVersion",
    "partnerships.Correction",
    "partnerships.DisagreementStatement",
)
_PROMISED = "engagement_commitment__engagement"
KINDS = {
    "concern": Kind(
        _("A concern"),
        "partnerships.Concern",
        {
            "partnerships.Concern": "pk",
            "partnerships.ConcernStep": "concern",
            "partnerships.PanelComment": "concern",
            "partnerships.PanelAnswer": "comment__concern",
        },
        {"partnerships.ConcernStep": ("partnerships_concernstep", "concern_step")},
    ),
    "request": Kind(
        _("A request"),
        "events.EngagementRequest",
        {"events.EngagementRequest": "pk", "events.RequestStep": "request"},
        {
            "events.EngagementRequest": ("events_engagementrequest",),
            "events.RequestStep": ("events_requeststep",),
        },
    ),
    "visit": Kind(
        _("A visit, its note and its promises"),
        "events.Engagement",
        {
            "events.Engagement": "pk",
            "events.EngagementFeedback": "engagement",
            "events.SharedNote": "engagement",
            "partnerships.Commitment": _PROMISED,
            "partnerships.CommitmentStep": f"commitment__{_PROMISED}",
        },
        {
            "events.SharedNote": ("note",),
            "partnerships.Commitment": ("partnerships_commitment",),
            "partnerships.CommitmentStep": ("partnerships_commitmentstep",),
        },
    ),
}
Cases = Mapping[str, frozenset[int]]  # the keys of cases, by the code of their kind


class Case(NamedTuple):
    """``mark`` is what people call it by: its reference, or the day of a visit."""

    kind: str
    pk: int
    mark: str


def find(kind: str, text: str, *, institution) -> Case | None:
    """Find an institution's case by its reference, its ref, or the address of its page."""
    model = model_of(KINDS[kind].model)
    rows = model._base_manager.filter(institution=institution)
    names = {column.name for column in model._meta.fields}
    wanted = Q(ref__in=_refs_in(text))
    if "reference" in names:
        wanted |= Q(reference__iexact=text.strip())
    mark = "reference" if "reference" in names else "on"
    found = rows.filter(wanted).values_list("pk", mark).first()
    return Case(kind, found[0], str(found[1])) if found else None


def _refs_in(text: str) -> list[UUID]:
    found = []
    for part in text.strip().split("/"):
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found


def by_kind(pairs: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Gather the keys of cases by the code of their kind."""
    found: dict[str, set[int]] = {}
    for kind, pk in pairs:
        found.setdefault(kind, set()).add(pk)
    return {kind: frozenset(keys) for kind, keys in found.items()}


def rows_of(label: str, cases: Cases) -> Q:
    """Select the rows of a table that belong to any of the cases."""
    found = Q(pk__in=[])
    for kind, keys in cases.items():
        for way in KINDS[kind].lookups.get(label, ()):
            found |= Q(**{f"{way}__in": keys})
    return found


def people_in(cases: Cases) -> set[int]:
    """Return the keys of the people who took part in any of the cases. Queries, if there are."""
    found: set[int] = set()
    for label in _tables_of(cases):
        rows = model_of(label)._base_manager.filter(rows_of(label, cases)).order_by()
        for lead in TABLES[label].leads:
            if lead not in ("user", "id") and not lead.endswith("__user"):
                found.update(rows.values_list(lead, flat=True))
    return found - {None}


def name(person: Person, cases: Cases) -> bool:
    """Say whether any of the cases is about the person, by key or in words. Queries."""
    for label in _tables_of(cases):
        reach = Reach(label, TABLES[label], person)
        named = reach.about()
        for column in reach.table.words:
            named |= reach.naming(column)
        if reach.rows.filter(rows_of(label, cases)).filter(named).exists():
            return True
    return False


def _tables_of(cases: Cases) -> Iterable[str]:
    return dict.fromkeys(
        label for kind, keys in cases.items() if keys for label in KINDS[kind].lookups
    )
