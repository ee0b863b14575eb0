"""The reminders through the real worker, beat and outbox; time moves on by moving rows back."""

import datetime as dt

import pytest
from django.utils import timezone

from config.web.templatetags.ui import day, in_days
from events import tasks as visits
from events.actions.note_leaving import Promise
from events.actions.notes import finish_visit
from events.actions.requests import Slot, submit_request
from events.actions.visits import log_visit
from events.models import SharedNote
from partnerships import tasks as promises
from partnerships.actions.commitments import propose_commitment
from partnerships.models import Commitment
from tests.support.processes import wait_for

from .moving import let_days_pass, once, run_twice, settle

pytestmark = [pytest.mark.usefixtures("worker_and_beat"), pytest.mark.timeout(240)]

SWEEPS = (promises.refresh_reminders, promises.escalate_commitments, promises.lapse_commitments)
INBOX = "west@police.example"
TO_NOOR = "A promise to Masjid An-Noor: due "
TO_ROSEHILL = "A promise to Rosehill Mosque: due "
TO_TEAM = "A promise to Millbrook West team: due "
TWO_LATE = "2 late promises have come to you"


# --- Promises -----------------------------------------------------------------------------------


def promise(partnership, by, side, due_on, **fields):
    return propose_commitment(
        partnership=partnership,
        text="Walk the car park at closing time",
        owner_side=side,
        side=side,
        due_on=due_on,
        by=by,
        at=timezone.now(),
        mail=False,
        **fields,
    )


def three_promises(world, due_on):
    """One of police to each mosque, with different owners, and one of Masjid An-Noor."""
    officer = world.officer.contact
    promise(world.partnership, world.sergeant, "police", due_on, owner=officer)
    promise(world.other_partnership, world.sergeant, "police", due_on)
    promise(world.partnership, world.imam, "institution", due_on)


def test_each_reminder_of_a_promise_arrives_once_at_its_people(world, post):
    three_promises(world, timezone.localdate() + dt.timedelta(days=30))
    sergeant, officer, imam = emails((world.sergeant, world.officer, world.imam))
    owners = [(officer, TO_NOOR), (sergeant, TO_ROSEHILL), (imam, TO_TEAM)]
    team = [(who, to) for who in (sergeant, officer, INBOX) for to in (TO_NOOR, TO_ROSEHILL)]
    late = [(sergeant, TO_NOOR), (sergeant, TO_ROSEHILL), (imam, TO_TEAM)]
    run_twice(*SWEEPS)
    assert post.new() == once()

    go_to_nine_o_clock()
    for days, rule, expected in (
        (23, -7, owners),
        (6, -1, owners),
        (1, 0, [*team, (imam, TO_TEAM)]),
        (3, 3, late),
        (4, 7, [(imam, TO_TEAM)]),
        (7, 14, [(imam, TO_TEAM)]),
    ):
        let_days_pass(days)
        run_twice(promises.refresh_reminders)
        when = in_days(last_nine_o_clock() - dt.timedelta(days=rule))
        assert post.new() == once(*((who, to + when) for who, to in expected))


def last_nine_o_clock():
    """Return the day of the last 09:00 gone by, when reminders leave."""
    return timezone.localdate(timezone.now() - dt.timedelta(hours=9))


def go_to_nine_o_clock():
    """Before 09:00, let a day more pass: the time of the day must not change what is due."""
    let_days_pass((timezone.localdate() - last_nine_o_clock()).days)


@pytest.mark.parametrize(("late", "told"), [(7, ["inspector"]), (14, ["inspector", "commander"])])
def test_late_promises_climb_to_each_person_as_one_list(world, post, late, told):
    three_promises(world, timezone.localdate() + dt.timedelta(days=1))
    let_days_pass(late)  # late by a day less, as long as nobody looked
    run_twice(*SWEEPS)
    let_days_pass(1)
    run_twice(*SWEEPS)
    let_days_pass(1)  # past 08:00 of that day, whenever this runs
    run_twice(*SWEEPS)

    lists = once(*(letter for letter in post.new().elements() if letter[1] == TWO_LATE))
    assert lists == once(*((getattr(world, who).email, TWO_LATE) for who in told))
    assert set(Commitment.objects.values_list("escalated_to", flat=True)) == {told[-1], ""}


