import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from config.web.templatetags.ui import day
from events.actions import note_answers, notes
from events.actions.note_leaving import release_notes
from events.actions.note_states import NoteMoved
from events.models import SharedNote
from partnerships.actions.texts import NotYourMove
from partnerships.models import Correction, LeadAssignment
from tests.events.notes_kit import LEAVES, NEXT_DAY, WORDS, answer, ask, finish
from tests.events.visits_kit import AT, log, mails
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def user(person):
    return ("user", str(person.pk))


def told(note=None):
    """Return who is told of what was said to notes, by what it was."""
    found = {}
    rows = Message.objects.filter(kind="events.note_answered", state="pending")
    for row in rows.filter(about_id=note.pk) if note else rows:
        reader = (row.recipient_kind, row.recipient_id)
        found.setdefault(row.context["answer"], set()).add(reader)
    return found


def test_confirm_note_is_by_name_and_tells_the_drafter(note, world):
    answer(note_answers.confirm_note, note, world, by=world.member)

    after = SharedNote.objects.get()
    assert (after.state, after.answered_by, after.answer_channel) == (
        "confirmed",
        world.member.contact,
        "portal",
    )
    assert ("user", str(world.officer.pk)) in mails("events.note_answered")
    assert not mails("events.note_shared")


def test_confirm_note_tells_the_other_leads_who_may_still_disagree(note, world):
    answer(note_answers.confirm_note, note, world, by=world.member)

    assert told()["confirmed_by_us"] == {user(world.imam)}


def test_confirm_note_is_no_news_to_whoever_did_it_or_to_another_mosque(note, world):
    answer(note_answers.confirm_note, note, world)

    reached = set().union(*told().values())
    assert not reached & {user(world.imam), user(world.other_imam), user(world.member)}


def test_disagree_with_note_tells_both_sides_and_the_sergeants(note, world):
    with as_owner():
        LeadAssignment.objects.filter(officer=world.sergeant.contact).delete()

    answer(note_answers.disagree_with_note, note, world, by=world.member, statement="No.")

    assert told() == {
        "disagreed": {user(world.officer), user(world.sergeant), ("inbox", str(world.team.pk))},
        "disagreed_by_us": {user(world.imam)},
    }
    assert Message.objects.filter(kind="events.note_answered").count() == 4


def test_confirm_note_is_never_for_the_side_that_wrote_it(note, world):
    with pytest.raises(NoteMoved):
        answer(note_answers.confirm_note, note, world, side="police")


def test_confirm_note_cannot_come_before_the_note_left(shared, world):
    with pytest.raises(NoteMoved):
        answer(note_answers.confirm_note, shared, world)


def test_accept_note_correction_shares_the_new_words_and_restarts_the_clock(note, world):
    ask(note, world)

    answer(note_answers.accept_note_correction, note, world, side="police")

    after = SharedNote.objects.get()
    assert (after.state, after.reply_by) == ("shared", dt.date(2026, 6, 25))
    assert after.text.versions.get(number=2).parts["told_us"] == "Parking is hard each day."
    assert after.text.versions.get(number=1).parts == WORDS
    assert mails("events.note_amended")


@pytest.mark.parametrize(
    ("accepts", "subject"),
    [
        (True, "Masjid An-Noor: the correction to the note of {day} was taken over"),
        (False, "Masjid An-Noor: the note of {day} has a new wording"),
    ],
)
def test_a_new_wording_is_told_as_a_correction_only_where_it_is_one(note, world, accepts, subject):
    if accepts:
        ask(note, world)
        answer(note_answers.accept_note_correction, note, world, side="police")
    else:
        changed = {"told_us": "Parking is worse.", "we_said": ""}
        answer(notes.amend_note, note, world, side="police", parts=changed)

    row = Message.objects.filter(kind="events.note_amended", state="pending").first()
    kind = kinds.get(row.kind)

    letter = compose(row, kind, kind.recipient(row))
    assert letter.subject == subject.format(day=day(note.engagement.on))


def test_decline_note_correction_leaves_the_last_word_to_those_who_asked(note, world):
    ask(note, world)
    decline = note_answers.decline_note_correction
    answer(decline, note, world, side="police", reason="It is what was said.")

    with pytest.raises(NoteMoved):
        answer(note_answers.close_note_correction, note, world, side="police")
    answer(note_answers.close_note_correction, note, world)

    assert SharedNote.objects.get().state == "shared"
    assert Correction.objects.get().state == "closed"


def test_disagree_with_note_is_one_step_from_an_open_correction(note, world):
    ask(note, world)

    answer(note_answers.disagree_with_note, note, world, statement="That was not said.")

    assert SharedNote.objects.get().state == "disagreed"
    assert note.text.disagreements.get().statement == "That was not said."


def test_disagree_with_note_is_open_for_14_days_after_somebody_confirmed(note, world):
    answer(note_answers.confirm_note, note, world)
    say = {"by": world.member, "statement": "I was there, too."}

    late, in_time = (NEXT_DAY + dt.timedelta(days=days) for days in (15, 14))

    with pytest.raises(NoteMoved):
        answer(note_answers.disagree_with_note, note, world, at=late, **say)
    answer(note_answers.disagree_with_note, note, world, at=in_time, **say)

    assert SharedNote.objects.get().state == "disagreed"


def test_ask_to_explain_changes_nothing_but_tells_officer_and_cover(note, world):
    answer(note_answers.ask_to_explain, note, world)

    assert SharedNote.objects.get().state == "shared"
    assert {("user", str(world.sergeant.pk)), ("user", str(world.officer.pk))} <= mails(
        "events.note_answered"
    )


