"""Whoever asked hears of everything that comes of it, also where others answer for the mosque."""

import datetime as dt

import pytest

from config.outbox.models import Message
from contacts.models import RoleHolding
from events import addressees
from events.actions.plans import cancel_visit, move_visit
from events.actions.recourse import answer_recourse, climb_recourse, use_recourse
from events.actions.requests import reassign_request
from tests.events.requests_kit import (
    AT,
    HOUR,
    SLOT,
    acknowledged,
    cancelled_by_police,
    scheduled,
    submit,
)
from tests.roles import as_owner

ON = dt.date(2026, 3, 2)
LATE = AT + 72 * HOUR


def user(person):
    return ("user", str(person.pk))


def told(kind, **filters):
    """Return whom mail of a kind waits for, each as often as it waits."""
    rows = Message.objects.filter(kind=f"events.{kind}", state="pending", **filters)
    return list(rows.values_list("recipient_kind", "recipient_id"))


def told_of(request, move):
    step = request.steps.get(move=move)
    return told("request_moved", context__step=step.pk)


def leave(person):
    with as_owner():
        RoleHolding.objects.filter(contact=person.contact).update(held_until=ON)


def test_visit_planned_moved_and_cancelled_is_told_to_whoever_asked(world):
    visit = scheduled(world, by=world.member).engagements.get()
    who = {"side": "police", "by": world.officer, "at": AT + HOUR}
    assert told("visit_planned").count(user(world.member)) == 1

    move_visit(engagement=visit, **SLOT._replace(on=dt.date(2026, 3, 11))._asdict(), **who)
    assert told("visit_moved").count(user(world.member)) == 1
    cancel_visit(engagement=visit, reason="operational", **who)
    assert told("visit_cancelled").count(user(world.member)) == 1


def test_visit_planned_reaches_a_lead_who_asked_once(world):
    scheduled(world)

    assert told("visit_planned").count(user(world.imam)) == 1


def test_visit_planned_is_not_told_to_a_member_who_asked_for_nothing(world):
    scheduled(world)

    assert user(world.member) not in told("visit_planned")


def test_recourse_tells_whoever_asked_what_it_brought(world):
    request = use_recourse(request=submit(world, by=world.member), by=world.imam, at=LATE)

    climb_recourse(at=LATE + 24 * HOUR)
    answer_recourse(request=request, words="Seen.", by=world.commander, at=LATE + 25 * HOUR)

    for move in ("to_commander", "recourse_answered"):
        assert {user(world.member), user(world.imam)} <= set(told_of(request, move))
        assert len(told_of(request, move)) == len(set(told_of(request, move)))


def test_reassign_request_tells_whoever_asked(world):
    request = acknowledged(world, by=world.member)

    reassign_request(request=request, officer=world.sergeant.contact, by=world.sergeant, at=AT)

    assert {user(world.member), user(world.imam)} <= set(told_of(request, "reassigned"))


def test_request_cancelled_by_police_owes_the_new_date_to_whoever_asked(world):
    cancelled_by_police(world, by=world.member)

    assert set(told("request_missed")) == {user(world.member), user(world.imam)}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_request_of_somebody_who_left_is_told_to_those_who_answer(world, elsewhere):
    request = submit(world, by=world.member)
    leave(world.member)
    if elsewhere:
        with as_owner():
            RoleHolding.objects.create(
                contact=world.member.contact,
                institution=world.other_mosque,
                access_role="mosque_lead",
                held_from=ON,
            )

    assert addressees.requester(request, on=ON) == addressees.to_people([world.imam.contact])
