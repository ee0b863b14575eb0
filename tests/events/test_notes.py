import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox import kinds
from config.outbox.models import Message
from events.actions import note_answers, note_leaving, notes
from events.actions.feedback import close_feedback
from events.actions.note_leaving import Promise, release_notes
from events.actions.note_states import NoteMoved
from events.models import Engagement, SharedNote
from events.rules.notes import ANSWERED
from partnerships.models import Commitment, Partnership
from tests.events import requests_kit
from tests.events.notes_kit import LEAVES, NEXT_DAY, PROMISE, WORDS, answer, ask, finish
from tests.events.visits_kit import AT, log, mails
from tests.factories import EVERYBODY
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def test_finish_visit_promises_nothing_and_writes_to_nobody_yet(shared):
    assert (shared.state, shared.left_at, shared.leaves_at) == ("shared", None, LEAVES)
    assert not Commitment.objects.exists()
    assert not mails("events.note_shared")
    assert not mails("events.note_unfinished")


def test_finish_visit_declines_a_second_note(shared, world):
    with pytest.raises(NoteMoved):
        finish(world, shared.engagement)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": {"topics": []}}, "topics"),
        ({"promises": [], "nothing_promised": False}, "nothing_promised"),
        ({"nothing_promised": True}, "nothing_promised"),
        ({"promises": [PROMISE] * 6}, "nothing_promised"),
        ({"promises": [Promise("x", "police", dt.date(2026, 6, 1))]}, "nothing_promised"),
        ({"parts": {"told_us": "x" * 1501}}, "told_us"),
    ],
)
def test_finish_visit_declines_what_is_not_whole(world, changes, field):
    with pytest.raises(ValidationError) as declined:
        finish(world, log(world), **changes)

    assert list(declined.value.message_dict) == [field]


def test_undo_note_keeps_the_words_and_nothing_leaves(shared, world):
    notes.undo_note(note=shared, side="police", by=world.officer, at=LEAVES)

    assert release_notes(at=NEXT_DAY) == 0
    back = SharedNote.objects.get()
    assert (back.state, back.planned_promises[0]["text"]) == ("draft", PROMISE.text)
    assert back.text.versions.get().parts == WORDS


def test_finish_visit_again_after_undo_leaves_no_trace_of_the_first_words(shared, world):
    notes.undo_note(note=shared, side="police", by=world.officer, at=AT)

    finish(world, shared.engagement, parts={"told_us": "Better.", "we_said": ""})

    versions = SharedNote.objects.get().text.versions
    assert [version.parts["told_us"] for version in versions.all()] == ["Better."]


def test_undo_note_is_for_the_side_that_wrote_it(shared, world):
    with pytest.raises(NoteMoved):
        answer(notes.undo_note, shared, world)


def test_undo_note_is_too_late_once_it_left(note, world):
    with pytest.raises(NoteMoved):
        answer(notes.undo_note, note, world, side="police")


def test_release_notes_waits_for_the_time_to_undo(shared):
    assert release_notes(at=LEAVES - dt.timedelta(seconds=1)) == 0
    assert release_notes(at=LEAVES) == 1
    assert release_notes(at=LEAVES) == 0


def test_release_notes_makes_the_promises_and_starts_the_clock(note):
    promise = Commitment.objects.get()

    assert (promise.text, promise.state, promise.due_on) == (PROMISE.text, "agreed", PROMISE.due_on)
    assert note.engagement.promises.get().commitment == promise
    assert (note.left_at, note.planned_promises) == (LEAVES, [])
    assert note.reply_by == dt.date(2026, 6, 24)


def test_release_notes_writes_once_to_each_lead_and_member(note, world):
    assert mails("events.note_shared") == {
        ("user", str(world.imam.pk)),
        ("user", str(world.member.pk)),
    }
    assert not mails("partnerships.promise_moved")


def test_release_notes_sends_back_what_cannot_leave(shared):
    with as_owner():
        Partnership.objects.update(state="paused_by_institution")

    assert release_notes(at=LEAVES) == 0
    assert SharedNote.objects.get().state == "draft"


def test_release_notes_takes_it_quietly_that_the_drafter_was_quicker(shared, world, monkeypatch):
    def undone_meanwhile(_number, *, at):
        notes.undo_note(note=shared, side="police", by=world.officer, at=at)
        raise ValidationError("The partnership was paused.")

    monkeypatch.setattr(note_leaving, "_release", undone_meanwhile)

    assert release_notes(at=LEAVES) == 0
    assert SharedNote.objects.get().state == "draft"


def test_release_notes_keeps_a_promise_due_on_a_day_that_just_passed(world):
    late = dt.datetime(2026, 6, 10, 22, 55, tzinfo=dt.UTC)  # 23:55 in London
    due = Promise("Send the leaflet.", "police", dt.date(2026, 6, 10))
    finish(world, log(world), promises=[due], at=late)

    release_notes(at=late + dt.timedelta(minutes=15))

    assert Commitment.objects.get().due_on == dt.date(2026, 6, 11)


def test_finish_visit_before_joining_holds_no_words_and_only_police_promise(world):
    with as_owner():
        Partnership.objects.update(state="not_joined", joined_on=None)
    world.partnership.refresh_from_db()
    visit, no_words = log(world), {"told_us": "", "we_said": ""}

    with pytest.raises(ValidationError):
        finish(world, visit)
    with pytest.raises(ValidationError):
        finish(world, visit, parts=no_words, promises=[Promise("x", "institution", PROMISE.due_on)])
    finish(world, visit, parts=no_words, facts={})
    release_notes(at=LEAVES)

    assert Commitment.objects.get().owner_side == "police"
    assert SharedNote.objects.get().reply_by is None
    assert not mails("events.note_shared")


