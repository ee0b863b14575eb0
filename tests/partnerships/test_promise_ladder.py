import datetime as dt

import pytest
from django.core import mail

from config.outbox.delivery import drain
from config.outbox.models import Message
from contacts.models import Deputyship
from partnerships.actions import commitment_moves as moves
from partnerships.actions.escalations import ESCALATION_LIST, escalate_commitments
from partnerships.models import CommitmentStep
from tests.factories import make_person
from tests.partnerships.promise_kit import (
    AT,
    account,
    claimed,
    later,
    leave,
    nine,
    promised,
    spoil,
    theirs,
    to,
    waiting,
)
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def lists():
    return [
        (to(message), message.due_at, len(message.context["promises"]))
        for message in Message.objects.filter(kind=ESCALATION_LIST).order_by("due_at", "key")
    ]


# --- The ladder -----------------------------------------------------------------------------------


def climbed(promise):
    return [
        (step.move, step.at.date())
        for step in CommitmentStep.objects.filter(
            commitment=promise, move__startswith="to_"
        ).order_by("at", "pk")
    ]


def mornings(first, last):
    for day in range((last - first).days + 1):
        escalate_commitments(
            at=dt.datetime(first.year, first.month, first.day, 7, 30, tzinfo=dt.UTC)
            + dt.timedelta(days=day)
        )


def test_ladder_climbs_each_rung_once_on_its_day(world):
    promise = promised(world)

    mornings(dt.date(2026, 12, 1), dt.date(2026, 12, 20))

    assert climbed(promise) == [
        ("to_sergeant", dt.date(2026, 12, 4)),
        ("to_inspector", dt.date(2026, 12, 8)),
        ("to_commander", dt.date(2026, 12, 15)),
    ]
    eight = {"hour": 8, "minute": 0}
    assert lists() == [
        (account(world.inspector), nine(12, 8).replace(**eight), 1),
        (account(world.commander), nine(12, 15).replace(**eight), 1),
    ]


def test_ladder_never_climbs_the_other_side(world):
    promise = theirs(world)

    mornings(dt.date(2026, 12, 1), dt.date(2026, 12, 20))

    assert climbed(promise) == []
    assert lists() == []
    assert {who for _rule, who, _at in waiting(promise)} == {account(world.imam)}


def test_ladder_brings_several_promises_as_one_list(world):
    for _ in range(3):
        promised(world)

    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))

    assert [(who, count) for who, _at, count in lists()] == [(account(world.inspector), 3)]


def test_ladder_is_climbed_past_a_promise_that_cannot_move(world, caplog):
    stuck = promised(world)
    spoil(stuck)
    for _ in range(2):
        promised(world)

    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))

    assert climbed(stuck) == []
    assert [(who, count) for who, _at, count in lists()] == [(account(world.inspector), 2)]
    assert {record.row for record in caplog.records if record.name == "config.sweeps"} == {stuck.pk}


def test_ladder_adds_to_the_list_that_waits_and_after_it_left_to_tomorrows(world):
    promised(world)
    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))
    promised(world, at=AT)
    escalate_commitments(at=dt.datetime(2026, 12, 8, 7, 45, tzinfo=dt.UTC))
    assert [(at, count) for _who, at, count in lists()] == [(nine(12, 8).replace(hour=8), 2)]
    Message.objects.exclude(kind=ESCALATION_LIST).delete()
    assert len(delivered(nine(12, 8))) == 1

    promised(world, at=AT)
    escalate_commitments(at=nine(12, 8))

    assert [message.due_at for message in Message.objects.open().filter(kind=ESCALATION_LIST)] == [
        nine(12, 9).replace(hour=8)
    ]


def test_ladder_begins_again_after_a_new_day(world):
    promise = promised(world)
    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))
    moves.extend_commitment(
        commitment=promise,
        due_on=dt.date(2026, 12, 10),
        reason="R.",
        by=world.sergeant,
        at=nine(12, 8),
    )

    mornings(dt.date(2026, 12, 9), dt.date(2026, 12, 17))

    assert climbed(promise)[-1] == ("to_inspector", dt.date(2026, 12, 17))
    assert len(lists()) == 2


