"""Who may see a request, and who may make which move; a denial for every permission."""

import pytest

from events.models import EngagementRequest
from events.rules.requests import acting_side
from tests.events.requests_kit import AT, IN_STATE, submit
from tests.factories import EVERYBODY

MOSQUE = {"imam", "member"}
TEAM = {"sergeant", "officer", "inspector"}
SENIOR = {"sergeant", "inspector"}

# Of a request that the mosque raised.
MAY = {
    "acknowledge_request": TEAM,
    "accept_request": TEAM | MOSQUE,
    "counter_request": SENIOR | MOSQUE,
    "log_call": TEAM | MOSQUE,
    "redirect_request": SENIOR,
    "ask_to_decline": SENIOR,
    "approve_decline": {"inspector"},
    "refuse_decline": {"inspector"},
    "decline_request": set(),
    "withdraw_request": MOSQUE,
    "schedule_request": TEAM | MOSQUE,
    "reassign_request": TEAM,
    "use_recourse": MOSQUE,
    "answer_recourse": {"inspector"},
    "view_request": TEAM | MOSQUE | {"coordinator"},
}
# Of a request that police raised, where that differs.
TURNED = {
    "acknowledge_request": MOSQUE,
    "redirect_request": set(),
    "ask_to_decline": set(),
    "decline_request": MOSQUE,
    "withdraw_request": TEAM,
}


def detailed(request):
    return EngagementRequest.objects.for_detail().get(pk=request.pk)


def allowed(world, perm, request):
    return {who for who in EVERYBODY if getattr(world, who).has_perm(f"events.{perm}", request)}


def test_request_moves_are_for_whom_they_are_meant(world):
    request = detailed(submit(world))

    assert {perm: allowed(world, perm, request) for perm in MAY} == MAY


@pytest.mark.parametrize("urgency", ["within_2_weeks", "this_week"])
def test_what_is_urgent_is_accepted_by_a_sergeant_or_above(world, urgency):
    request = detailed(submit(world, urgency=urgency))

    assert allowed(world, "accept_request", request) == SENIOR | MOSQUE


def test_request_moves_turn_round_for_what_police_ask(world):
    request = detailed(submit(world, side="police", by=world.officer))

    assert {perm: allowed(world, perm, request) for perm in MAY} == MAY | TURNED


@pytest.mark.parametrize("state", ["submitted", "redirected", "decline_asked"])
def test_requests_are_visible_exactly_when_permitted(world, state):
    request = detailed(IN_STATE[state](world))
    visible = {
        who
        for who in EVERYBODY
        if EngagementRequest.objects.visible_to(getattr(world, who)).contains(request)
    }

    permitted = allowed(world, "view_request", request)
    receivers = {"far_sergeant"} if state == "redirected" else set()
    assert visible == permitted == MAY["view_request"] | receivers


def test_requests_come_into_sight_of_the_commander_with_recourse(world):
    request = submit(world)
    EngagementRequest.objects.update(recourse="with_commander", recourse_at=AT)
    request = detailed(request)

    assert EngagementRequest.objects.visible_to(world.commander).contains(request)
    for perm in ("view_request", "answer_recourse"):
        assert world.commander.has_perm(f"events.{perm}", request)
    assert not world.commander.has_perm("events.approve_decline", request)


def test_requests_of_the_umbrella_body_stand_between_it_and_the_command(world):
    request = detailed(
        submit(world, partnership=world.umbrella_partnership, by=world.umbrella_lead)
    )

    assert allowed(world, "view_request", request) == {"commander", "coordinator", "umbrella_lead"}
    assert allowed(world, "acknowledge_request", request) == {"commander"}
    assert allowed(world, "approve_decline", request) == {"commander"}


def test_acting_side_is_none_for_readers(world):
    sides = {who: acting_side(getattr(world, who), world.partnership) for who in EVERYBODY}

    assert {who for who, side in sides.items() if side == "institution"} == MOSQUE
    assert {who for who, side in sides.items() if side == "police"} == TEAM


def test_submitting_and_capturing_are_for_those_who_act(world):
    asks = {who for who in EVERYBODY if getattr(world, who).has_perm("events.submit_request")}
    captures = {who for who in EVERYBODY if getattr(world, who).has_perm("events.capture_request")}

    assert asks == set(EVERYBODY) - {"coordinator", "stranger"}
    assert captures == TEAM | {"far_sergeant"}
