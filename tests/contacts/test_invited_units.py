"""A counter-terrorism unit sees nothing unless a mosque invites it, by name; none has here."""

import datetime as dt

import pytest
from django.urls import reverse

from contacts.actions import people
from contacts.ladder import on_rung
from contacts.models import Contact, Deputyship, Institution, OfficerProfile, RoleHolding, User
from events.models import Attendance, Engagement, EngagementRequest
from events.places import officers_who_may_come
from partnerships.actions.leads import CannotLead, set_leads
from partnerships.actions.partnerships import UnitDoesNotServe, add_institution
from partnerships.circle import may_own, people_of_side, who_may_own
from partnerships.models import Commitment, Partnership, Side
from tests.events.visits_kit import log
from tests.factories import make_institution, make_person

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 2)
POLICE_ROLES = ("officer", "sergeant", "inspector", "commander", "coordinator", "liaison")


@pytest.fixture
def unit(world):
    return make_institution(
        "police_unit", "Millbrook CT", world.district, unit_function="counter_terrorism"
    )


@pytest.fixture
def agent(unit):
    """An officer of the unit, in a row from before the rule."""
    return make_person(unit, "officer", "Lena Frost")


def person_of(user):
    return Contact.objects.get(user=user)


def role_of(user, access_role):
    RoleHolding.objects.filter(contact__user=user).update(access_role=access_role)
    return User.objects.get(pk=user.pk)


def also_at(institution, user, access_role):
    """Give somebody a second role."""
    RoleHolding.objects.create(
        institution=institution,
        contact=person_of(user),
        access_role=access_role,
        held_from=dt.date(2024, 1, 1),
    )
    return User.objects.get(pk=user.pk)


def sees_nothing(user):
    queries = (
        Institution.objects.visible_to(user),
        Institution.objects.loggable_by(user),
        Partnership.objects.visible_to(user),
        Partnership.objects.listed_for(user),
        Partnership.objects.measured_by(user),
        Contact.objects.visible_to(user),
        Engagement.objects.visible_to(user),
        EngagementRequest.objects.visible_to(user),
        Commitment.objects.visible_to(user),
    )
    return not any(query.exists() for query in queries)


@pytest.mark.parametrize("access_role", [*POLICE_ROLES, "invited_unit"])
def test_whatever_the_role_at_such_a_unit_it_opens_nothing(world, agent, access_role):
    assert sees_nothing(role_of(agent, access_role))


def test_being_at_a_visit_and_having_logged_it_change_nothing(world, agent):
    visit = log(world)
    Attendance.objects.filter(engagement=visit).update(officer=person_of(agent))
    Engagement.objects.filter(pk=visit.pk).update(logged_by=person_of(agent))

    assert sees_nothing(User.objects.get(pk=agent.pk))


def test_another_police_role_opens_nothing_while_they_serve_there(world, agent, unit):
    assert sees_nothing(also_at(world.team, agent, "sergeant"))

    RoleHolding.objects.filter(institution=unit).update(held_until=TODAY)
    moved = User.objects.get(pk=agent.pk)
    assert moved.standing.reaches(world.mosque)


def test_standing_in_for_somebody_opens_nothing(world, agent):
    Deputyship.objects.create(
        institution=world.team,
        holding=RoleHolding.objects.get(contact=world.sergeant.contact),
        deputy=person_of(agent),
        acts_from=dt.date(2024, 1, 1),
    )

    assert sees_nothing(User.objects.get(pk=agent.pk))


def test_a_mosque_that_made_them_a_member_is_seen_by_them_as_its_own(world, agent):
    member = also_at(world.mosque, agent, "mosque_member")

    assert list(Institution.objects.visible_to(member)) == [world.mosque]
    assert not member.standing.is_police


@pytest.mark.parametrize("also", [None, "officer"])
def test_they_cannot_be_named_officer_nor_cover_nor_owner(world, agent, also):
    if also:
        also_at(world.team, agent, also)
    offered = who_may_own(world.partnership, Side.POLICE, on=TODAY)

    assert person_of(agent) not in offered
    assert not may_own(person_of(agent), world.partnership, Side.POLICE, on=TODAY)
    for named, cover in ((agent, world.officer), (world.officer, agent)):
        with pytest.raises(CannotLead):
            set_leads(
                partnership=world.partnership,
                named=person_of(named),
                cover=person_of(cover),
                by=world.coordinator,
                at=AT,
            )


