"""All that the page of one visit shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Value
from django.utils.translation import gettext as _

from config.audit.models import Entry
from config.web.typed import apart
from contacts.models import Contact, Purpose, RoleType, Topic, User
from contacts.presenters import shown_name
from partnerships.circle import people_of_side, who_may_own
from partnerships.models import Commitment, Side
from partnerships.ringing import ToRing, load_whom_to_ring
from partnerships.text_record import Part, Turn
from partnerships.text_story import Story, story_of

from .models import Engagement, EngagementFeedback, SharedNote
from .presenters import BEFORE_JOINING, OF_DRAFTS, VISITS
from .rules.visits import side_in

COLOURS = {
    SharedNote.State.SHARED: "blue",
    SharedNote.State.CORRECTION_OPEN: "orange",
    SharedNote.State.CONFIRMED: "green",
    SharedNote.State.CONFIRMED_BY_PHONE: "teal",
    SharedNote.State.DISAGREED: "orange",
    SharedNote.State.UNCONFIRMED: "grey",
}
PARTS = ("told_us", "we_said")


@dataclass(frozen=True)
class NoteRecord:
    """The note as this reader may see it."""

    note: SharedNote
    drafter: str
    parts: tuple[Part, ...]
    versions: tuple[Turn, ...]
    corrections: tuple[Turn, ...]
    disagreements: tuple[Turn, ...]
    unsettled: Turn | None
    answered_by: str
    recorded_by: str
    withdrawn_by: str


@dataclass(frozen=True)
class Feedback:
    """What a side said afterwards."""

    by: str
    as_agreed: str
    words: str


@dataclass(frozen=True)
class VisitRecord:
    visit: Engagement
    side: str | None
    note: NoteRecord | None
    officers: tuple[tuple[Contact, bool], ...]
    logged_by: str
    cancelled_by: str
    purposes: tuple[str, ...]
    topics: tuple[str, ...]
    roles_met: tuple[str, ...]
    photographs_agreed_by: str
    joined_by: tuple[str, ...]
    promises: tuple[Commitment, ...]
    feedback: tuple[Feedback, ...]
    history: tuple[dict, ...]

    @property
    def shows_topics(self):
        """What was talked about is part of the note; what is planned is declared beforehand."""
        return self.note is not None or self.visit.state == Engagement.State.PLANNED

    @property
    def is_note_hidden(self):
        """Whether there is a note that this reader may not see yet."""
        return self.note is None and getattr(self.visit, "note", None) is not None


def note_state(visit: Engagement) -> tuple[str, str]:
    """Return label and colour of where the note stands, the same for both sides."""
    note = getattr(visit, "note", None)
    if visit.state != Engagement.State.HELD and not (note and note.has_left):
        return "", ""
    if visit.partnership.joined_on is None:
        return _noted_before_joining(note)
    if note is None or not note.has_left:
        return _("Note not shared yet"), "yellow"
    if note.text.is_withdrawn:
        return _("Note removed"), "grey"
    return note.get_state_display(), COLOURS[note.state]


def _noted_before_joining(note):
    """Say what there is of a visit to somebody who has not joined: no words, nothing shared."""
    if note is None or not note.has_left:
        return _("Promises not noted yet"), "yellow"
    return _("Promises noted"), "grey"


def part_labels(institution) -> dict[str, str]:
    """Return what the parts of a note are called for whoever reads it, on either side."""
    return {
        "told_us": _("What %(name)s told police it wanted") % {"name": apart(institution.name)},
        "we_said": _("What police said they would do"),
    }


def who_reads(visit: Engagement, side: str, *, on: date) -> list[str]:
    """Return who of the other side can read what ``side`` shares, by what they are called here.

    Nobody where the mosque has not joined. One query.
    """
    partnership = visit.partnership
    if side == Side.INSTITUTION:
        people = people_of_side(partnership, Side.POLICE, on=on)
        officers = Contact.objects.for_list().filter(pk__in=[person.pk for person in people])
        return [shown_name(officer, unit=True) for officer in officers.order_by("name", "pk")]
    if partnership.joined_on is None:
        return []
    people = who_may_own(partnership, Side.INSTITUTION, on=on)
    return [shown_name(person) for person in people if person.user_id]


def to_ring(visit: Engagement, side: str) -> ToRing:
    """Return whom ``side`` rings for what is better not written down. One query."""
    return load_whom_to_ring(visit.partnership, side=side)


def preview_of(visit: Engagement, given: dict) -> dict:
    """Return what is about to be shared, in the words that the other side will see."""
    labels = part_labels(visit.institution)
    topics, facts = _labels(), given["facts"]
    return {
        "parts": [Part(c, labels[c], given["parts"][c]) for c in PARTS if given["parts"].get(c)],
        "topics": [topics.get(("topic", code), code) for code in facts.get("topics", ())],
        "promises": given["promises"],
        "nothing_promised": given["nothing_promised"],
    }


def visit_record(visit: Engagement, user: User) -> VisitRecord:
    """Gather the page of a visit of ``for_record()``. Four queries, and one more for a note."""
    side = side_in(user, visit)
    note = _readable_note(visit, side)
    story = story_of(note.text) if note else Story()
    entries = _entries(visit, note)
    people = _people(visit, note, story, entries)
    labels = _labels()
    came = [(people.by_id.get(a.officer_id), a.in_uniform) for a in visit.attendances.all()]
    return VisitRecord(
        visit=visit,
        side=side,
        note=_note_record(visit, note, story, people) if note else None,
        officers=tuple(sorted((c for c in came if c[0]), key=lambda c: (c[0].name, c[0].pk))),
        logged_by=people.name(visit.logged_by_id),
        cancelled_by=people.name(visit.cancelled_by_id),
        purposes=tuple(labels.get(("purpose", code), code) for code in visit.purposes),
        topics=tuple(labels.get(("topic", code), code) for code in visit.topics),
        roles_met=tuple(labels.get(("role", code), code) for code in visit.roles_met),
        photographs_agreed_by=labels.get(("role", visit.photography_agreed_by), ""),
        joined_by=tuple(visit.joined_by),
        promises=tuple(_promises(visit)),
        feedback=tuple(_feedback(visit)),
        history=_history(visit, entries, people),
    )


@dataclass(frozen=True)
class _People:
    by_id: dict[int, Contact]
    by_user: dict[int, Contact]

    def name(self, number):
        return shown_name(self.by_id[number], unit=True) if number in self.by_id else ""


def _readable_note(visit, side):
    """Return the note, unless it has not left and the reader is not of the side that wrote it."""
    note = getattr(visit, "note", None)
    if note is None or note.has_left or side == note.drafted_side:
        return note
    return None


def _entries(visit, note):
    entries = Entry.objects.about(visit).newest_first()
    hidden = set() if note else OF_DRAFTS
    return [entry for entry in entries if entry.action in VISITS and entry.action not in hidden]


def _people(visit, note, story, entries):
    """Load everybody whom the page names. One query."""
    ids = {visit.logged_by_id, visit.cancelled_by_id, *story.people_ids}
    ids |= {attendance.officer_id for attendance in visit.attendances.all()}
    if note:
        ids |= {note.drafted_by_id, note.answered_by_id, note.answer_recorded_by_id}
        ids.add(note.text.withdrawn_by_id)
    accounts = {entry.actor_id for entry in entries}
    named = Q(pk__in=ids - {None}) | Q(user_id__in=accounts - {None})
    people = list(Contact.objects.for_list().filter(named))
    return _People({p.pk: p for p in people}, {p.user_id: p for p in people})


def _labels():
    """Load what the codes of purposes, topics and roles are called. One query."""
    rows = None
    for what, model in (("purpose", Purpose), ("topic", Topic), ("role", RoleType)):
        some = model.objects.values_list(Value(what), "code", "labels")
        rows = some if rows is None else rows.union(some, all=True)
    return {(what, code): Topic(code=code, labels=labels).label for what, code, labels in rows}


def _promises(visit):
    """Load the promises in the order in which they were made. One query."""
    made = Commitment.objects.for_list().filter(engagement_commitment__engagement=visit)
    return made.order_by("engagement_commitment__pk")


def _feedback(visit):
    sides = {Side.POLICE: visit.lead_unit.name, Side.INSTITUTION: visit.institution.name}
    for said in visit.said:
        as_agreed = EngagementFeedback.AsAgreed(said["as_agreed"]).label
        yield Feedback(sides[said["side"]], as_agreed, said["next_words"])


def _note_record(visit, note, story, people):
    sides = {Side.POLICE: visit.lead_unit.name, Side.INSTITUTION: visit.institution.name}
    labels = part_labels(visit.institution)

    def parts_of(said):
        return tuple(
            Part(code, labels[code], said.parts[code]) for code in PARTS if said.parts.get(code)
        )

    def turn(said):
        return Turn(
            said=said,
            by=people.name(said.by_id),
            side=sides[said.side],
            parts=parts_of(said),
            answered_by=people.name(said.answered_by_id),
        )

    return NoteRecord(
        note=note,
        drafter=people.name(note.drafted_by_id),
        parts=parts_of(story.current) if story.current else (),
        versions=tuple(map(turn, story.versions)),
        corrections=tuple(map(turn, story.corrections)),
        disagreements=tuple(map(turn, story.disagreements)),
        unsettled=turn(story.unsettled) if story.unsettled else None,
        answered_by=people.name(note.answered_by_id),
        recorded_by=people.name(note.answer_recorded_by_id),
        withdrawn_by=people.name(note.text.withdrawn_by_id),
    )


def _history(visit, entries, people):
    sentences = VISITS if visit.partnership.joined_on else VISITS | BEFORE_JOINING
    return tuple(
        {
            "title": sentences[entry.action],
            "at": entry.at,
            "by": _who(people.by_user.get(entry.actor_id)) if entry.actor_id else "",
        }
        for entry in entries
    )


def _who(contact):
    return shown_name(contact, unit=True) if contact else _("Somebody who has left")
