"""Whoever asked hears of everything that comes of it, also where others answer for the mosque."""

import datetime as dt

import pytest

from config.outbox import kinds
from config.outbox.models import Message
from contacts.models import RoleHolding
from events import addressees
from events.actions.plans import cancel_visit, move_visit
from events.actions.recourse import answer_recourse, climb_recourse, use_recourse
from events.actions.request_clocks import sweep_clocks
from events.actions.requests import reassign_request
from events.models import EngagementRequest
from partnerships.models import LeadAssignment
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


def test_submit_request_tells_named_officer_cover_and_sergeant(world):
    with as_owner():
        LeadAssignment.objects.filter(officer=world.sergeant.contact).delete()

    submit(world)

    inbox = ("inbox", str(world.team.pk))
    assert sorted(told("request_submitted")) == sorted(
        [user(world.officer), user(world.sergeant), inbox]
    )


def test_submit_request_by_police_is_no_news_to_the_sergeant(world):
    submit(world, side="police", by=world.officer)

    assert told("request_submitted") == [user(world.imam)]


# --- Who comes and goes while a clock runs ------------------------------------------------------


def join(person, access_role, institution):
    with as_owner():
        RoleHolding.objects.create(
            contact=person.contact, institution=institution, access_role=access_role, held_from=ON
        )


def still_due(kind, person):
    row = Message.objects.get(kind=f"events.{kind}", recipient_id=person.pk)
    return kinds.get(row.kind).still_due(row)


def test_sweep_clocks_follows_people_who_come_and_go(world):
    submit(world)
    leave(world.inspector)
    leave(world.officer)
    join(world.far_sergeant, "inspector", world.team)
    join(world.member, "mosque_lead", world.mosque)

    assert sweep_clocks(at=AT + 15 * HOUR) == 1

    assert told("request_overdue") == [user(world.far_sergeant)]
    assert user(world.officer) not in told("request_warned")
    assert told("request_missed") == [user(world.imam)]


def test_sweep_clocks_changes_nothing_where_nobody_moved(world):
    submit(world)
    cancelled_by_police(world)
    before = list(Message.objects.order_by("key").values())

    for nights in range(3):
        sweep_clocks(at=AT + (15 + 24 * nights) * HOUR)

    assert list(Message.objects.order_by("key").values()) == before


def test_sweep_clocks_leaves_what_is_due_already(world):
    submit(world, at=AT.replace(hour=0))  # late at midnight on Thursday; told at 08:00
    Message.objects.filter(kind="events.request_missed").update(due_at=LATE.replace(hour=0))
    leave(world.inspector)

    sweep_clocks(at=LATE.replace(hour=2))

    assert told("request_missed") == [user(world.imam)]
    assert told("request_overdue") == [user(world.commander)]


def test_sweep_clocks_looks_at_no_request_whose_clock_ran_out_long_ago(world):
    submit(world)

    assert sweep_clocks(at=AT + dt.timedelta(days=60)) == 0


def test_clock_letters_are_not_due_to_somebody_who_left(world):
    submit(world)
    assert still_due("request_overdue", world.inspector)
    for person in (world.inspector, world.officer):
        leave(person)

    assert not still_due("request_overdue", world.inspector)
    assert not still_due("request_warned", world.officer)
    assert still_due("request_warned", world.sergeant)


def test_clock_letters_are_not_due_to_an_inspector_of_elsewhere(world):
    submit(world)
    leave(world.inspector)
    join(world.inspector, "inspector", world.other_team)

    assert not still_due("request_overdue", world.inspector)


def test_request_overdue_reaches_the_commander_where_there_is_no_inspector(world):
    leave(world.inspector)
    request = submit(world)

    assert still_due("request_overdue", world.commander)
    row = Message.objects.get(kind="events.request_overdue")
    assert request.reference in kinds.get(row.kind).render(row).text


def test_request_missed_owns_up_to_a_new_date_that_police_never_gave(world):
    request = cancelled_by_police(world)
    EngagementRequest.objects.filter(pk=request.pk).update(raised_side="police")

    rows = Message.objects.filter(kind="events.request_missed", state="pending")
    row = rows.get(recipient_id=world.imam.pk)
    text = kinds.get(row.kind).render(row).text

    assert "You were owed an answer." in text
    assert "has not answered" not in text
