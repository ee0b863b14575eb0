"""Concerns as pages: what both sides read, and who may do what where they stand."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from contacts.models import RoleType, Signpost, Topic
from partnerships.actions import concern_answers as answers
from partnerships.models import Concern, ConcernStep
from tests.contacts.sharing_kit import again as fresh
from tests.factories import make_person
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT, DAY, IN_STATE
from tests.roles import as_owner
from tests.support.counting import asks

WORRY = kit.WORRY["worry"]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def open_as(client, user, concern):
    client.force_login(user)
    return client.get(concern.get_absolute_url())


def asked(**more):
    return {
        "topic": Topic.objects.get(code="road_safety").pk,
        "about": "policy",
        "worry": WORRY,
        "urgency": "routine",
        "choice": "answer",
        "may_see": "sides",
    } | more


@pytest.mark.parametrize("state", IN_STATE)
@pytest.mark.parametrize("who", ["imam", "member", "officer", "coordinator"])
def test_both_sides_read_the_same_words_in_every_state(world, client, state, who):
    page = open_as(client, getattr(world, who), IN_STATE[state](world))

    assert page.status_code == 200
    assert WORRY in page.content.decode()


@pytest.mark.parametrize(
    "who", ["other_imam", "far_imam", "far_sergeant", "commander", "umbrella_lead", "stranger"]
)
def test_nobody_else_learns_that_it_is_there(world, client, who):
    assert open_as(client, getattr(world, who), kit.raised(world)).status_code == 404


@pytest.mark.parametrize("making", ["with_commander", "with_panel", "viewed"])
def test_a_commander_reads_what_came_up_to_them(world, client, making):
    page = open_as(client, world.commander, getattr(kit, making)(world))

    assert page.status_code == 200
    assert WORRY in page.content.decode()


def test_the_level_and_the_day_are_shown_to_the_mosque(world, client):
    page = open_as(client, world.imam, kit.escalated(world)).content.decode()

    assert "Level 1: inspector" in page
    assert "16 March 2026" in page


def test_what_an_officer_wrote_down_says_so_to_the_mosque(world, client):
    concern = kit.raised(
        world, by=world.officer, channel="in_person", raised_by=world.member.contact
    )
    page = open_as(client, world.imam, concern).content.decode()

    assert "In person, written down by" in page
    assert "Ben Carver" in page
    assert WORRY in page


def test_raise_page_raises_it_and_names_the_clock(world, client):
    client.force_login(world.imam)
    url = reverse("partnerships:concern-raise", args=[world.partnership.ref])
    page = client.get(url).content.decode()
    assert "72 hours" in page
    assert "Both sides can read this" in page

    response = client.post(url, asked(choice="complaint"))

    concern = Concern.objects.get()
    assert response.url == concern.get_absolute_url()
    assert (concern.choice, concern.institution) == ("complaint", world.mosque)


def test_raise_page_warns_of_what_points_to_a_person_and_keeps_what_was_typed(world, client):
    client.force_login(world.imam)
    url = reverse("partnerships:concern-raise", args=[world.partnership.ref])
    typed = "Ring 07700 900123 about the car AB12 CDE."

    response = client.post(url, asked(worry=typed))

    assert response.status_code == 200
    assert not Concern.objects.exists()
    assert typed in response.content.decode()
    assert response.context["form"].guard_found
    assert client.post(url, asked(worry=typed, guard_seen="on")).status_code == 302


def test_raise_page_says_beside_the_field_what_is_missing(world, client):
    client.force_login(world.imam)
    url = reverse("partnerships:concern-raise", args=[world.partnership.ref])

    response = client.post(url, asked(worry="", topic=""))

    assert {"worry", "topic"} <= response.context["form"].errors.keys()


def test_record_page_keeps_who_told_whom_and_how(world, client):
    client.force_login(world.officer)
    url = reverse("partnerships:concern-record", args=[world.partnership.ref])
    role = RoleType.objects.get(code="imam")

    client.post(url, asked(channel="in_person", asked_role=role.pk))

    concern = Concern.objects.get()
    assert (concern.channel, concern.asked_role) == ("in_person", role)
    assert (concern.recorded_by, concern.raised_by) == (world.officer.contact, None)


def test_an_umbrella_is_offered_to_speak_for_a_member_and_a_mosque_is_not(world, client):
    for user, partnership, offered in (
        (world.umbrella_lead, world.umbrella_partnership, True),
        (world.imam, world.partnership, False),
    ):
        client.force_login(user)
        url = reverse("partnerships:concern-raise", args=[partnership.ref])
        assert ("for_unnamed_member" in client.get(url).context["form"].fields) is offered


def signpost(code, verified_on):
    with as_owner():
        return Signpost.objects.create(
            code=code,
            labels={"en": f"Signpost {code}"},
            what_for={"en": "Somewhere else"},
            phone="101",
            url="https://example.org",
            verified_on=verified_on,
        )


def test_signposts_are_shown_for_half_a_year_after_somebody_checked_them(world, client):
    signpost("fresh", AT.date() - dt.timedelta(days=182))
    signpost("stale", AT.date() - dt.timedelta(days=184))
    signpost("unchecked", None)
    page = open_as(client, world.imam, kit.raised(world)).content.decode()

    assert "Signpost fresh" in page
    assert "Signpost stale" not in page
    assert "Signpost unchecked" not in page


def test_a_closed_concern_asks_after_four_weeks_and_one_click_answers(world, client):
    concern = kit.closed(world)
    with time_machine.travel(AT + 28 * DAY, tick=False):
        client.force_login(world.imam)
        url = reverse("partnerships:concern-settled", args=[concern.ref])
        assert client.get(url).status_code == 200
        assert kit.again(concern).settled == ""
        response = client.post(url, {"is_settled": "no"})

    again = Concern.objects.get(follows=concern)
    assert response.url == again.get_absolute_url()
    page = open_as(client, world.imam, again).content.decode()
    assert concern.reference in page


def test_what_a_mosque_wrote_is_escaped(world, client):
    concern = kit.raised(world, parts={"worry": "<b>bold</b>", "would_help": ""})
    page = open_as(client, world.officer, concern).content.decode()

    assert "<b>bold</b>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


# --- Ranks ---------------------------------------------------------------------------------------
RANKS = {
    "challenged": ("partnerships.take_up_concern", {"inspector"}),
    "escalated": ("partnerships.work_on_concern", {"inspector"}),
    "with_commander": ("partnerships.work_on_concern", {"commander"}),
    "stated": ("partnerships.close_concern_not_agreed", {"coordinator"}),
    "answered": ("partnerships.accept_concern_answer", {"imam", "member"}),
    "proposed": ("partnerships.approve_concern_closing", {"imam", "member"}),
}


@pytest.mark.parametrize("making", RANKS)
def test_each_level_is_for_the_rank_that_it_obliges(world, making):
    perm, may = RANKS[making]
    concern = kit.again(getattr(kit, making)(world))

    holders = {name for name, user in world.people.items() if fresh(user).has_perm(perm, concern)}
    assert holders == may


def test_an_inspector_who_answered_first_does_not_take_the_challenge_up(world):
    other = make_person(world.team, "inspector", "Second Inspector")
    concern = kit.acknowledged(world)
    concern = answers.take_in_hand(concern=concern, words="Looking.", by=world.inspector, at=AT)
    concern = kit.challenge(kit.answer(concern, world.inspector), world.imam)
    assert fresh(other).has_perm("partnerships.take_up_concern", concern)
    assert not fresh(world.inspector).has_perm("partnerships.take_up_concern", concern)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_as_often_for_many_as_for_one(world, client, count):
    for _ in range(count):
        kit.in_hand(world)
    client.force_login(world.imam)

    with asks(8):
        page = client.get(reverse("partnerships:concern-list"))
    assert len(page.context["page"].items) == count
    assert WORRY not in page.content.decode()


@pytest.mark.parametrize(
    ("making", "who", "waits"),
    [
        ("raised", "officer", True),
        ("raised", "imam", False),
        ("answered", "imam", True),
        ("answered", "officer", False),
        ("challenged", "inspector", True),
        ("challenged", "officer", False),
        ("with_panel", "coordinator", True),
        ("proposed", "imam", True),
    ],
)
def test_only_what_waits_for_us_is_what_we_can_move(world, making, who, waits):
    concern = getattr(kit, making)(world)
    user = fresh(getattr(world, who))

    found = Concern.objects.visible_to(user).waiting_for(user)
    assert found.filter(pk=concern.pk).exists() is waits


@pytest.mark.parametrize(
    ("making", "name", "given", "asked"),
    [
        ("in_hand", "answer", {"answer": "No.", "reasons": "So."}, {"will_change"}),
        ("accepted", "propose", {}, {"you_said"}),
        ("accepted", "propose", {"you_said": "Come."}, {"we_did"}),
    ],
)
def test_what_is_needed_among_several_boxes_is_not_called_optional(
    world, client, making, name, given, asked
):
    url = reverse(f"partnerships:concern-{name}", args=[getattr(kit, making)(world).ref])
    client.force_login(world.officer)
    page = client.post(url, given)

    assert page.context["form"].errors.keys() == asked
    assert "(optional)" not in page.text
    assert "Fill in at least one of the" in page.text
    assert ("Fill in “You said”" in page.text) is ("you_said" in asked)


def test_no_step_is_without_a_page_that_shows_it(world, client):
    concern = kit.stated(world)
    page = open_as(client, world.imam, concern).content.decode()

    for step in ConcernStep.objects.filter(concern=concern):
        assert step.get_move_display() in page
