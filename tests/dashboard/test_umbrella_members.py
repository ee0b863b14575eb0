"""An umbrella body speaks for its members; what one did not share it reads in no number."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from config.dashboard.bodies import SpeaksFor, speaks_for
from contacts.models import Membership
from tests.contacts.sharing_kit import again, join_umbrella, let_in
from tests.dashboard.arrange import visit
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 20)
MEMBERS = ("mosque", "other_mosque", "far_mosque")


@pytest.fixture
def body(world):
    """Three members, of which the first shares; the first two were visited this year."""
    for name in MEMBERS:
        join_umbrella(world, getattr(world, name))
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    visit(world.partnership, world.officer, on=dt.date(2026, 3, 2))
    visit(world.partnership, world.officer, on=dt.date(2026, 4, 2))
    visit(world.other_partnership, world.officer, on=dt.date(2026, 5, 2))
    visit(world.other_partnership, world.officer, on=dt.date(2026, 12, 2), state="planned")
    visit(world.far_partnership, world.far_sergeant, on=dt.date(2025, 12, 31))
    return world


def test_the_body_counts_what_its_members_share_and_police_count_what_they_read(body):
    assert speaks_for(body.umbrella, again(body.umbrella_lead), on=ON) == SpeaksFor(3, 1, 1, 2026)
    assert speaks_for(body.umbrella, again(body.coordinator), on=ON) == SpeaksFor(3, 3, 2, 2026)


def test_once_all_share_the_body_counts_all(body):
    for name, lead in (("other_mosque", "other_imam"), ("far_mosque", "far_imam")):
        place, by = getattr(body, name), getattr(body, lead)
        let_in(place, body.umbrella, by, kind="umbrella", until=None)

    assert speaks_for(body.umbrella, again(body.umbrella_lead), on=ON) == SpeaksFor(3, 3, 2, 2026)


def test_who_has_left_is_no_member_any_more(body):
    with as_owner():
        Membership.objects.filter(member=body.far_mosque).update(member_until=ON)

    assert speaks_for(body.umbrella, again(body.coordinator), on=ON).n == 2
    assert speaks_for(body.umbrella, again(body.coordinator), on=ON - dt.timedelta(1)).n == 3


def open_as(client, body, who, *, name="umbrella-members"):
    with time_machine.travel(dt.datetime.combine(ON, dt.time(12), dt.UTC)):
        client.force_login(again(getattr(body, who)))
        return client.get(reverse(name, args=[body.umbrella.ref]))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("umbrella_lead", "Of the 1 whose visits you may read, visited in 2026: 1."),
        ("coordinator", "2 of them were visited in 2026."),
    ],
)
def test_the_page_of_both_sides_says_for_how_many_it_speaks(client, body, who, words):
    with as_owner():
        Membership.objects.filter(member=body.mosque).update(role="chair")

    page = open_as(client, body, who).content.decode()
    own = open_as(client, body, who, name="institution-detail").content.decode()

    for shown in (page, own):
        assert "Speaks for 3 members." in shown
        assert words in shown
    assert all(getattr(body, name).name in page for name in MEMBERS)
    assert "Member, in the chair" in page


@pytest.mark.parametrize("who", ["imam", "other_imam", "sergeant", "far_sergeant", "stranger"])
def test_nobody_else_reads_who_the_members_are(client, body, who):
    assert open_as(client, body, who).status_code == 404


def test_members_are_in_pages_and_counted_by_the_same_queries(client, body):
    assert open_as(client, body, "imam", name="institution-detail").status_code == 404
    page = open_as(client, body, "coordinator")

    assert page.context["page"].count == 3
