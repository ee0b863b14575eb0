"""Correcting an institution: its own leads, and a coordinator until it has joined."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.audit.models import Entry
from contacts.actions.institutions import change_institution
from contacts.models import Institution
from partnerships.models import Partnership
from tests.factories import EVERYBODY, make_institution, make_partnership

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
GIVEN = {
    "name": "Masjid An-Noor and Centre",
    "local_name": "مسجد النور",
    "public_phone": "0161 496 0900",
    "inbox_email": "office@annoor.example",
}
LINK = "Change name, phone or shared inbox"


def change(world, **changes):
    return change_institution(
        institution=world.mosque, by=world.imam, at=AT, **(GIVEN | {"local_name": ""} | changes)
    )


def path(institution):
    return reverse("contacts:institution-change", args=[institution.ref])


@pytest.fixture
def small(world):
    """A mosque that has not joined."""
    mosque = make_institution("mosque", "Canal Street Mosque", world.neighbourhood)
    make_partnership(mosque, world.team, state="not_joined")
    return mosque


def test_change_institution_keeps_what_was_given_and_codes_in_the_trail(world):
    change(world)

    mosque = Institution.objects.get(pk=world.mosque.pk)
    assert (mosque.name, mosque.inbox_email) == (GIVEN["name"], GIVEN["inbox_email"])
    entry = Entry.objects.get()
    assert (entry.action, entry.institution_id) == ("contacts.institution_changed", mosque.pk)
    assert entry.details == {"fields": ["name", "public_phone", "inbox_email"]}


def test_change_institution_writes_nothing_where_nothing_changed(world):
    change(world)
    change(world)

    assert Entry.objects.count() == 1


def test_change_institution_declines_a_name_twice_and_a_number_that_is_none(world):
    with pytest.raises(ValidationError, match="of that name"):
        change(world, name="Rosehill Mosque")
    with pytest.raises(ValidationError, match="like 0161 496 0100"):
        change(world, public_phone="in the directory")


def test_change_institution_bears_a_number_of_old_that_nobody_touched(world):
    Institution.objects.filter(pk=world.mosque.pk).update(public_phone="see our website")

    change(world, public_phone="see our website")

    assert Entry.objects.get().details == {"fields": ["name", "inbox_email"]}


def test_institution_change_page_saves_and_is_linked_from_the_institution(client, world):
    client.force_login(world.imam)

    page = client.post(path(world.mosque), GIVEN, follow=True)

    assert page.redirect_chain[0][0] == world.mosque.get_absolute_url()
    text = page.content.decode()
    assert GIVEN["name"] in text
    assert GIVEN["local_name"] in text
    assert GIVEN["inbox_email"] in text
    assert LINK in text
    assert client.get(path(world.mosque)).context["form"].initial == GIVEN


def test_institution_change_page_says_next_to_the_field_what_is_wrong(client, world):
    client.force_login(world.imam)
    wrong = {"name": "", "public_phone": "ask", "inbox_email": "office"}

    page = client.post(path(world.mosque), wrong)

    assert set(page.context["form"].errors) == set(wrong)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", [*EVERYBODY, None])
def test_a_mosque_that_joined_is_changed_by_its_leads_alone(client, world, who):
    if who:
        client.force_login(getattr(world, who))
    status = client.get(path(world.mosque)).status_code

    expected = {"imam": 200, None: 302}
    expected |= dict.fromkeys(["member", "sergeant", "officer", "inspector", "coordinator"], 403)
    assert status == expected.get(who, 404)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_mosque_that_has_not_joined_is_changed_by_its_coordinator(client, world, small, who):
    client.force_login(getattr(world, who))
    status = client.post(path(small), GIVEN).status_code

    expected = {"coordinator": 302}
    expected |= dict.fromkeys(["sergeant", "officer", "inspector"], 403)
    assert status == expected.get(who, 404)
    assert Entry.objects.exists() == (who == "coordinator")


@pytest.mark.parametrize("state", ["invited", "active", "paused_by_institution", "ended"])
def test_the_coordinators_say_ends_once_the_mosque_has_joined(client, world, small, state):
    joined = None if state == "invited" else dt.date(2026, 1, 1)
    Partnership.objects.filter(institution=small).update(state=state, joined_on=joined)
    Institution.objects.filter(pk=small.pk).update(joined_on=joined)
    client.force_login(world.coordinator)

    assert client.get(path(small)).status_code == (403 if joined else 200)
    shown = LINK in client.get(small.get_absolute_url()).content.decode()
    assert shown == (joined is None)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_police_team_is_changed_by_its_coordinator(client, world, who):
    client.force_login(getattr(world, who))
    status = client.get(path(world.team)).status_code

    expected = {"coordinator": 200}
    expected |= dict.fromkeys(
        ["sergeant", "officer", "inspector", "commander", "far_sergeant"], 403
    )
    assert status == expected.get(who, 404)
    people = client.get(reverse("contacts:institution-people", args=[world.team.ref]))
    assert (LINK in people.content.decode()) == (who == "coordinator")


def test_an_umbrella_body_that_joined_is_changed_by_its_lead(client, world):
    for who, status in (("umbrella_lead", 200), ("coordinator", 403), ("commander", 404)):
        client.force_login(getattr(world, who))
        assert client.get(path(world.umbrella)).status_code == status


def test_institution_add_page_takes_a_shared_inbox(client, world):
    client.force_login(world.coordinator)

    client.post(
        reverse("contacts:institution-add"),
        {
            "kind": "mosque",
            "name": "Masjid Al-Falah",
            "area": world.neighbourhood.pk,
            "police_unit": world.team.pk,
            "inbox_email": "office@alfalah.example",
        },
    )

    added = Institution.objects.get(name="Masjid Al-Falah")
    assert added.inbox_email == "office@alfalah.example"
