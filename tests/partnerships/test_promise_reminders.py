import datetime as dt

import pytest
from django.db import DatabaseError

from config.outbox.models import Message
from contacts.models import Deputyship
from partnerships.actions import commitment_moves as moves
from partnerships.actions import reminders
from partnerships.actions.reminders import (
    RULES,
    refresh_reminders,
    reminder_moment,
    sweep_reminders,
)
from tests.partnerships.promise_kit import (
    AT,
    account,
    asked,
    inbox,
    later,
    leave,
    nine,
    promised,
    theirs,
    waiting,
)
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


# --- Who is reminded, and when --------------------------------------------------------------------


def test_police_promise_reminds_its_owner_then_the_team_then_the_sergeant(world):
    promise = promised(world, owner=world.officer.contact)

    assert waiting(promise) == [
        ("promise_in_7_days", account(world.officer), nine(11, 24)),
        ("promise_tomorrow", account(world.officer), nine(11, 30)),
        ("promise_today", inbox(world.team), nine(12, 1)),
        ("promise_today", account(world.sergeant), nine(12, 1)),
        ("promise_today", account(world.officer), nine(12, 1)),
        ("promise_3_days_late", account(world.sergeant), nine(12, 4)),
    ]


def test_mosque_promise_reminds_the_mosque_and_nobody_else(world):
    promise = theirs(world)

    assert waiting(promise) == [
        ("promise_in_7_days", account(world.imam), nine(11, 24)),
        ("promise_tomorrow", account(world.imam), nine(11, 30)),
        ("promise_today", account(world.imam), nine(12, 1)),
        ("promise_3_days_late", account(world.imam), nine(12, 4)),
        ("promise_7_days_late", account(world.imam), nine(12, 8)),
        ("promise_14_days_late", account(world.imam), nine(12, 15)),
    ]


def test_mosque_promise_with_a_person_reminds_that_person_and_when_late_the_leads(world):
    promise = theirs(world, owner=world.member.contact)

    people = [recipient for _rule, recipient, _at in waiting(promise)]

    assert people == [account(world.member)] * 3 + [account(world.imam)] * 3


def test_promise_that_waits_for_an_answer_reminds_as_well(world):
    assert waiting(asked(world)) == waiting(promised(world))


def test_reminders_of_days_gone_by_are_not_sent_after_the_fact(world):
    promise = promised(world, due_on=dt.date(2026, 11, 4))

    assert [rule for rule, *_ in waiting(promise)] == [
        "promise_today",
        "promise_today",
        "promise_today",
        "promise_3_days_late",
    ]


# --- Following what happens -----------------------------------------------------------------------


@pytest.mark.parametrize("close", ["claim", "release", "fail"])
def test_reminders_are_called_off_with_the_move_that_ends_them(world, close):
    promise = promised(world)
    who = {"commitment": promise, "at": later(1)}

    if close == "claim":
        moves.claim_commitment(done="Sent.", by=world.sergeant, **who)
    elif close == "release":
        moves.release_commitment(by=world.imam, **who)
    else:
        moves.fail_commitment(explanation="Lost.", by=world.sergeant, **who)

    assert waiting(promise) == []


def test_a_new_day_moves_every_reminder(world):
    promise = promised(world)

    moves.extend_commitment(
        commitment=promise,
        due_on=dt.date(2026, 12, 15),
        reason="Printer.",
        by=world.sergeant,
        at=later(1),
    )

    moments = {rule: due_at for rule, _recipient, due_at in waiting(promise)}
    assert moments == {
        "promise_in_7_days": nine(12, 8),
        "promise_tomorrow": nine(12, 14),
        "promise_today": nine(12, 15),
        "promise_3_days_late": nine(12, 18),
    }


def test_an_owner_and_back_gives_exactly_the_first_reminders(world):
    promise = promised(world)
    before = waiting(promise)

    for owner in (world.officer.contact, world.sergeant.contact):
        moves.reassign_commitment(
            commitment=promise, owner=owner, note="N.", by=world.sergeant, at=later(1)
        )

    assert waiting(promise) == before
    keys = Message.objects.about(promise).filter(kind__in=RULES).values_list("key", flat=True)
    assert len(keys) == len(set(keys))


def test_claimed_and_reopened_gives_exactly_the_first_reminders(world):
    promise = promised(world)
    before = waiting(promise)

    moves.claim_commitment(commitment=promise, done="D.", by=world.sergeant, at=later(1))
    moves.reopen_commitment(commitment=promise, missing="M.", by=world.imam, at=later(2))

    assert waiting(promise) == before


