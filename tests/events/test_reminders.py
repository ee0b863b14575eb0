"""A planned visit asks whether it was held, and a held one for its note, until somebody says."""

import datetime as dt

import pytest

from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from contacts.models import Institution
from events.actions.note_leaving import release_notes
from events.actions.notes import undo_note
from events.actions.plans import cancel_visit, move_visit
from events.actions.requests import reassign_request
from events.models import Engagement, SharedNote
from partnerships.models import LeadAssignment, Partnership
from tests.events import requests_kit
from tests.events.notes_kit import LEAVES, finish
from tests.events.visits_kit import AT, DAY, log, mails, plan
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

UNRECORDED, UNFINISHED = "events.visit_unrecorded", "events.note_unfinished"
ANSWERED = "events.note_answered"
HOUR = dt.timedelta(hours=1)


def user(person):
    return ("user", str(person.pk))


def inbox(institution):
    return ("inbox", str(institution.pk))


def moments(kind):
    return set(Message.objects.filter(kind=kind, state="pending").values_list("due_at", flat=True))


def still_due(kind):
    message = Message.objects.filter(kind=kind, state="pending").first()
    return kinds.get(kind).still_due(message)


def move(world, visit, on):
    return move_visit(
        engagement=visit,
        on=on,
        starts=dt.time(19),
        duration_minutes=60,
        side="police",
        by=world.sergeant,
        at=AT - dt.timedelta(days=6),
    )


def nine(year, month, day):
    return dt.datetime(year, month, day, 8, tzinfo=dt.UTC)  # in summer


# --- Was it held? -------------------------------------------------------------------------------


def test_plan_visit_promises_to_ask_the_team_whether_it_was_held(world):
    plan(world, by=world.member, side="institution")

    assert mails(UNRECORDED) == {
        user(world.sergeant),
        user(world.officer),
        user(world.member),
        inbox(world.team),
    }
    assert moments(UNRECORDED) == {nine(2026, 6, 11)}


def test_plan_visit_asks_after_a_friday_on_monday(world):
    plan(world, on=dt.date(2026, 6, 12))

    assert moments(UNRECORDED) == {nine(2026, 6, 15)}


def test_move_visit_moves_the_question_there_and_back(world):
    visit = plan(world)

    move(world, visit, DAY + dt.timedelta(days=7))
    assert moments(UNRECORDED) == {nine(2026, 6, 18)}
    move(world, visit, DAY)
    assert moments(UNRECORDED) == {nine(2026, 6, 11)}
    assert still_due(UNRECORDED)


def test_log_visit_and_cancel_visit_end_the_question(world):
    first, second = plan(world), plan(world)

    log(world, planned=first)
    cancel_visit(engagement=second, reason="illness", side="police", by=world.sergeant, at=AT)

    assert not mails(UNRECORDED)


@pytest.mark.parametrize("changed", [{"state": "cancelled"}, {"calendar_sequence": 3}])
def test_question_whether_it_was_held_is_read_anew_when_it_leaves(world, changed):
    plan(world)
    assert still_due(UNRECORDED)

    extra = {"cancelled_at": AT, "cancel_reason": "other"} if "state" in changed else {}
    Engagement.objects.update(**changed, **extra)

    assert not still_due(UNRECORDED)


def test_question_whether_it_was_held_says_where_to_log_and_where_to_cancel(world):
    visit = plan(world)
    message = Message.objects.filter(kind=UNRECORDED).first()

    letter = compose(message, kinds.get(UNRECORDED), kinds.get(UNRECORDED).recipient(message))

    assert letter.subject == "Masjid An-Noor: was the visit of Wednesday 10 June 2026 held?"
    assert f"?planned={visit.ref}" in letter.body
    assert visit.get_absolute_url() in letter.body


def test_reassign_request_asks_the_officer_who_comes_now(world):
    request = requests_kit.scheduled(world)
    with as_owner():
        LeadAssignment.objects.filter(officer=world.officer.contact).delete()

    reassign_request(
        request=request, officer=world.sergeant.contact, by=world.sergeant, at=requests_kit.AT
    )

    assert user(world.sergeant) in mails(UNRECORDED)


# --- The note is not shared yet -----------------------------------------------------------------


def test_log_visit_reminds_officer_cover_and_inbox_once_each(world):
    log(world, by=world.sergeant)

    assert mails(UNFINISHED) == {user(world.sergeant), user(world.officer), inbox(world.team)}
    assert Message.objects.filter(kind=UNFINISHED).count() == 3


def test_log_visit_by_the_mosque_reminds_its_own_side_only(world):
    with as_owner():
        Institution.objects.filter(pk=world.mosque.pk).update(inbox_email="office@example.org")
    world.partnership.institution.refresh_from_db()

    log(world, side="institution", by=world.member, officers=[])

    assert mails(UNFINISHED) == {user(world.member), user(world.imam), inbox(world.mosque)}


def test_undo_note_brings_the_reminder_back(world, shared):
    assert not mails(UNFINISHED)

    undo_note(note=shared, side="police", by=world.officer, at=AT + HOUR / 6)

    assert mails(UNFINISHED) == {user(world.sergeant), user(world.officer), inbox(world.team)}
    assert moments(UNFINISHED) == {nine(2026, 6, 12)}
    assert still_due(UNFINISHED)
    finish(world, shared.engagement)
    assert not mails(UNFINISHED)


def test_undo_note_after_its_day_reminds_an_hour_later(world):
    late = AT + dt.timedelta(days=5)
    note = finish(world, log(world), at=late)

    undo_note(note=note, side="police", by=world.officer, at=late)

    assert moments(UNFINISHED) == {late + HOUR}


def test_undo_note_before_joining_reminds_nobody(world):
    with as_owner():
        Partnership.objects.update(state="not_joined", joined_on=None)
    world.partnership.refresh_from_db()
    note = finish(world, log(world), parts={"told_us": "", "we_said": ""}, facts={})

    undo_note(note=note, side="police", by=world.officer, at=AT)

    assert not mails(UNFINISHED)


def test_release_notes_tells_its_side_what_was_sent_back_and_reminds_anew(world, shared):
    with as_owner():
        Partnership.objects.update(state="paused_by_institution")

    release_notes(at=LEAVES)

    circle = {user(world.officer), user(world.sergeant), inbox(world.team)}
    assert mails(ANSWERED) == mails(UNFINISHED) == circle
    assert {m.context["answer"] for m in Message.objects.filter(kind=ANSWERED)} == {"sent_back"}


def test_note_sent_back_is_no_news_once_it_was_shared_again(world, shared):
    with as_owner():
        Partnership.objects.update(state="paused_by_institution")
    release_notes(at=LEAVES)
    assert still_due(ANSWERED)

    SharedNote.objects.update(state="shared")

    assert not still_due(ANSWERED)