def test_record_answer_is_shown_as_recorded_by_police(note, world):
    given = {"channel": "phone", "who": world.imam.contact}

    answer(note_answers.record_answer, note, world, side="police", **given)

    after = SharedNote.objects.get()
    assert told()["recorded"] == {user(world.imam)}
    assert user(world.sergeant) in told()["recorded_by_us"]
    assert user(world.officer) not in told()["recorded_by_us"]
    assert (after.state, after.answered_by, after.answer_recorded_by, after.answer_channel) == (
        "confirmed_by_phone",
        world.imam.contact,
        world.officer.contact,
        "phone",
    )


@pytest.mark.parametrize("channel", ["portal", ""])
def test_record_answer_needs_to_say_how(note, world, channel):
    with pytest.raises(ValidationError):
        answer(note_answers.record_answer, note, world, side="police", channel=channel, who=None)


def test_record_answer_is_of_that_institutions_people(note, world):
    given = {"channel": "phone", "who": world.other_imam.contact}

    with pytest.raises(ValidationError):
        answer(note_answers.record_answer, note, world, side="police", **given)


def test_mark_unconfirmed_never_confirms_and_a_late_answer_counts(note, world):
    assert note_answers.mark_unconfirmed(on=dt.date(2026, 6, 24), at=NEXT_DAY) == 0
    assert note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY) == 1
    assert SharedNote.objects.get().state == "unconfirmed"

    answer(note_answers.confirm_note, note, world)

    assert SharedNote.objects.get().state == "confirmed"


def test_mark_unconfirmed_tells_both_sides_once(note, world):
    for _night in range(2):
        note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)

    assert told() == {
        "unconfirmed": {user(world.officer), user(world.sergeant), ("inbox", str(world.team.pk))},
        "unconfirmed_by_us": {user(world.imam)},
    }


def test_mark_unconfirmed_is_no_news_once_it_was_answered_in_the_night(note, world):
    note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)
    still_due = kinds.get("events.note_answered").still_due
    waiting = list(Message.objects.filter(kind="events.note_answered"))
    assert all(map(still_due, waiting))

    SharedNote.objects.update(state="confirmed")

    assert not any(map(still_due, waiting))


def test_mark_unconfirmed_goes_on_past_a_note_that_cannot_move(note, world, monkeypatch):
    finish(world, log(world, on=dt.date(2026, 6, 9)))
    release_notes(at=LEAVES + dt.timedelta(minutes=1))
    move = note_answers.move

    def move_all_but_one(moved, *args, **details):
        if moved.pk == note.pk:
            raise DatabaseError
        move(moved, *args, **details)

    monkeypatch.setattr(note_answers, "move", move_all_but_one)

    assert note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY) == 1
    assert SharedNote.objects.filter(state="unconfirmed").exclude(pk=note.pk).exists()


def test_mark_unconfirmed_tells_the_officer_to_ring_after_two_in_a_row(note, world):
    note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)
    assert "unread" not in told()

    finish(world, log(world, on=dt.date(2026, 6, 9)))
    release_notes(at=LEAVES + dt.timedelta(minutes=1))
    second = SharedNote.objects.latest("pk")
    note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)

    assert user(world.sergeant) in told()["unread"]
    assert not told(second).get("unconfirmed")


def test_mark_unconfirmed_counts_no_note_that_was_removed(note, world):
    note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)
    removed = {"reason": "mistake", "with_promises": False}
    answer(notes.withdraw_note, note, world, side="police", **removed)

    finish(world, log(world, on=dt.date(2026, 6, 9)))
    release_notes(at=LEAVES + dt.timedelta(minutes=1))
    note_answers.mark_unconfirmed(on=dt.date(2026, 6, 25), at=NEXT_DAY)

    assert "unread" not in told()


ACTIONS = {
    "confirm": (note_answers.confirm_note, "institution", {}),
    "record": (note_answers.record_answer, "police", {"channel": "phone", "who": None}),
    "ask": (note_answers.ask_correction, "institution", {"proposed": {"told_us": "Other."}}),
    "disagree": (note_answers.disagree_with_note, "institution", {"statement": "No."}),
    "amend": (notes.amend_note, "police", {"parts": {"told_us": "Other.", "we_said": ""}}),
    "undo": (notes.undo_note, "police", {}),
}
# From where each may be taken, of a note that has left; everything else is declined.
TAKEN_FROM = {
    "confirm": {"shared", "confirmed_by_phone", "unconfirmed", "disagreed"},
    "record": {"shared", "unconfirmed"},
    "ask": {"shared", "unconfirmed"},
    "disagree": {"shared", "correction_open", "confirmed", "confirmed_by_phone", "unconfirmed"},
    "amend": {"shared", "confirmed", "confirmed_by_phone", "unconfirmed", "disagreed"},
    "undo": set(),
}


@pytest.mark.parametrize("before", list(SharedNote.State))
@pytest.mark.parametrize("name", list(ACTIONS))
def test_notes_move_only_as_their_table_says(note, world, before, name):
    SharedNote.objects.update(state=before, answered_at=AT)
    action, side, given = ACTIONS[name]

    if before in TAKEN_FROM[name]:
        answer(action, note, world, side=side, **given)
        after = SharedNote.objects.get().state
        assert after == before or after in SharedNote.MOVES[SharedNote.State(before)]
    else:
        with pytest.raises((NoteMoved, NotYourMove)):
            answer(action, note, world, side=side, **given)
        assert SharedNote.objects.get().state == before
