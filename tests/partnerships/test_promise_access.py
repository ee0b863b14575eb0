import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from partnerships.models import Commitment
from tests.factories import EVERYBODY, make_person
from tests.factories.world import TOTP_KEY
from tests.partnerships.promise_kit import (
    claimed,
    page,
    promised,
    theirs,
)
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def fresh(user):
    """Roles come with the user once a request."""
    return type(user).objects.get(pk=user.pk)


# --- Who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize("person", EVERYBODY)
def test_promises_are_visible_exactly_when_permitted(world, person):
    kinds = [{}, {"partnership": world.other_partnership}, {"partnership": world.far_partnership}]
    rows = [promised(world, **kind) for kind in kinds] + [
        promised(world, partnership=world.umbrella_partnership),
        promised(world, owner=world.far_sergeant.contact),
    ]
    late = promised(world)
    Commitment.objects.filter(pk=late.pk).update(escalated_to="commander")
    user = fresh(getattr(world, person))

    visible = set(Commitment.objects.visible_to(user))

    loaded = Commitment.objects.for_detail().filter(pk__in=[row.pk for row in [*rows, late]])
    permitted = {row for row in loaded if user.has_perm("partnerships.view_commitment", row)}
    assert visible == permitted


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sergeant", 200),
        ("officer", 200),
        ("inspector", 200),
        ("coordinator", 200),
        ("imam", 200),
        ("member", 200),
        ("commander", 404),
        ("far_sergeant", 404),
        ("other_imam", 404),
        ("far_imam", 404),
        ("umbrella_lead", 404),
        ("stranger", 404),
    ],
)
def test_promise_page_is_for_the_two_sides(client, world, person, status):
    promise = promised(world)

    assert page(client, getattr(world, person), "promise-detail", promise.ref).status_code == status


def test_promise_page_opens_to_the_commander_once_it_climbed_so_far(client, world):
    promise = promised(world)
    Commitment.objects.filter(pk=promise.pk).update(escalated_to="commander")

    for name in ("promise-detail", "promise-hand-over", "promise-extend", "promise-rang"):
        assert page(client, world.commander, name, promise.ref).status_code == 200
    assert page(client, world.commander, "promise-keep", promise.ref).status_code == 403


def test_promises_need_somebody_with_a_role(client, world):
    assert page(client, world.stranger, "promise-list").status_code == 403
    client.logout()
    assert client.get(reverse("partnerships:promise-list")).status_code == 302


# --- Who may do what ----------------------------------------------------------------------------

OWN = {"sergeant", "officer", "inspector"}
MOSQUE = {"imam", "member"}
MAY = {  # of a police promise to Masjid An-Noor whose owner is the sergeant
    "promise-agree": OWN,
    "promise-decline": OWN,
    "promise-claim": OWN,
    "promise-extend": OWN,
    "promise-rang": OWN | MOSQUE,
    "promise-hand-over": {"sergeant", "inspector", "coordinator"},
    "promise-could-not": {"sergeant", "inspector"},
    "promise-keep": MOSQUE,
    "promise-reopen": MOSQUE,
    "promise-release": MOSQUE,
    "promise-withdraw": OWN,
}


@pytest.mark.parametrize("name", list(MAY))
def test_each_move_is_for_the_side_whose_it_is(client, world, name):
    promise = promised(world)

    allowed = {
        person
        for person in EVERYBODY
        if page(client, getattr(world, person), name, promise.ref).status_code == 200
    }

    assert allowed == MAY[name]


@pytest.mark.parametrize("name", ["promise-keep", "promise-reopen", "promise-release"])
def test_owner_cannot_confirm_its_own_promise(client, world, name):
    promise = claimed(world)
    mosques = theirs(world)

    assert page(client, world.sergeant, name, promise.ref).status_code == 403
    assert page(client, world.imam, name, mosques.ref).status_code == 403
    assert page(client, world.sergeant, name, mosques.ref).status_code == 200


def test_somebody_on_both_sides_cannot_confirm_either(client, world):
    promise = claimed(world)
    both = make_person(world.mosque, "mosque_member")
    with as_owner():
        TOTP.activate(both, TOTP_KEY)
        both.contact.holdings.create(
            institution=world.team, access_role="officer", held_from=dt.date(2025, 1, 1)
        )

    assert page(client, fresh(both), "promise-keep", promise.ref).status_code == 403


def test_removing_a_late_promise_that_came_to_the_sergeant_needs_one(client, world):
    promise = promised(world, owner=world.officer.contact)
    Commitment.objects.filter(pk=promise.pk).update(escalated_to="sergeant")

    status = {
        who: page(client, getattr(world, who), "promise-withdraw", promise.ref).status_code
        for who in ("officer", "sergeant", "inspector", "imam")
    }

    assert status == {"officer": 403, "sergeant": 200, "inspector": 200, "imam": 403}


def test_third_new_day_needs_a_sergeant_or_a_lead(client, world):
    promise, mosques = promised(world, owner=world.officer.contact), theirs(world)
    Commitment.objects.update(extensions=2)

    status = {
        (person, row.pk): page(client, getattr(world, person), "promise-extend", row.ref)
        for row, people in ((promise, ("officer", "sergeant")), (mosques, ("member", "imam")))
        for person in people
    }

    assert [response.status_code for response in status.values()] == [403, 200, 403, 200]
    body = page(client, world.officer, "promise-detail", promise.ref).content.decode()
    assert "A third needs a sergeant." in body


def test_member_hands_over_only_what_is_theirs_or_nobodys(client, world):
    of_the_imam = theirs(world, owner=world.imam.contact)
    of_nobody = theirs(world)

    assert page(client, world.member, "promise-hand-over", of_the_imam.ref).status_code == 403
    assert page(client, world.member, "promise-hand-over", of_nobody.ref).status_code == 200


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sergeant", 200),
        ("officer", 200),
        ("imam", 200),
        ("member", 200),
        ("coordinator", 403),
        ("commander", 404),
        ("other_imam", 404),
        ("far_sergeant", 404),
        ("stranger", 404),
    ],
)
def test_promise_create_page_is_for_the_two_sides(client, world, person, status):
    ref = world.partnership.ref

    assert page(client, getattr(world, person), "promise-create", ref).status_code == status
