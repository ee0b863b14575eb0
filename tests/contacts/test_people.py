import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.audit.models import Entry
from contacts.actions import people
from contacts.models import Contact, Deputyship, OfficerProfile, RoleHolding, User
from contacts.presenters import shown_name
from tests.factories import EVERYBODY, make_institution, make_person, make_world, panel_member
from tests.support.races import while_waiting

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 2)


def holding_of(user):
    return RoleHolding.objects.get(contact__user=user)


def officer_form(world, **changes):
    given = {
        "unit": world.team.pk,
        "name": "Dana Ellis",
        "email": "dana@police.example",
        "rank": world.officer.contact.officer.rank.pk,
        "access_role": "officer",
    }
    return given | changes


def stand_in(world, deputy, **changes):
    given = {
        "holding": holding_of(world.sergeant),
        "deputy": deputy,
        "acts_from": dt.date(2026, 11, 3),
        "acts_until": dt.date(2026, 11, 10),
        "by": world.coordinator,
        "at": AT,
    }
    return people.set_deputy(**(given | changes))


def test_add_officer_names_them_and_invites(world):
    officer = people.add_officer(
        unit=world.team,
        name="Dana Ellis",
        email="dana@police.example",
        rank=world.officer.contact.officer.rank,
        access_role="officer",
        by=world.coordinator,
        at=AT,
    )

    assert officer.name_agreed_on == TODAY
    assert officer.force_id is None or officer.force_id == world.force_area.pk
    assert officer.invitations.get().invited_by == world.coordinator.contact
    entry = Entry.objects.get(action="contacts.officer_added")
    assert (entry.institution_id, entry.details) == (world.team.pk, {"role": "officer"})


@pytest.mark.parametrize("phone", ["0161", "07700 900 12x", "0161 496 0100 and 0161 496 0101"])
def test_officer_page_says_next_to_the_field_what_is_no_number(client, world, phone):
    client.force_login(world.coordinator)

    page = client.post(reverse("contacts:officer-add"), officer_form(world, phone=phone))

    assert "like 0161 496 0100" in page.context["form"].errors["phone"][0]
    assert not Contact.objects.filter(name="Dana Ellis").exists()


def test_add_officer_declines_what_is_no_number(world):
    with pytest.raises(ValidationError, match="like 0161 496 0100"):
        people.add_officer(
            unit=world.team,
            name="Dana Ellis",
            email="dana@police.example",
            rank=world.officer.contact.officer.rank,
            access_role="officer",
            phone="ask at the desk",
            by=world.coordinator,
            at=AT,
        )


@pytest.mark.parametrize(
    ("prefix", "shown"),
    [
        ("", "PS Amina Holt"),
        ("acting", "Acting PS Amina Holt"),
        ("temporary", "Temporary PS Amina Holt"),
    ],
)
def test_acting_and_temporary_stand_before_the_rank_wherever_it_is_shown(
    client, world, prefix, shown
):
    OfficerProfile.objects.filter(contact=world.sergeant.contact).update(prefix=prefix)
    client.force_login(world.imam)

    assert shown_name(Contact.objects.get(user=world.sergeant)) == shown
    for url in (world.mosque.get_absolute_url(), world.partnership.get_absolute_url(), "/"):
        assert f"<bdi>{shown}" in client.get(url).content.decode()


def test_a_prefix_is_not_written_where_there_is_no_rank(world):
    profile = world.coordinator.contact.officer
    profile.prefix, profile.rank.abbreviation = "acting", ""

    assert shown_name(world.coordinator.contact) == "Priya Sandhu"


def test_end_role_takes_effect_the_same_day(world):
    people.end_role(holding=holding_of(world.member), by=world.imam, at=AT)

    assert holding_of(world.member).held_until == TODAY
    assert Entry.objects.get().action == "contacts.role_ended"