def test_refresh_reminders_twice_changes_nothing(world):
    promise = promised(world)
    rows = list(Message.objects.order_by("key").values())

    refresh_reminders(commitment=promise, at=later(1))

    assert list(Message.objects.order_by("key").values()) == rows


# --- The nightly sweep ----------------------------------------------------------------------------


def test_sweep_reminders_finds_a_lost_row(world):
    promise = promised(world)
    before = waiting(promise)
    Message.objects.about(promise).filter(kind="partnerships.promise_in_7_days").delete()

    sweep_reminders(at=dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC))

    assert waiting(promise) == before


def test_sweep_reminders_goes_on_past_a_promise_that_cannot_be_done(world, monkeypatch):
    bad, good = promised(world), promised(world)
    before = waiting(good)
    Message.objects.filter(kind="partnerships.promise_in_7_days").delete()
    circle_of = reminders.circle_of

    def fail_for_one(commitment, *, on):
        if commitment.pk == bad.pk:
            raise DatabaseError
        return circle_of(commitment, on=on)

    monkeypatch.setattr(reminders, "circle_of", fail_for_one)

    assert sweep_reminders(at=dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)) == 1
    assert waiting(good) == before


def test_sweep_reminders_makes_good_what_was_lost_yesterday(world):
    promise = promised(world)
    Message.objects.about(promise).delete()

    sweep_reminders(at=dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC))

    assert {rule for rule, *_ in waiting(promise)} == {"promise_today", "promise_3_days_late"}


def test_sweep_reminders_keeps_what_waits_because_mail_is_down(world):
    promise = promised(world)

    sweep_reminders(at=dt.datetime(2026, 12, 3, 2, tzinfo=dt.UTC))

    assert "promise_today" in {rule for rule, *_ in waiting(promise)}


def test_sweep_reminders_turns_to_the_cover_when_the_owner_has_left(world):
    promise = promised(world)
    leave(world.sergeant)

    sweep_reminders(at=dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC))

    owners = {who for rule, who, _at in waiting(promise) if rule == "promise_in_7_days"}
    assert owners == {account(world.officer)}


def test_sweep_reminders_turns_to_the_inbox_when_everybody_has_left(world):
    promise = promised(world)
    leave(world.sergeant)
    leave(world.officer)

    sweep_reminders(at=dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC))

    assert {who for _rule, who, _at in waiting(promise)} == {inbox(world.team)}


def test_a_deputy_is_reminded_beside_the_person_who_is_away(world):
    with as_owner():
        Deputyship.objects.create(
            institution=world.team,
            holding=world.officer.contact.holdings.get(),
            deputy=world.sergeant.contact,
            acts_from=dt.date(2026, 11, 1),
            acts_until=dt.date(2026, 12, 1),
        )

    promise = promised(world, owner=world.officer.contact)

    first = {who for rule, who, _at in waiting(promise) if rule == "promise_in_7_days"}
    assert first == {account(world.officer), account(world.sergeant)}


# --- London's clocks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "hour"),
    [
        (dt.date(2026, 10, 24), 8),  # the last day of summer time
        (dt.date(2026, 10, 25), 9),
        (dt.date(2026, 10, 26), 9),
        (dt.date(2027, 3, 27), 9),  # the last day of winter time
        (dt.date(2027, 3, 28), 8),
        (dt.date(2027, 3, 29), 8),
    ],
)
def test_reminders_come_at_nine_on_londons_clocks(due_on, hour):
    moment = reminder_moment("partnerships.promise_today", due_on=due_on)

    assert moment == dt.datetime(due_on.year, due_on.month, due_on.day, hour, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("due_on", "moments"),
    [
        (dt.date(2026, 10, 25), [(10, 18, 8), (10, 24, 8), (10, 25, 9), (10, 28, 9)]),
        (dt.date(2027, 3, 28), [(3, 21, 9), (3, 27, 9), (3, 28, 8), (3, 31, 8)]),
    ],
)
def test_a_promise_over_a_clock_change_is_reminded_of_on_its_days(world, due_on, moments):
    promise = promised(world, due_on=due_on, at=AT - dt.timedelta(days=60))

    came = sorted({(at.month, at.day, at.hour) for _rule, _who, at in waiting(promise)})

    assert came == moments