# --- Requests -----------------------------------------------------------------------------------


def test_an_unanswered_request_warns_at_48_hours_and_is_told_at_72_once(world, post):
    request = ask(world, at=timezone.now() - dt.timedelta(hours=12, minutes=30))
    name, police = f"Masjid An-Noor: %s {request.reference}%s", (world.sergeant, world.officer)
    settle()
    assert post.new() == once(
        (world.imam.email, name % ("request", " has arrived")),
        *((who, name % ("new request", "")) for who in (*emails(police), INBOX)),
    )

    let_days_pass(2)
    run_twice(visits.climb_recourse)
    warned = name % ("request", " waits for an answer")
    assert post.new() == once(*((who, warned) for who in (*emails(police), INBOX)))

    let_days_pass(1)
    run_twice(visits.climb_recourse)
    let_days_pass(1)  # past the next 08:00, when the inspector's list leaves
    run_twice(visits.climb_recourse)
    assert post.new() == once(
        (world.imam.email, name % ("no answer yet to request", "")),
        (world.inspector.email, "1 request waits for you"),
    )


def ask(world, *, at):
    return submit_request(
        partnership=world.partnership,
        side="institution",
        kind="meeting",
        purposes=["getting_to_know"],
        slots=[Slot(timezone.localdate() + dt.timedelta(days=20), dt.time(18, 30), 60)],
        by=world.imam,
        at=at,
    )


def emails(users):
    return [user.email for user in users]


# --- Notes --------------------------------------------------------------------------------------


def visit(world, on):
    return log_visit(
        partnership=world.partnership,
        kind="visit",
        purposes=["reassurance"],
        on=on,
        starts=dt.time(0, 5),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[world.officer.contact],
        by=world.officer,
        at=timezone.now(),
    )


def share(world, engagement):
    return finish_visit(
        engagement=engagement,
        side="police",
        parts={"told_us": "Cars are left across the gate.", "we_said": ""},
        promises=[Promise("Ask the council", "police", timezone.localdate() + dt.timedelta(30))],
        nothing_promised=False,
        facts={"topics": ["road_safety"]},
        by=world.officer,
        at=timezone.now() - dt.timedelta(minutes=16),
    )


def about_notes(post):
    return once(*[letter for letter in post.new().elements() if "note" in letter[1].lower()])


def test_a_note_is_mailed_once_and_two_without_a_reply_are_told_once(world, post):
    on = timezone.localdate() - dt.timedelta(days=1)
    both = [share(world, visit(world, on)) for _number in range(2)]
    run_twice(visits.release_notes)
    wait_for(lambda: not SharedNote.objects.filter(left_at=None), seconds=90, what="the notes")
    settle()
    there = f"Masjid An-Noor: the note of {day(on)} is there to read"
    readers = emails((world.imam, world.member))
    assert about_notes(post) == once(*((who, there) for who in readers * len(both)))

    let_days_pass(13)
    run_twice(visits.mark_unconfirmed)
    assert about_notes(post) == once()
    assert set(SharedNote.objects.values_list("state", flat=True)) == {"shared"}

    let_days_pass(2)
    run_twice(visits.mark_unconfirmed)
    assert set(SharedNote.objects.values_list("state", flat=True)) == {"unconfirmed"}
    assert {who for who, _subject in about_notes(post)} == {
        *emails((world.sergeant, world.officer, world.imam)),
        INBOX,
    }


def test_a_note_that_is_not_written_is_asked_for_once(world, post):
    on = timezone.localdate() - dt.timedelta(days=1)
    visit(world, on)
    for _day in range(5):
        let_days_pass(1)
        settle()

    came = about_notes(post)
    asked = [*emails((world.sergeant, world.officer)), INBOX]
    assert sorted(who for who, _subject in came.elements()) == sorted(asked)
    assert all(subject.endswith(" is not shared yet") for _who, subject in came)