def test_end_role_keeps_two_leads_of_a_mosque_that_has_joined(world):
    second = make_person(world.mosque, "mosque_lead")
    with pytest.raises(people.LastOfTheirKind, match="keeps two leads"):
        people.end_role(holding=holding_of(world.imam), by=second, at=AT)

    make_person(world.mosque, "mosque_lead")
    people.end_role(holding=holding_of(world.imam), by=second, at=AT)


def test_end_role_keeps_one_lead_before_that(world):
    mosque = make_institution("mosque", "Canal Street Mosque", world.neighbourhood)
    first, second = (make_person(mosque, "mosque_lead") for _ in range(2))
    people.end_role(holding=holding_of(first), by=world.coordinator, at=AT)

    with pytest.raises(people.LastOfTheirKind, match="the only one"):
        people.end_role(holding=holding_of(second), by=world.coordinator, at=AT)


def test_end_role_keeps_two_of_three_leads_when_two_go_at_once(transactional_db):
    world = make_world()
    other = make_person(world.mosque, "mosque_lead")
    make_person(world.mosque, "mosque_lead")
    by = world.coordinator
    by.standing  # noqa: B018  loaded here, as a request does

    outcome = while_waiting(
        lambda: people.end_role(holding=holding_of(world.imam), by=by, at=AT),
        lambda: people.end_role(holding=holding_of(other), by=by, at=AT),
    )

    assert isinstance(outcome, people.LastOfTheirKind)
    assert holding_of(other).held_until is None


def test_end_role_declines_a_second_time(world):
    people.end_role(holding=holding_of(world.member), by=world.imam, at=AT)

    with pytest.raises(people.RoleEnded):
        people.end_role(holding=holding_of(world.member), by=world.imam, at=AT)


def test_somebody_whose_role_ended_sees_nothing_any_more(client, world):
    client.force_login(world.member)
    url = reverse("contacts:institution-people", args=[world.mosque.ref])
    assert client.get(url).status_code == 200

    RoleHolding.objects.filter(contact__user=world.member).update(held_until=dt.date(2025, 1, 1))

    assert client.get(url).status_code == 404


def test_set_deputy_lets_somebody_act_for_a_while(world):
    stand_in(
        world, world.officer.contact, acts_from=dt.date(2020, 1, 1), acts_until=dt.date(2099, 1, 1)
    )

    officer = User.objects.get(pk=world.officer.pk)
    assert officer.standing.role_at(world.team.pk, "sergeant")
    assert officer.contact == world.officer.contact


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"acts_until": dt.date(2026, 11, 2)}, "must not be in the past"),
        ({"acts_from": dt.date(2026, 11, 20)}, "must come after"),
    ],
)
def test_set_deputy_declines_days_that_do_not_do(world, changes, said):
    with pytest.raises(ValidationError, match=said):
        stand_in(world, world.officer.contact, **changes)


def test_set_deputy_declines_the_holder_and_a_second_deputy(world):
    with pytest.raises(people.NoDeputy):
        stand_in(world, world.sergeant.contact)
    stand_in(world, world.officer.contact)
    with pytest.raises(people.NoDeputy):
        stand_in(world, world.inspector.contact, acts_from=dt.date(2026, 11, 9))

    assert Deputyship.objects.count() == 1


def test_nobody_names_themselves_as_a_deputy(client, world):
    holding = holding_of(world.inspector)
    with pytest.raises(people.NoDeputy, match="Nobody names themselves"):
        stand_in(world, world.coordinator.contact, holding=holding)

    client.force_login(world.coordinator)
    page = client.get(reverse("contacts:deputy-set", args=[holding.ref]))
    assert world.coordinator.contact not in page.context["form"].fields["deputy"].queryset


@pytest.mark.parametrize(
    ("of", "allowed"),
    [
        ("officer", {"officer", "sergeant", "inspector", "coordinator"}),
        ("sergeant", {"sergeant", "inspector", "coordinator"}),
        ("inspector", {"inspector", "coordinator"}),
        ("imam", {"imam"}),
        ("member", {"imam", "member"}),
    ],
)
def test_a_deputy_is_named_by_the_person_or_those_above(client, world, of, allowed):
    url = reverse("contacts:deputy-set", args=[holding_of(getattr(world, of)).ref])
    found = set()
    for who in EVERYBODY:
        client.force_login(getattr(world, who))
        if client.get(url).status_code == 200:
            found.add(who)

    assert found == allowed