def test_a_named_officer_who_joins_such_a_unit_answers_for_nobody(world, unit):
    also_at(unit, world.sergeant, "invited_unit")

    answering = people_of_side(world.partnership, Side.POLICE, on=TODAY)
    assert answering == [world.officer.contact]


@pytest.mark.parametrize("rung", ["sergeant", "inspector", "commander"])
def test_nothing_climbs_to_them(world, agent, rung):
    role_of(agent, rung)

    assert person_of(agent) not in on_rung(rung, over=world.mosque, on=TODAY)


def test_they_are_not_offered_as_officers_who_came(world, agent, unit):
    Partnership.objects.filter(pk=world.partnership.pk).update(police_unit=unit)

    assert person_of(agent) not in officers_who_may_come(world.imam)
    assert person_of(agent) not in Contact.objects.officers_of([unit.pk])


# --- Setting up ---------------------------------------------------------------------------------


def add(world, unit, access_role):
    return people.add_officer(
        unit=unit,
        name="Dana Ellis",
        email="dana@police.example",
        rank=world.officer.contact.officer.rank,
        access_role=access_role,
        by=world.coordinator,
        at=AT,
    )


@pytest.mark.parametrize("access_role", POLICE_ROLES)
def test_add_officer_gives_no_police_role_there(world, unit, access_role):
    with pytest.raises(people.RoleDoesNotFit, match="unless a mosque invites it"):
        add(world, unit, access_role)


def test_add_officer_gives_the_role_of_an_invited_unit_there_and_nowhere_else(world, unit):
    assert add(world, unit, "invited_unit").holdings.get().access_role == "invited_unit"
    for other in (world.team, world.command, world.force):
        with pytest.raises(people.RoleDoesNotFit):
            add(world, other, "invited_unit")


def test_set_deputy_declines_them(world, agent):
    with pytest.raises(people.NoDeputy, match="no role in which they may act"):
        people.set_deputy(
            holding=RoleHolding.objects.get(contact=world.sergeant.contact),
            deputy=person_of(agent),
            acts_from=dt.date(2026, 11, 3),
            acts_until=dt.date(2026, 11, 10),
            by=world.coordinator,
            at=AT,
        )


def test_add_institution_declines_such_a_unit_as_its_team(world, unit):
    with pytest.raises(UnitDoesNotServe):
        add_institution(
            kind="mosque",
            name="Masjid Al-Falah",
            area=world.neighbourhood,
            police_unit=unit,
            by=world.coordinator,
            at=AT,
        )
    assert unit not in Institution.objects.that_serve()


def test_officer_page_says_which_role_fits(client, world, unit):
    client.force_login(world.coordinator)

    page = client.post(
        reverse("contacts:officer-add"),
        {
            "unit": unit.pk,
            "name": "Dana Ellis",
            "email": "dana@police.example",
            "rank": world.officer.contact.officer.rank.pk,
            "access_role": "officer",
        },
    )

    assert "unless a mosque invites it" in page.context["form"].errors["access_role"][0]
    assert not OfficerProfile.objects.filter(contact__name="Dana Ellis").exists()


# --- Pages --------------------------------------------------------------------------------------


def test_home_says_in_plain_words_why_there_is_nothing(client, agent):
    client.force_login(agent)

    text = client.get(reverse("home")).content.decode()

    assert "sees nothing in this portal unless a mosque invites it" in text
    assert "Masjid" not in text
    assert 'id="navigation"' not in text


@pytest.mark.parametrize(
    ("route", "status"),
    [
        ("institution-detail", 404),
        ("contacts:institution-people", 404),
        ("contacts:house-rules", 404),
    ],
)
def test_pages_of_a_mosque_are_as_if_missing(client, world, agent, route, status):
    client.force_login(agent)

    assert client.get(reverse(route, args=[world.mosque.ref])).status_code == status


@pytest.mark.parametrize(
    "route",
    [
        "contacts:institution-list",
        "contacts:team-list",
        "events:visit-list",
        "events:visit-log",
        "events:request-list",
        "partnerships:promise-list",
        "dashboard",
    ],
)
def test_lists_and_figures_are_closed_to_them(client, agent, route):
    client.force_login(agent)

    assert client.get(reverse(route)).status_code == 403


def test_a_stranger_is_not_taken_for_one_of_them(client, world):
    client.force_login(world.stranger)

    assert "You have no role here now" in client.get(reverse("home")).content.decode()
