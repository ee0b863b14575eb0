"""What other members of one's umbrella body closed with words that are meant for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from contacts.models import Institution, User

from .concern_wordings import LABELS, PARTS_OF
from .models import Concern, ConcernStep, DisagreementStatement, SharedTextVersion

CLOSING = PARTS_OF[ConcernStep.Move.CLOSING_PROPOSED]


@dataclass(frozen=True)
class Part:
    label: str
    words: str


@dataclass(frozen=True)
class SharedAnswer:
    """``raised_by`` is empty where the reader may not know who it was."""

    concern: Concern
    raised_by: str
    parts: tuple[Part, ...]
    disagreements: tuple[DisagreementStatement, ...]

    @property
    def answered_by_rank(self):
        return self.concern.level_name if self.concern.challenges else ""


def answers_of(concerns: Sequence[Concern], user: User, *, on: date) -> list[SharedAnswer]:
    """Put the closing words beside each concern. Three queries, whatever their number."""
    ids = [concern.pk for concern in concerns]
    versions = SharedTextVersion.objects.filter(
        text__concern_step__concern__in=ids, number=F("text__current_version")
    ).values_list("text__concern_step__concern", "text", "parts")
    said = {number: (text, parts) for number, text, parts in versions}
    against = DisagreementStatement.objects.filter(text__in=[text for text, _ in said.values()])
    names = _names([c.institution_id for c in concerns], user, on=on)
    found = list(against.order_by("made_at", "pk"))
    return [
        SharedAnswer(
            concern,
            "" if concern.for_unnamed_member else names.get(concern.institution_id, ""),
            tuple(_parts(said.get(concern.pk, (None, {}))[1])),
            tuple(d for d in found if d.text_id == said.get(concern.pk, (None,))[0]),
        )
        for concern in concerns
    ]


def _parts(words):
    return [Part(LABELS[code], words[code]) for code in CLOSING if words.get(code)]


def _names(ids, user, *, on):
    """Name umbrella bodies, and mosques that let the others read that they are there."""
    listed = Institution.objects.listed_to(user, on=on).values("pk")
    known = Q(kind=Institution.Kind.UMBRELLA_BODY) | Q(pk__in=listed)
    return dict(Institution.objects.filter(known, pk__in=ids).values_list("pk", "name"))