def test_deputy_page_counts_the_last_day_in(client, world):
    client.force_login(world.sergeant)
    url = reverse("contacts:deputy-set", args=[holding_of(world.sergeant).ref])

    client.post(
        url,
        {
            "deputy": world.officer.contact.pk,
            **{f"acts_from_{n}": part for n, part in enumerate((1, 1, 2099))},
            **{f"last_day_{n}": part for n, part in enumerate((9, 1, 2099))},
        },
    )

    deputyship = Deputyship.objects.get()
    assert deputyship.acts_until == dt.date(2099, 1, 10)
    assert deputyship.last_day == dt.date(2099, 1, 9)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("imam", 200),
        ("coordinator", 403),
        ("member", 403),
        ("sergeant", 403),
        ("other_imam", 404),
        ("far_sergeant", 404),
        ("stranger", 404),
        (None, 302),
    ],
)
def test_role_end_page_is_for_the_mosques_own_leads(client, world, who, status):
    if who:
        client.force_login(getattr(world, who))

    page = client.get(reverse("contacts:role-end", args=[holding_of(world.member).ref]))

    assert page.status_code == status


@pytest.mark.parametrize("name", ["role-end", "deputy-set"])
def test_a_coordinator_sets_up_people_until_the_mosque_has_joined(client, world, name):
    mosque = make_institution("mosque", "Canal Street Mosque", world.neighbourhood)
    url = reverse(f"contacts:{name}", args=[holding_of(make_person(mosque, "mosque_lead")).ref])
    client.force_login(world.coordinator)
    assert client.get(url).status_code == 200

    mosque.joined_on = TODAY
    mosque.save()
    assert client.get(url).status_code == 403


def test_a_force_does_not_choose_who_scrutinises_it(client, world):
    holding = panel_member(world).contact.holdings.get()
    for name in ("invite_person", "manage_people", "change_institution"):
        may = world.coordinator.has_perm(f"contacts.{name}", holding.institution)
        assert may == (name == "invite_person"), name  # of anybody, which the form narrows
    for name in ("end_role", "set_deputy"):
        assert not world.coordinator.has_perm(f"contacts.{name}", holding)
    client.force_login(world.coordinator)

    page = reverse("contacts:role-end", args=[holding.ref])

    assert client.post(page).status_code == 403
    assert RoleHolding.objects.get(pk=holding.pk).held_until is None


def test_role_end_page_makes_an_officer_hand_over_first(client, world):
    client.force_login(world.coordinator)

    page = client.post(reverse("contacts:role-end", args=[holding_of(world.sergeant).ref]))

    assert "Select who takes that on" in page.text
    assert holding_of(world.sergeant).held_until is None


def test_role_end_page_says_beside_the_day_that_two_leads_are_kept(client, world):
    second = make_person(world.mosque, "mosque_lead")
    client.force_login(second)

    page = client.post(reverse("contacts:role-end", args=[holding_of(world.imam).ref]))

    assert page.context["form"].errors.keys() == {"last_day"}
    assert page.text.count("An institution that has joined keeps two leads.") == 2
    assert holding_of(world.imam).held_until is None


def test_officer_page_adds_to_ones_own_force(client, world):
    client.force_login(world.coordinator)
    given = officer_form(world, phone="07700 900123", prefix="acting")

    page = client.post(reverse("contacts:officer-add"), given)

    assert page["Location"] == reverse("contacts:institution-people", args=[world.team.ref])
    officer = Contact.objects.get(name="Dana Ellis")
    assert (officer.institution, officer.phone) == (world.team, "07700 900123")
    assert officer.officer.prefix == "acting"


@pytest.mark.parametrize("who", ["sergeant", "imam", "stranger"])
def test_officer_page_is_for_coordinators(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("contacts:officer-add")).status_code == 403
