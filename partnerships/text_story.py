"""All that was said about shared texts, in one query: versions, corrections, disagreements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, DateTimeField, F, Value
from django.db.models.functions import JSONObject

from .models import Correction, DisagreementStatement, SharedText, SharedTextVersion

VERSION, CORRECTION, DISAGREEMENT = "version", "correction", "disagreement"


class Said(NamedTuple):
    """One row; ``by_id`` and ``answered_by_id`` are contacts, ``parts`` words by their code."""

    what: str
    text_id: int
    pk: int
    number: int
    parts: dict[str, str]
    at: datetime
    by_id: int
    side: str
    state: str
    reason: str
    answered_at: datetime | None
    answered_by_id: int | None

    @property
    def state_label(self):
        return Correction.State(self.state).label

    @property
    def statement(self):
        return self.parts["statement"]


@dataclass(frozen=True)
class Story:
    """What was said, each kind oldest first."""

    versions: tuple[Said, ...] = ()
    corrections: tuple[Said, ...] = ()
    disagreements: tuple[Said, ...] = ()

    @property
    def current(self) -> Said | None:
        return self.versions[-1] if self.versions else None

    @property
    def unsettled(self) -> Said | None:
        """The correction that is open, or declined and not let go by those who asked."""
        waiting = [said for said in self.corrections if said.state in ("open", "declined")]
        return waiting[-1] if waiting else None

    @property
    def people_ids(self) -> set[int]:
        said = [*self.versions, *self.corrections, *self.disagreements]
        return {one.by_id for one in said} | {one.answered_by_id for one in said} - {None}


def story_of(text: SharedText) -> Story:
    """Load the story of one text. One query."""
    return stories_of([text.pk])[text.pk]


def stories_of(text_ids: Iterable[int]) -> dict[int, Story]:
    """Load the stories of several texts, by their ids. One query."""
    found, ids = defaultdict(list), list(text_ids)
    for said in sorted(_rows(ids), key=lambda one: (one.number, one.pk)):
        found[said.text_id].append(said)
    kinds = (VERSION, CORRECTION, DISAGREEMENT)
    return {
        pk: Story(*(tuple(one for one in found[pk] if one.what == kind) for kind in kinds))
        for pk in ids
    }


def _rows(ids):
    unanswered = (Value(None, DateTimeField()), Value(None, BigIntegerField()))
    versions = SharedTextVersion.objects.filter(text__in=ids).values_list(
        Value(VERSION),
        F("text"),
        F("pk"),
        F("number"),
        F("parts"),
        F("written_at"),
        F("written_by"),
        F("side"),
        Value(""),
        Value(""),
        *unanswered,
    )
    corrections = Correction.objects.filter(text__in=ids).values_list(
        Value(CORRECTION),
        F("text"),
        F("pk"),
        F("version_number"),
        F("proposed"),
        F("opened_at"),
        F("opened_by"),
        F("side"),
        F("state"),
        F("reason"),
        F("answered_at"),
        F("answered_by"),
    )
    disagreements = DisagreementStatement.objects.filter(text__in=ids).values_list(
        Value(DISAGREEMENT),
        F("text"),
        F("pk"),
        Value(0),
        JSONObject(statement=F("statement")),
        F("made_at"),
        F("made_by"),
        F("side"),
        Value(""),
        Value(""),
        *unanswered,
    )
    return [Said(*row) for row in versions.union(corrections, disagreements, all=True)]
