import pytest
from django.urls import reverse

from config.outbox.actions import freeze
from tests.factories import make_institution, make_partnership
from tests.partnerships import concern_kit
from tests.support.counting import asks

from .arrange import (
    AT,
    attend,
    correction,
    day,
    hold,
    leave,
    note,
    promise,
    request,
    take_part,
    visit,
    withdraw,
)

pytestmark = pytest.mark.django_db


def waits(response, capacity=0):
    """Return the sections that wait, as ``{code: total}`` in the order of the page."""
    _work, acting, _ahead = response.context["capacities"][capacity]
    return {panel.section.code: panel.section.total for panel in acting}


def ahead(response, code):
    _work, _acting, panels = response.context["capacities"][0]
    return next(panel.section for panel in panels if panel.section.code == code)


# --- A stranger ---------------------------------------------------------------------------------


def test_home_tells_a_stranger_what_this_is_and_names_no_mosque(world, client):
    page = client.get("/").content.decode()

    assert all(words in page for words in ("999", "101", "Sign in", reverse("limits")))
    assert "Our mosque would like to join" in page
    for partnership in (world.partnership, world.far_partnership, world.umbrella_partnership):
        assert partnership.institution.name not in page
        assert partnership.police_unit.name not in page


def test_home_of_a_stranger_asks_the_database_nothing(world, client):
    with asks(0):
        client.get("/")


def test_limits_page_is_open_and_says_what_is_not_promised(client, db):
    page = client.get(reverse("limits")).content.decode()

    for words in ("legal duties", "Freedom of Information", "round the clock", "Other police work"):
        assert words in page


def test_home_of_an_account_without_a_role_says_so(world, open_as):
    response = open_as(world.stranger, "/")

    assert response.templates[0].name == "dashboard/home_without_role.html"
    assert world.mosque.name not in response.content.decode()


# --- A team -------------------------------------------------------------------------------------


def team_work(world):
    """Arrange one thing of each kind that waits for the team, in the reverse of its order."""
    ours, imam, sergeant = world.partnership, world.imam, world.sergeant
    promise(ours, sergeant, due=5)
    promise(ours, imam, side="institution", state="done_claimed")
    promise(ours, imam, state="proposed")
    request(ours, imam, state="acknowledged")
    correction(note(visit(ours, sergeant), sergeant, state="correction_open"), imam)
    noted_by_mosque = visit(ours, imam, side="institution")
    note(noted_by_mosque, imam, side="institution")
    request(ours, imam)
    visit(ours, sergeant)


def test_home_of_a_sergeant_begins_with_what_is_unfinished(world, open_as):
    team_work(world)

    assert list(waits(open_as(world.sergeant, "/"))) == [
        "finish",
        "to_acknowledge",
        "to_read",
        "corrections",
        "to_answer",
        "to_agree",
        "to_confirm",
        "we_owe",
    ]


def test_home_of_a_sergeant_shows_nothing_of_another_area(world, open_as):
    request(world.far_partnership, world.far_imam)
    visit(world.far_partnership, world.far_sergeant)
    promise(world.far_partnership, world.far_sergeant, due=-1)

    response = open_as(world.sergeant, "/")

    assert waits(response) == {}
    assert "Eastvale Mosque" not in response.content.decode()
    assert "Nothing waits for you" in response.content.decode()


def test_home_of_an_officer_asks_for_the_notes_of_their_own_visits(world, open_as):
    visit(world.partnership, world.sergeant)
    attend(visit(world.partnership, world.sergeant), world.officer)
    visit(world.partnership, world.officer)

    assert waits(open_as(world.officer, "/")) == {"finish": 2}
    assert waits(open_as(world.sergeant, "/")) == {"finish": 3}


def test_home_asks_for_no_note_at_a_mosque_that_has_not_joined(world, open_as):
    mosque = make_institution("mosque", "Hillside Mosque", world.neighbourhood)
    visit(make_partnership(mosque, world.team, state="not_joined"), world.sergeant)

    assert waits(open_as(world.sergeant, "/")) == {}


def test_home_counts_the_hours_left_to_acknowledge(world, open_as):
    request(world.partnership, world.imam, hours_ago=50)
    request(world.partnership, world.imam, hours_ago=80)

    page = open_as(world.sergeant, "/").content.decode()

    assert "22 hours left" in page
    assert "Late" in page
    assert page.index("Late") < page.index("22 hours left")


