"""Every state of a request against every move: what the table does not have is declined."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from contacts.models import PolicingArea
from events import clocks
from events.actions.answers import (
    RingInstead,
    accept_request,
    acknowledge_request,
    counter_request,
    decline_request,
    log_call,
    redirect_request,
)
from events.actions.declines import approve_decline, ask_to_decline, refuse_decline
from events.actions.feedback import close_feedback
from events.actions.request_states import (
    NotNow,
    request_held,
    request_not_held,
    request_unscheduled,
)
from events.actions.requests import schedule_request, withdraw_request
from events.models import EngagementRequest, RequestStep
from tests.events.requests_kit import (
    AT,
    HOUR,
    IN_STATE,
    SLOT,
    acknowledged,
    countered,
    decline_asked,
    submit,
)
from tests.factories import make_institution
from tests.roles import as_owner

LATER = AT + HOUR
WORDS = "We spoke about it."
MOVES = EngagementRequest.MOVES
LONG_AFTER = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def acknowledge(request, world):
    acknowledge_request(request=request, words=WORDS, side="police", by=world.sergeant, at=LATER)


def accept(request, world):
    """By the side whose turn it is."""
    mosque = request.state == "alternative_proposed"
    accept_request(
        request=request,
        side="institution" if mosque else "police",
        attending=None if mosque else world.officer.contact,
        by=world.imam if mosque else world.officer,
        at=LATER,
    )


def propose(request, world):
    counter_request(request=request, words=WORDS, side="police", by=world.sergeant, at=LATER)


def propose_back(request, world):
    counter_request(request=request, words=WORDS, side="institution", by=world.imam, at=LATER)


def redirect(request, world):
    redirect_request(
        request=request,
        unit=world.other_team,
        warm_handover=False,
        words=WORDS,
        by=world.sergeant,
        at=LATER,
    )


def ask_decline(request, world):
    ask_to_decline(
        request=request,
        reason="other",
        words=WORDS,
        other_route=WORDS,
        by=world.sergeant,
        at=LATER,
    )


def approve(request, world):
    approve_decline(request=request, by=world.inspector, at=LATER)


def refuse(request, world):
    refuse_decline(request=request, words=WORDS, by=world.inspector, at=LATER)


def withdraw(request, world):
    withdraw_request(request=request, side="institution", by=world.imam, at=LATER)


def schedule(request, world):
    schedule_request(request=request, **SLOT._asdict(), side="institution", by=world.imam, at=LATER)


def be_held(request, world):
    request_held(request=request, by=world.officer, at=LATER)


def be_not_held(request, world):
    request_not_held(request=request, by=world.officer, at=LATER)


def be_cancelled(request, world):
    request_unscheduled(request=request, side="police", by=world.officer, at=LATER)


def close(request, world):
    if not close_feedback(at=LONG_AFTER):
        raise NotNow("Nothing to close")


# Each move, and the states from which it may be made with the state it leads to.
LEADS_TO = {
    acknowledge: {"submitted": "acknowledged"},
    accept: {
        "submitted": "accepted",  # acknowledges it on the way
        "acknowledged": "accepted",
        "alternative_proposed": "accepted",
    },
    propose: {"acknowledged": "alternative_proposed"},
    propose_back: {"alternative_proposed": "acknowledged"},
    redirect: {"acknowledged": "redirected"},
    ask_decline: {"acknowledged": "decline_asked"},
    approve: {"decline_asked": "declined"},
    refuse: {"decline_asked": "acknowledged"},
    withdraw: {state: "withdrawn" for state in MOVES if "withdrawn" in MOVES[state]},
    schedule: {"accepted": "scheduled", "cancelled_by_police": "scheduled"},
    be_held: {"scheduled": "feedback_due"},
    be_not_held: {"feedback_due": "closed"},
    be_cancelled: {"scheduled": "cancelled_by_police"},
    close: {"feedback_due": "closed"},
}


@pytest.mark.parametrize("state", EngagementRequest.State.values)
def test_request_moves_are_those_of_the_table(world, state):
    request = IN_STATE[state](world)
    assert request.state == state
    steps = request.steps.count()

    for make, leads in LEADS_TO.items():
        with transaction.atomic():  # each move from the same state
            reached, written = attempt(make, request, world)
            transaction.set_rollback(True)

        assert reached == leads.get(state, state), make.__name__
        assert (written > steps) == (state in leads), make.__name__
        request.refresh_from_db()


def attempt(make, request, world):
    """Return the state that a move leads to and how many steps there are then."""
    with suppress(NotNow):
        make(request, world)
    request.refresh_from_db()
    return request.state, request.steps.count()


def test_request_moves_of_the_table_are_all_made_by_some_action():
    made = {(state, to) for leads in LEADS_TO.values() for state, to in leads.items()}
    made.add(("acknowledged", "declined"))  # a mosque's no: test_decline_request_…

    in_table = {(state.value, to.value) for state, targets in MOVES.items() for to in targets}
    assert in_table == made - {("submitted", "accepted")}


def test_acknowledge_request_names_the_person_and_stops_the_clock(world):
    request = acknowledged(world)

    assert request.acknowledged_by == world.officer.contact
    assert request.acknowledged_at == AT
    assert request.steps.latest("pk").words == "Thank you, I have read it."


@pytest.mark.parametrize("words", ["", "  \n "])
def test_acknowledge_request_needs_words(world, words):
    with pytest.raises(ValidationError) as caught:
        acknowledge_request(
            request=submit(world), words=words, side="police", by=world.officer, at=AT
        )
    assert list(caught.value.message_dict) == ["words"]


def test_acknowledge_request_is_not_for_the_side_that_asked(world):
    with pytest.raises(NotNow, match="other side"):
        acknowledge_request(
            request=submit(world), words=WORDS, side="institution", by=world.imam, at=AT
        )


def test_accept_request_by_police_names_the_officer(world):
    with pytest.raises(ValidationError) as caught:
        accept_request(request=acknowledged(world), side="police", by=world.officer, at=AT)
    assert list(caught.value.message_dict) == ["attending"]


def test_accept_request_of_what_nobody_read_yet_acknowledges_it(world):
    request = submit(world)

    accept(request, world)

    request.refresh_from_db()
    assert request.acknowledged_by == world.officer.contact
    moves = list(request.steps.order_by("pk").values_list("move", flat=True))
    assert moves == ["submitted", "acknowledged", "accepted"]


@pytest.mark.parametrize("state", ["submitted", "acknowledged"])
def test_accept_request_is_not_for_the_side_that_asked(world, state):
    with pytest.raises(NotNow):
        accept_request(request=IN_STATE[state](world), side="institution", by=world.imam, at=AT)


def test_counter_request_is_possible_once_each_way_then_one_rings(world):
    request = countered(world)
    propose_back(request, world)

    with pytest.raises(RingInstead, match="ring"):
        propose(request, world)
    log_call(request=request, words=WORDS, side="police", by=world.sergeant, at=LATER)
    accept_request(request=request, side="institution", by=world.imam, at=LATER)

    request.refresh_from_db()
    assert request.state == "accepted"
    assert [(s.side, s.round) for s in request.slots.order_by("pk")] == [
        ("institution", 0),
        ("police", 1),
    ]


def test_log_call_lets_police_decline_or_accept_as_before(world):
    request = countered(world)
    log_call(request=request, words=WORDS, side="institution", by=world.imam, at=LATER)

    accept_request(
        request=request, side="police", attending=world.officer.contact, by=world.officer, at=LATER
    )

    request.refresh_from_db()
    assert request.state == "accepted"


@pytest.mark.parametrize("side", ["institution", "police"])
def test_log_call_lets_police_note_that_they_rang_before_anybody_acknowledged(world, side):
    raised_by = {"side": side, "by": world.imam if side == "institution" else world.officer}
    request = submit(world, **raised_by)

    log_call(request=request, words=WORDS, side="police", by=world.sergeant, at=LATER)

    request.refresh_from_db()
    assert (request.state, request.acknowledged_at) == ("submitted", None)
    assert request.steps.get(move="rang").by == world.sergeant.contact
    assert clocks.is_late(request, at=AT + 72 * HOUR) == (side == "institution")


def test_log_call_before_anybody_acknowledged_lets_whoever_asked_accept_nothing(world):
    request = submit(world)
    log_call(request=request, words=WORDS, side="police", by=world.sergeant, at=LATER)

    with pytest.raises(NotNow):
        accept_request(request=request, side="institution", by=world.imam, at=LATER)


def test_log_call_before_anybody_acknowledged_is_not_for_the_mosque(world):
    with pytest.raises(NotNow):
        log_call(request=submit(world), words=WORDS, side="institution", by=world.imam, at=AT)


@pytest.mark.parametrize("state", ["accepted", "declined", "closed"])
def test_log_call_is_for_requests_that_look_for_an_answer(world, state):
    with pytest.raises(NotNow):
        log_call(
            request=IN_STATE[state](world), words=WORDS, side="police", by=world.officer, at=AT
        )


def test_redirect_request_passes_it_on_and_says_whether_somebody_spoke(world):
    request = IN_STATE["redirected"](world)

    assert (request.redirected_to, request.warm_handover) == (world.other_team, True)
    visible = EngagementRequest.objects.visible_to(world.far_sergeant)
    assert list(visible) == [request]


def test_redirect_request_never_reaches_counter_terrorism_uninvited(world):
    world.other_team.unit_function = "counter_terrorism"

    with pytest.raises(ValidationError, match="unless the mosque invites it"):
        redirect(acknowledged(world), world)


@pytest.mark.parametrize("unit", ["mosque", "team", "closed_team", "team_of_another_force"])
def test_redirect_request_stays_with_the_units_that_the_force_has(world, unit):
    with as_owner():
        area = PolicingArea.objects.create(
            level="force", name="Southshire Police", valid_from=dt.date(2024, 1, 1)
        )
    world.closed_team = make_institution(
        "police_team", "Old team", world.neighbourhood, ended_on=AT.date()
    )
    world.team_of_another_force = make_institution("police_team", "Southshire team", area)
    world.other_team = getattr(world, unit)

    with pytest.raises(ValidationError, match="of the force"):
        redirect(acknowledged(world), world)


def test_decline_request_by_a_mosque_needs_no_reason_and_nobody_else(world):
    request = submit(world, side="police", by=world.officer)

    declined = decline_request(request=request, by=world.imam, at=LATER)

    assert (declined.state, declined.decline_reason) == ("declined", "")
    assert declined.declined_by == world.imam.contact


def test_decline_request_is_not_a_way_round_the_inspector(world):
    with pytest.raises(NotNow):
        decline_request(request=acknowledged(world), by=world.sergeant, at=LATER)


def test_approve_decline_takes_somebody_else_than_who_asked(world):
    request = decline_asked(world)

    with pytest.raises(ValidationError, match="somebody else decides"):
        approve_decline(request=request, by=world.sergeant, at=LATER)


def test_ask_to_decline_says_why_and_what_else_is_possible(world):
    request = decline_asked(world)

    step = request.steps.get(move=RequestStep.Move.DECLINE_ASKED)
    assert step.words == "Nobody is free to do it well.\n\nThe council's road team does this."
    assert request.decline_reason == "no_capacity"


def test_refuse_decline_takes_the_reason_back(world):
    request = decline_asked(world)

    refuse(request, world)

    request.refresh_from_db()
    assert (request.state, request.decline_reason) == ("acknowledged", "")