def test_the_mosque_can_write_the_note_and_police_answer_it(world):
    visit = log(world, side="institution", by=world.imam, officers=[])
    finish(world, visit, side="institution", by=world.imam, promises=[], nothing_promised=True)
    release_notes(at=LEAVES)
    note = SharedNote.objects.get()

    answer(note_answers.confirm_note, note, world, side="police")

    assert ("user", str(world.sergeant.pk)) not in mails("events.note_shared")
    assert SharedNote.objects.get().answered_by == world.officer.contact


def test_amend_note_asks_again_whoever_had_confirmed(note, world):
    answer(note_answers.confirm_note, note, world)

    answer(notes.amend_note, note, world, side="police", parts=WORDS | {"we_said": "More."})

    after = SharedNote.objects.get()
    assert (after.state, after.answered_by, after.text.current_version) == ("shared", None, 2)


def test_withdraw_note_leaves_no_words_and_tells_both_sides(note, world):
    answer(note_answers.disagree_with_note, note, world, statement="About Zed.")
    answer(
        notes.withdraw_note, note, world, side="police", reason="names_a_child", with_promises=True
    )

    text = SharedNote.objects.get().text
    assert [version.parts for version in text.versions.all()] == [{}]
    assert [statement.statement for statement in text.disagreements.all()] == [""]
    assert (Commitment.objects.get().state, Commitment.objects.get().text) == ("withdrawn", "")
    assert {("user", str(world.imam.pk)), ("user", str(world.sergeant.pk))} <= mails(
        "events.note_withdrawn"
    )
    assert not mails("events.note_answered")


def test_withdraw_note_of_the_wrong_institution_takes_the_visit_with_it(note, world):
    given = {"reason": "wrong_institution", "with_promises": False}

    answer(notes.withdraw_note, note, world, side="police", **given)

    visit = Engagement.objects.get()
    assert (visit.state, visit.cancel_reason) == ("cancelled", "logged_in_error")
    assert Partnership.objects.get(pk=world.partnership.pk).last_contact_on is None
    assert Commitment.objects.get().state == "withdrawn"


@pytest.mark.parametrize("state", sorted(ANSWERED))
def test_what_the_other_side_answered_is_removed_by_a_sergeant_or_above(note, world, state):
    SharedNote.objects.update(state=state)
    visit = Engagement.objects.for_record().get()

    may = {who for who in EVERYBODY if getattr(world, who).has_perm("events.withdraw_note", visit)}

    assert may == {"sergeant", "inspector"}


def test_withdraw_note_leaves_a_promise_that_the_other_side_called_kept(note, world):
    Commitment.objects.update(state="kept")

    answer(notes.withdraw_note, note, world, side="police", reason="mistake", with_promises=True)

    assert Commitment.objects.get().state == "kept"


def test_withdraw_note_of_the_wrong_institution_closes_the_request_behind_the_visit(world):
    request = requests_kit.held(world)
    visit = request.engagements.get()
    finish(world, visit, at=AT)
    release_notes(at=LEAVES)

    given = {"reason": "wrong_institution", "with_promises": False}
    answer(notes.withdraw_note, SharedNote.objects.get(), world, side="police", **given)

    request.refresh_from_db()
    assert (request.state, request.held_at) == ("closed", None)
    last = request.steps.order_by("pk").last()
    assert (last.move, last.by) == ("closed", world.officer.contact)
    assert close_feedback(at=NEXT_DAY + dt.timedelta(days=30)) == 0


def test_withdraw_note_for_another_reason_leaves_the_request_waiting_for_feedback(world):
    request = requests_kit.held(world)
    finish(world, request.engagements.get(), at=AT)
    release_notes(at=LEAVES)

    given = {"reason": "mistake", "with_promises": False}
    answer(notes.withdraw_note, SharedNote.objects.get(), world, side="police", **given)

    request.refresh_from_db()
    assert request.state == "feedback_due"


def test_withdraw_note_ends_every_answer(note, world):
    given = {"reason": "mistake", "with_promises": False}
    answer(notes.withdraw_note, note, world, side="police", **given)

    with pytest.raises(NoteMoved):
        answer(note_answers.confirm_note, note, world)
    assert note_answers.mark_unconfirmed(on=dt.date(2026, 8, 1), at=NEXT_DAY) == 0


def test_no_word_of_a_note_reaches_the_trail_or_the_mail(note, world):
    ask(note, world)
    answer(note_answers.disagree_with_note, note, world, statement="Parking was not it.")
    notes.amend_note(
        note=note, parts={"told_us": "Parking again."}, side="police", by=world.officer, at=NEXT_DAY
    )

    trail = [str(entry.details) for entry in Entry.objects.all()]
    letters = [kinds.get(message.kind).render(message) for message in Message.objects.open()]

    assert "arking" not in "".join(trail)
    assert len(letters) > 4
    assert not any("arking" in letter.subject + letter.text for letter in letters)


def test_mail_about_a_note_is_not_sent_once_it_was_answered(note, world):
    message = Message.objects.filter(kind="events.note_shared").first()
    assert kinds.get(message.kind).still_due(message)

    SharedNote.objects.update(state="confirmed")

    assert not kinds.get(message.kind).still_due(message)
