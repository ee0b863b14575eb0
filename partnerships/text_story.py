"""Everything said about shared texts, in one query: their versions, corrections, disagreements."""

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
    """Load the story. One query."""
    return stories_of([text])[text.pk]


def stories_of(texts: Iterable[SharedText]) -> dict[int, Story]:
    """Load the stories of several texts, by the text's id. One query."""
    numbers = [text.pk for text in texts]
    rows = _versions(numbers).union(_corrections(numbers), _disagreements(numbers), all=True)
    told = {number: [] for number in numbers}
    for number, *row in rows:
        told[number].append(Said(*row))
    return {number: _told(said) for number, said in told.items()}


def _told(said):
    said = sorted(said, key=lambda one: (one.number, one.pk))
    kinds = (VERSION, CORRECTION, DISAGREEMENT)
    return Story(*(tuple(one for one in said if one.what == kind) for kind in kinds))


def _unanswered():
    return (Value(None, DateTimeField()), Value(None, BigIntegerField()))


def _versions(numbers):
    return SharedTextVersion.objects.filter(text__in=numbers).values_list(
        F("text_id"),
        Value(VERSION),
        F("pk"),
        F("number"),
        F("parts"),
        F("written_at"),
        F("written_by"),
        F("side"),
        Value(""),
        Value(""),
        *_unanswered(),
    )


def _corrections(numbers):
    return Correction.objects.filter(text__in=numbers).values_list(
        F("text_id"),
        Value(CORRECTION),
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


def _disagreements(numbers):
    return DisagreementStatement.objects.filter(text__in=numbers).values_list(
        F("text_id"),
        Value(DISAGREEMENT),
        F("pk"),
        Value(0),
        JSONObject(statement=F("statement")),
        F("made_at"),
        F("made_by"),
        F("side"),
        Value(""),
        Value(""),
        *_unanswered(),
    )
