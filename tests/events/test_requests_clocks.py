"""The clocks of a request: what is due when, whom it is told, and that a move calls it off."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from config.outbox import kinds
from config.outbox.models import Message
from contacts.models import Deputyship, RoleHolding
from events import clocks
from events.actions.answers import decline_request
from events.actions.declines import approve_decline
from events.models import EngagementRequest
from events.rules.requests import decides_declines
from tests.events.requests_kit import (
    AT,
    HOUR,
    IN_STATE,
    SLOT,
    acknowledged,
    cancelled_by_police,
    decline_asked,
    submit,
)
from tests.roles import as_owner

DAY = dt.timedelta(days=1)
FRIDAY_MORNING = dt.datetime(2026, 3, 6, 8, 0, tzinfo=dt.UTC)  # the first 08:00 after 72 hours


def waiting(kind):
    rows = Message.objects.filter(kind=f"events.{kind}", state="pending").order_by("pk")
    return {(row.recipient_kind, row.recipient_id): row.due_at for row in rows}


def user(person):
    return ("user", str(person.pk))


def deputise(world, *, for_, deputy):
    with as_owner():
        Deputyship.objects.create(
            institution=world.team,
            holding=RoleHolding.objects.get(contact=for_.contact),
            deputy=deputy.contact,
            acts_from=dt.date(2026, 1, 1),  # the database's own clock says who stands where
        )


def test_submit_request_arms_each_letter_once(world):
    submit(world)

    inbox = ("inbox", str(world.team.pk))
    at_48, at_72 = AT + 48 * HOUR, AT + 72 * HOUR
    assert waiting("request_warned") == dict.fromkeys(
        [user(world.sergeant), user(world.officer), inbox], at_48
    )
    assert waiting("request_overdue") == {user(world.inspector): FRIDAY_MORNING}
    assert waiting("request_missed") == {user(world.imam): at_72}
    assert Message.objects.filter(kind="events.request_warned").count() == 3


def test_submit_request_sends_no_letter_at_night(world):
    late = dt.datetime(2026, 3, 2, 23, 0, tzinfo=dt.UTC)

    submit(world, at=late)

    assert set(waiting("request_warned").values()) == {dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC)}
    assert set(waiting("request_overdue").values()) == {dt.datetime(2026, 3, 6, 8, tzinfo=dt.UTC)}


def test_submit_request_by_police_reminds_the_mosque_and_escalates_nothing(world):
    submit(world, side="police", by=world.officer)

    assert waiting("request_warned") == {user(world.imam): AT + 48 * HOUR}
    assert waiting("request_overdue") == {}
    assert waiting("request_missed") == {user(world.officer): AT + 72 * HOUR}


def test_submit_request_warns_the_deputy_beside_the_inspector(world):
    deputise(world, for_=world.inspector, deputy=world.far_sergeant)

    submit(world)

    assert set(waiting("request_overdue")) == {user(world.inspector), user(world.far_sergeant)}


@pytest.mark.parametrize("state", [s for s in EngagementRequest.State.values if s != "submitted"])
def test_request_moves_call_off_the_letters_of_the_state_before(world, state):
    request = IN_STATE[state](world)

    due_at = clocks.due_at(request)
    owed = clocks.is_late(request, at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert waiting("request_warned") == {}
    for kind in ("request_overdue", "request_missed"):
        assert bool(waiting(kind)) == owed
        assert all(at >= due_at for at in waiting(kind).values())


def test_request_letters_are_not_due_once_somebody_answered(world):
    request = submit(world)
    warned = Message.objects.filter(kind="events.request_warned").first()
    late = Message.objects.get(kind="events.request_overdue")
    still = {m.kind: kinds.get(m.kind).still_due(m) for m in (warned, late)}

    EngagementRequest.objects.filter(pk=request.pk).update(state="accepted")

    assert still == {"events.request_warned": True, "events.request_overdue": True}
    assert not kinds.get(warned.kind).still_due(warned)
    assert not kinds.get(late.kind).still_due(late)


@pytest.mark.parametrize(
    ("hours", "late"), [(0, False), (48, False), (71.99, False), (72, True), (100, True)]
)
def test_request_is_late_at_72_hours(world, hours, late):
    request = submit(world)
    at = AT + hours * HOUR

    assert clocks.is_late(request, at=at) == late
    assert EngagementRequest.objects.late(at=at).exists() == late


def test_request_counts_72_real_hours_over_the_spring_change(world):
    friday_evening = dt.datetime(2026, 3, 27, 18, 0, tzinfo=dt.UTC)

    request = submit(world, at=friday_evening, slots=[SLOT._replace(on=dt.date(2026, 4, 7))])

    assert clocks.due_at(request) == dt.datetime(2026, 3, 30, 18, 0, tzinfo=dt.UTC)  # 19:00 here


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02T10:00", "2026-03-10T00:00"),  # Monday: five working days end next Monday
        ("2026-03-06T10:00", "2026-03-14T00:00"),  # Friday
        ("2026-03-07T10:00", "2026-03-14T00:00"),  # Saturday
        ("2026-06-09T23:30", "2026-06-17T23:00"),  # half past midnight, Wednesday 10 June
    ],
)
def test_request_acknowledged_is_due_at_the_end_of_the_fifth_working_day(world, at, until):
    when = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    due = dt.datetime.fromisoformat(until).replace(tzinfo=dt.UTC)
    request = acknowledged(world)
    EngagementRequest.objects.update(state_at=when)
    request.refresh_from_db()

    assert clocks.due_at(request) == due
    for moment, late in ((due - dt.timedelta(seconds=1), False), (due, True)):
        assert clocks.is_late(request, at=moment) == late
        assert EngagementRequest.objects.late(at=moment).exists() == late


def test_request_cancelled_by_police_is_late_after_14_days(world):
    request = cancelled_by_police(world)

    assert clocks.due_at(request) == AT + 14 * DAY
    assert not EngagementRequest.objects.late(at=AT + 14 * DAY - HOUR).exists()
    assert EngagementRequest.objects.late(at=AT + 14 * DAY).exists()
    assert set(waiting("request_missed")) == {user(world.imam)}


def test_request_by_police_is_never_late_on_a_mosque(world):
    request = submit(world, side="police", by=world.officer)

    assert not clocks.is_late(request, at=AT + 30 * DAY)
    assert not EngagementRequest.objects.late(at=AT + 30 * DAY).exists()


def test_escalated_to_lists_what_climbed_to_whom(world):
    request = submit(world)
    late, early = AT + 72 * HOUR, AT + 71 * HOUR
    escalated = EngagementRequest.objects.escalated_to

    assert list(escalated(world.inspector, at=late)) == [request]
    assert not escalated(world.inspector, at=early).exists()
    for person in (world.sergeant, world.commander, world.imam, world.far_sergeant):
        assert not escalated(person, at=late).exists()
    EngagementRequest.objects.update(recourse="with_commander")
    assert list(escalated(world.commander, at=early)) == [request]


def test_escalated_to_brings_wishes_to_decline_to_the_inspector_at_once(world):
    request = decline_asked(world)

    assert list(EngagementRequest.objects.escalated_to(world.inspector, at=AT)) == [request]


def test_approve_decline_can_be_done_by_a_dated_deputy(world):
    request = decline_asked(world)
    deputy = get_user_model().objects.get(pk=world.officer.pk)
    assert not decides_declines(deputy, request)
    deputise(world, for_=world.inspector, deputy=world.officer)
    deputy = get_user_model().objects.get(pk=world.officer.pk)

    assert decides_declines(deputy, request)
    declined = approve_decline(request=request, by=deputy, at=AT)

    assert (declined.state, declined.declined_by) == ("declined", world.officer.contact)


WAITS_FOR = {
    "submitted": {"police"},
    "acknowledged": {"police"},
    "alternative_proposed": {"institution"},
    "decline_asked": {"inspector"},
    "accepted": {"police", "institution", "inspector"},
    "feedback_due": {"police", "institution", "inspector"},
    "cancelled_by_police": {"police"},
}


@pytest.mark.parametrize("state", EngagementRequest.State.values)
def test_waiting_for_says_whose_step_is_next(world, state):
    IN_STATE[state](world)
    waits = EngagementRequest.objects.waiting_for

    sides = {"police": world.sergeant, "institution": world.member, "inspector": world.inspector}
    found = {side for side, person in sides.items() if waits(person).exists()}

    expected = WAITS_FOR.get(state, set())
    assert found == expected | ({"inspector"} if "police" in expected else set())
    assert not waits(world.other_imam).exists()
    assert not waits(world.far_sergeant).exists()


def test_waiting_for_turns_round_for_what_police_ask(world):
    request = submit(world, side="police", by=world.officer)

    assert list(EngagementRequest.objects.waiting_for(world.imam)) == [request]
    assert not EngagementRequest.objects.waiting_for(world.officer).exists()
    decline_request(request=request, by=world.imam, at=AT)
    assert not EngagementRequest.objects.waiting_for(world.imam).exists()