def test_home_of_a_team_looks_a_week_ahead(world, open_as):
    soon = visit(world.partnership, world.sergeant, state="planned", on=day(7))
    visit(world.partnership, world.sergeant, state="planned", on=day(8))
    promise(world.partnership, world.sergeant, due=7)
    promise(world.partnership, world.sergeant, due=8)

    response = open_as(world.sergeant, "/")

    assert ahead(response, "visits").rows == (soon,)
    assert f"{world.mosque.get_absolute_url()}#before-you-come" in response.content.decode()
    assert waits(response) == {"we_owe": 1}


def test_home_shows_three_of_a_section_and_says_how_many_there_are(world, open_as):
    for _number in range(7):
        request(world.partnership, world.imam)

    response = open_as(world.sergeant, "/")

    assert waits(response) == {"to_acknowledge": 7}
    assert response.content.decode().count("hours left") == 3
    assert "See all 7" in response.content.decode()


# --- A mosque -----------------------------------------------------------------------------------


def mosque_work(world):
    ours, imam, sergeant = world.partnership, world.imam, world.sergeant
    note(visit(ours, sergeant), sergeant)
    correction(
        note(visit(ours, sergeant), sergeant, state="correction_open"), imam, state="declined"
    )
    request(ours, imam, state="alternative_proposed")
    promise(ours, sergeant, side="institution", state="proposed")
    promise(ours, sergeant, state="done_claimed")
    promise(ours, imam, side="institution", due=40)


@pytest.mark.parametrize("who", ["imam", "member"])
def test_home_of_a_mosque_begins_with_the_notes_to_read(world, open_as, who):
    mosque_work(world)

    assert list(waits(open_as(getattr(world, who), "/"))) == [
        "to_read",
        "kept_wording",
        "to_answer",
        "to_agree",
        "to_confirm",
        "we_owe",
    ]


def test_home_of_a_mosque_shows_what_police_promised_and_who_its_officers_are(world, open_as):
    promise(world.partnership, world.sergeant, due=60, text="Bring the road team")
    request(world.partnership, world.imam, hours_ago=2)

    response = open_as(world.imam, "/")
    page = response.content.decode()

    assert ahead(response, "owed_to_us").total == 1
    assert ahead(response, "answers_awaited").total == 1
    assert "Bring the road team" in page
    assert "PS Amina Holt" in page
    assert "PC Ben Carver" in page
    assert "Neighbourhood policing" in page
    assert "Ask for a visit or talk" in page
    assert "Log a visit" in page


def test_home_of_a_mosque_shows_nothing_of_another_mosque(world, open_as):
    note(visit(world.other_partnership, world.sergeant), world.sergeant)
    promise(world.other_partnership, world.sergeant)
    request(world.other_partnership, world.other_imam, state="alternative_proposed")
    visit(world.other_partnership, world.sergeant, state="planned", on=day(1))

    response = open_as(world.imam, "/")

    assert waits(response) == {}
    assert world.other_mosque.name not in response.content.decode()
    assert not ahead(response, "visits")


def test_home_of_a_mosque_keeps_back_a_note_that_has_not_left(world, open_as):
    note(visit(world.partnership, world.sergeant), world.sergeant, left=False)

    assert waits(open_as(world.imam, "/")) == {}


def test_home_asks_nobody_to_read_a_note_that_was_removed(world, open_as):
    withdraw(note(visit(world.partnership, world.sergeant), world.sergeant))

    assert waits(open_as(world.imam, "/")) == {}


def test_home_shows_a_visit_to_all_who_take_part(world, open_as):
    made = visit(world.other_partnership, world.sergeant, state="planned", on=day(20))
    take_part(made, world.partnership)

    assert ahead(open_as(world.imam, "/"), "visits").rows == (made,)


def test_home_of_an_umbrella_body_is_about_itself_not_its_members(world, open_as):
    promise(world.umbrella_partnership, world.commander, due=30)
    promise(world.partnership, world.sergeant, due=30)

    assert ahead(open_as(world.umbrella_lead, "/"), "owed_to_us").total == 1


# --- Above the teams ----------------------------------------------------------------------------