def test_ladder_catches_up_after_days_without_a_worker(world):
    promise = promised(world)

    mornings(dt.date(2026, 12, 18), dt.date(2026, 12, 18))

    assert [move for move, _on in climbed(promise)] == [
        "to_sergeant",
        "to_inspector",
        "to_commander",
    ]
    assert {who for who, *_ in lists()} == {account(world.inspector), account(world.commander)}


def test_ladder_passes_a_rung_where_nobody_stands(world):
    promised(world)
    leave(world.inspector)

    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))

    assert [who for who, *_ in lists()] == [account(world.commander)]


def test_ladder_reaches_the_deputy_too(world):
    acting = make_person(world.other_team, "inspector", "Joan Pell")
    with as_owner():
        Deputyship.objects.create(
            institution=world.team,
            holding=world.inspector.contact.holdings.get(),
            deputy=acting.contact,
            acts_from=dt.date(2026, 12, 1),
        )
    promised(world)

    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))

    assert {who for who, *_ in lists()} == {account(world.inspector), account(acting)}


def test_ladder_leaves_alone_what_is_said_to_be_done(world):
    claimed(world)

    mornings(dt.date(2026, 12, 1), dt.date(2026, 12, 20))

    assert lists() == []


# --- The mail itself ------------------------------------------------------------------------------


def delivered(at):
    """Send what is due at ``at`` and return (address, subject, body) of what left."""
    mail.outbox = []
    drain(clock=lambda: at)
    return [(letter.to[0], letter.subject, letter.body) for letter in mail.outbox]


def test_reminder_says_whom_and_when_and_never_the_words(world):
    promise = promised(world, owner=world.officer.contact)
    Message.objects.filter(kind="partnerships.promise_moved").delete()

    [(address, subject, body)] = delivered(nine(11, 24))

    assert address == world.officer.email
    assert "Masjid An-Noor" in subject
    assert promise.get_absolute_url() in body
    assert "Tuesday 1 December 2026" in body
    assert "leaflet" not in subject + body
    assert delivered(nine(11, 24)) == [], "each reminder leaves once"


def test_reminder_can_be_stopped_with_one_click(world):
    promised(world, owner=world.officer.contact)
    Message.objects.filter(kind="partnerships.promise_moved").delete()
    delivered(nine(11, 24))

    headers, body = mail.outbox[0].extra_headers, mail.outbox[0].body

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip("<>") in body


def test_reminder_is_not_sent_for_a_day_that_has_moved(world):
    promise = promised(world)
    type(promise).objects.filter(pk=promise.pk).update(due_on=dt.date(2026, 12, 20))
    Message.objects.filter(kind="partnerships.promise_moved").delete()

    assert delivered(nine(11, 24)) == []


def test_escalation_list_offers_the_three_ways_out(world):
    promise = promised(world)
    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))
    Message.objects.exclude(kind=ESCALATION_LIST).delete()

    [(address, subject, body)] = delivered(nine(12, 8))

    assert address == world.inspector.email
    assert subject == "1 late promise has come to you"
    for way in ("hand-over", "extend", "rang"):
        assert f"/promises/{promise.ref}/{way}/" in body
    assert "leaflet" not in body


@pytest.mark.parametrize("way_out", ["claim", "extend"])
def test_escalation_list_is_not_sent_when_nothing_on_it_is_late_any_more(world, way_out):
    who = {"commitment": promised(world), "by": world.sergeant, "at": nine(12, 8)}
    mornings(dt.date(2026, 12, 8), dt.date(2026, 12, 8))
    if way_out == "claim":
        moves.claim_commitment(done="D.", **who)
    else:
        moves.extend_commitment(due_on=dt.date(2026, 12, 9), reason="R.", **who)
    Message.objects.exclude(kind=ESCALATION_LIST).delete()

    assert delivered(nine(12, 8)) == []


def test_mail_about_a_step_names_the_move_and_both_sides(world):
    promised(world)

    letters = {address: subject for address, subject, _body in delivered(later(0, hour=11))}

    assert letters == {
        world.imam.email: "Promise between Masjid An-Noor and Millbrook West team: Agreed"
    }
