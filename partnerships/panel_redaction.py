"""A concern as its panel reads it: each name on the record replaced by what it stands for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from config.privacy.people import pattern_of
from contacts.models import Contact

from .concern_words import Told
from .models import Concern, ConcernStep, Side


@dataclass(frozen=True)
class RedactedStep:
    """``said`` holds label and words; ``who`` names a side or the panel, never a person."""

    move: str
    who: str
    at: datetime
    level: str
    said: tuple[tuple[str, str], ...]
    is_withdrawn: bool = False


def redacted(concern: Concern, told: list[Told]) -> list[RedactedStep]:
    """Return the steps without names, in their order. Issues a query."""
    hide = _hider(concern)
    return [_step(one, hide) for one in told]


def _step(told, hide):
    step, record = told.step, told.record
    said = [(_("What was said"), step.words)] if step.words else []
    is_withdrawn = bool(record and record.is_withdrawn)
    if record and not is_withdrawn:
        said += [(part.label, part.words) for part in record.parts]
        said += [(_("They disagree"), each.said.statement) for each in record.disagreements]
    return RedactedStep(
        move=step.get_move_display(),
        who=_who(step),
        at=step.at,
        level=step.get_level_display() if step.level else "",
        said=tuple((label, hide(words)) for label, words in said),
        is_withdrawn=is_withdrawn,
    )


def _who(step):
    if step.move == ConcernStep.Move.PANEL_VIEW:  # kept on the side of police, and not theirs
        return _("The scrutiny panel")
    sides = {Side.POLICE: _("Police"), Side.INSTITUTION: _("The side that raised it")}
    return sides.get(step.side, _("The portal itself"))


def _hider(concern):
    """Build what takes the names out: people of both sides, the institution, the unit."""
    place, unit = concern.institution, concern.partnership.police_unit
    people = Contact.objects.named_at([place.pk, unit.pk])
    people += [step.by.name for step in concern.steps.all() if step.by]
    places = [name for name in (place.name, place.local_name) if name]
    replacing = (
        (pattern_of({name for name in people if name}), _("[a person]")),
        (pattern_of(places), _("[the institution]")),
        (pattern_of([unit.name]), _("[the police unit]")),
    )

    def hide(words):
        for pattern, instead in replacing:
            words = pattern.sub(instead, words) if pattern else words
        return words

    return hide