def test_home_of_an_inspector_holds_what_came_up_to_them(world, open_as):
    request(world.partnership, world.imam, state="decline_asked")
    request(world.partnership, world.imam, state="acknowledged", recourse="with_inspector")
    request(world.partnership, world.imam, hours_ago=80)
    promise(world.partnership, world.sergeant, due=-7)
    promise(world.partnership, world.sergeant, due=-6)
    promise(world.partnership, world.imam, side="institution", due=-20)
    request(world.far_partnership, world.far_imam, state="decline_asked")

    assert waits(open_as(world.inspector, "/")) == {
        "recourse": 1,
        "declines": 1,
        "unanswered": 1,
        "promises_escalated": 1,
    }


def test_home_of_a_commander_holds_escalations_only(world, open_as):
    request(world.partnership, world.imam, recourse="with_commander")
    request(world.partnership, world.imam, state="decline_asked")
    promise(world.partnership, world.sergeant, due=-14)
    promise(world.partnership, world.sergeant, due=-13)
    visit(world.partnership, world.sergeant)

    assert waits(open_as(world.commander, "/")) == {"recourse": 1, "promises_escalated": 1}


def test_home_of_a_coordinator_holds_what_is_late_in_the_force(world, open_as):
    request(world.far_partnership, world.far_imam, hours_ago=73)
    request(world.partnership, world.imam, hours_ago=10)
    request(world.partnership, world.imam, recourse="with_commander")
    promise(world.partnership, world.sergeant, due=-1)
    visit(world.partnership, world.sergeant, on=day(-5))
    visit(world.partnership, world.sergeant, on=day(-4))
    visit(world.partnership, world.sergeant, state="planned", on=day(-5))
    visit(world.partnership, world.sergeant, state="planned", on=day(-4))

    response = open_as(world.coordinator, "/")

    assert waits(response) == {
        "recourse_open": 1,
        "requests_late": 1,
        "promises_late": 1,
        "not_recorded": 1,
        "notes_late": 1,
    }
    for name in ("dashboard", "contacts:institution-add", "contacts:officer-add"):
        assert reverse(name) in response.content.decode()


def test_home_shows_those_who_can_see_to_it_what_is_to_hand_over(world, open_as):
    for _number in range(4):
        promise(world.partnership, world.officer, owner=world.officer.contact, due=40)
    promise(world.partnership, world.sergeant, owner=world.sergeant.contact, due=40)
    promise(world.far_partnership, world.far_sergeant, owner=world.far_sergeant.contact, due=40)
    leave(world.officer)

    for who in (world.sergeant, world.coordinator):
        assert waits(open_as(who, "/")) == {"to_hand_over": 4}
    assert "?whose=ours&amp;hand_over=on" in open_as(world.sergeant, "/").content.decode()
    for who in (world.far_sergeant, world.inspector, world.imam):
        assert "to_hand_over" not in waits(open_as(who, "/"))


def test_home_shows_each_capacity_of_somebody_who_holds_two(world, open_as):
    hold(world.sergeant, "inspector", at=world.team)
    request(world.partnership, world.imam, state="decline_asked")
    visit(world.partnership, world.sergeant)

    response = open_as(world.sergeant, "/")

    assert waits(response, 0) == {"declines": 1}
    assert waits(response, 1) == {"finish": 1}


# --- How many queries ---------------------------------------------------------------------------

QUERIES = {
    "sergeant": 13,
    "officer": 12,
    "imam": 13,
    "member": 13,
    "umbrella_lead": 13,
    "inspector": 12,
    "commander": 9,
    "coordinator": 12,
}


def everything(world):
    team_work(world)
    mosque_work(world)
    promise(world.partnership, world.sergeant, due=-15)
    request(world.partnership, world.imam, state="decline_asked")
    visit(world.partnership, world.sergeant, state="planned", on=day(2))
    note(visit(world.umbrella_partnership, world.commander), world.commander)
    promise(world.umbrella_partnership, world.commander, due=3)
    for make in (concern_kit.raised, concern_kit.answered, concern_kit.challenged):
        make(world, at=AT)


@pytest.mark.parametrize("who", QUERIES)
@pytest.mark.parametrize("item_count", [1, 3])
def test_home_query_count_is_constant(world, client, monday, who, item_count):
    for _number in range(item_count):
        everything(world)
    client.force_login(getattr(world, who))

    with asks(QUERIES[who]):
        client.get("/")


def test_home_says_when_no_mail_leaves(client, world):
    client.force_login(world.imam)
    said = "The portal sends no mail at the moment"
    before = client.get("/").content.decode()
    freeze(at=AT)

    assert said not in before
    assert said in client.get("/").content.decode()
