"""A shared text with everything said about it, as the pages and the export show it."""

from dataclasses import dataclass

from contacts.models import Contact
from contacts.presenters import shown_name

from .models import Partnership, SharedText, Side
from .text_story import Said, Story, stories_of, story_of


@dataclass(frozen=True)
class Part:
    code: str
    label: str
    words: str


@dataclass(frozen=True)
class Turn:
    """One wording, correction or disagreement with the person behind it; words by part."""

    said: Said
    by: str
    side: str
    parts: tuple[Part, ...]
    answered_by: str = ""


@dataclass(frozen=True)
class TextRecord:
    text: SharedText
    parts: tuple[Part, ...]
    versions: tuple[Turn, ...]
    corrections: tuple[Turn, ...]
    disagreements: tuple[Turn, ...]

    @property
    def is_withdrawn(self):
        return self.text.is_withdrawn


def text_record_of(
    text: SharedText, *, partnership: Partnership, labels: dict[str, str]
) -> TextRecord:
    """Load what was said; ``labels`` names the parts in their order. Two queries.

    ``partnership`` must have both institutions loaded.
    """
    story = story_of(text)
    people = Contact.objects.for_list().in_bulk(story.people_ids)
    return _record(text, story, people, partnership, labels)


def text_records_of(
    texts: list[SharedText], *, partnership: Partnership, labels: dict[str, str]
) -> dict[int, TextRecord]:
    """Load what was said to several texts of one partnership, by the text's id. Two queries."""
    stories = stories_of(texts)
    told = set().union(*(story.people_ids for story in stories.values()))
    people = Contact.objects.for_list().in_bulk(told)
    return {text.pk: _record(text, stories[text.pk], people, partnership, labels) for text in texts}


def _record(text, story: Story, people, partnership, labels):
    sides = {
        Side.POLICE: partnership.police_unit.name,
        Side.INSTITUTION: partnership.institution.name,
    }

    def parts_of(said):
        words = said.parts if said else {}
        return tuple(Part(code, labels[code], words[code]) for code in labels if words.get(code))

    def turn(said):
        return Turn(
            said=said,
            by=shown_name(people.get(said.by_id), unit=True),
            side=sides[said.side],
            parts=parts_of(said),
            answered_by=shown_name(people.get(said.answered_by_id), unit=True)
            if said.answered_by_id
            else "",
        )

    return TextRecord(
        text=text,
        parts=parts_of(story.current),
        versions=tuple(map(turn, story.versions)),
        corrections=tuple(map(turn, story.corrections)),
        disagreements=tuple(map(turn, story.disagreements)),
    )
