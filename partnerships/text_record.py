"""A shared text with everything said about it, as the pages and the export show it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Contact, User
from contacts.presenters import shown_name

from .models import Partnership, SharedText, Side
from .text_story import Said, Story, stories_of, story_of
from .wordings import Words


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
    """``text`` is None where nothing was said about the words of a row."""

    text: SharedText | None
    parts: tuple[Part, ...]
    versions: tuple[Turn, ...]
    corrections: tuple[Turn, ...]
    disagreements: tuple[Turn, ...]

    withdrawn_by: str = ""
    url: str = ""  # of the page about the words of a row, for whoever may say something there
    invites: str = ""

    @property
    def is_withdrawn(self):
        return self.text is not None and self.text.is_withdrawn

    @property
    def unsettled(self) -> Turn | None:
        """The correction that waits, or was declined and not let go."""
        waiting = [one for one in self.corrections if one.said.state in ("open", "declined")]
        return waiting[-1] if waiting else None


def text_record_of(
    text: SharedText, *, partnership: Partnership, labels: dict[str, str]
) -> TextRecord:
    """Load what was said; ``labels`` names the parts in their order. Two queries.

    ``partnership`` must have both institutions loaded.
    """
    story = story_of(text)
    people = Contact.objects.for_list().in_bulk(_people_of(text, story))
    return _record(text, story, people, partnership, labels)


def show_words(given: Iterable[Words], user: User) -> None:
    """Put beside each row what its words are and what was said about them (``kind.shown_as``).

    Two queries where something was said about any of them, else none.
    """
    given = [words for words in given if words.exist]
    texts = {words.text.pk: words.text for words in given if words.text}
    stories = stories_of(texts) if texts else {}
    named = {pk for text in texts.values() for pk in _people_of(text, stories[text.pk])}
    people = Contact.objects.for_list().in_bulk(named) if named else {}
    for words in given:
        story = stories[words.text.pk] if words.text else Story()
        told = _told(words, story, people)
        if invites := _invites(user, words, told):
            told = replace(told, url=url_of(words), invites=invites)
        setattr(words.row, words.kind.shown_as, told)


def words_record_of(words: Words, user: User) -> TextRecord:
    """Return what stands beside one row. Two queries where something was said about it."""
    show_words([words], user)
    return getattr(words.row, words.kind.shown_as)


def url_of(words: Words) -> str:
    return reverse("partnerships:text-detail", args=[words.kind.code, words.row.ref])


def _invites(user, words, told):
    """Return what the link to the page about the words says to ``user``, if it leads anywhere."""
    if told.is_withdrawn:
        return ""
    if user.has_perm("partnerships.answer_words", words):
        return _("Correct this, or disagree")
    if user.has_perm("partnerships.keep_words", words):
        waits = told.unsettled is not None and told.unsettled.said.state == "open"
        return _("Answer this correction") if waits else _("Change or remove these words")
    return ""


def _told(words, story, people):
    labels = {code: str(label) for code, label in words.columns.items()}
    record = _record(words.text, story, people, words.partnership, labels)
    if words.kind.is_text or (words.text and words.text.is_withdrawn):
        return record
    parts = tuple(Part(code, labels[code], said) for code, said in words.parts.items())
    return replace(record, parts=parts)


def _people_of(text, story):
    return {*story.people_ids, text.withdrawn_by_id} - {None}


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
        withdrawn_by=shown_name(people.get(text.withdrawn_by_id), unit=True)
        if text is not None and text.withdrawn_by_id
        else "",
    )
