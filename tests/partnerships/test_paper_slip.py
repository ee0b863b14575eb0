"""The slip of paper that an officer leaves at a mosque that has not joined."""

import pytest
from django.conf import settings
from django.urls import reverse

from contacts.models import Contact, Institution
from partnerships.models import Partnership
from tests.events.visits_kit import log
from tests.factories import EVERYBODY, make_institution, make_partnership
from tests.support.counting import asks

ANY_OFFICER = {"sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant"}


@pytest.fixture
def small(world):
    """A mosque that has not joined."""
    mosque = make_institution(
        "mosque", "Canal Street Mosque", world.neighbourhood, public_phone="0161 496 0777"
    )
    return make_partnership(
        mosque, world.team, state="not_joined", named=world.sergeant, cover=world.officer
    )


def path(institution):
    return reverse("contacts:paper-slip", args=[institution.ref])


def slip(client, institution):
    """Return the printed words, without what is about the reader."""
    text = client.get(path(institution)).content.decode()
    return text.partition("<article")[2].partition("</article>")[0]


def test_slip_says_what_it_is_that_it_is_free_and_whom_to_ring(client, world, small):
    Institution.objects.filter(pk=world.team.pk).update(public_phone="0161 496 0100")
    client.force_login(world.officer)

    text = slip(client, small.institution)

    assert "Joining is free" in text
    assert "Millbrook West team" in text
    assert "0161 496 0100" in text
    assert "not for reporting crime" in text


def test_slip_names_the_coordinators_number_where_the_team_has_none(client, world, small):
    client.force_login(world.officer)

    text = slip(client, small.institution)

    assert settings.JOIN_PHONE in text
    assert "Ring and ask for the partnership coordinator" in text


def test_slip_names_nobody_and_says_nothing_of_the_mosque(client, world, small):
    Contact.objects.filter(user=world.sergeant).update(phone="07700 900123")
    client.force_login(world.officer)

    text = slip(client, small.institution)

    for word in ("Amina Holt", "Ben Carver", "07700", "Canal Street", "0161 496 0777"):
        assert word not in text


@pytest.mark.parametrize("who", [*EVERYBODY, None])
def test_slip_is_for_every_officer_of_the_force(client, world, small, who):
    if who:
        client.force_login(getattr(world, who))

    status = client.get(path(small.institution)).status_code

    assert status == (302 if who is None else 200 if who in ANY_OFFICER else 404)


def test_slip_is_not_for_the_mosque_itself_nor_of_a_police_unit(client, world):
    client.force_login(world.imam)
    assert client.get(path(world.mosque)).status_code == 403

    client.force_login(world.officer)
    assert client.get(path(world.team)).status_code == 404


def test_slip_is_offered_once_the_visit_is_logged(client, world, small):
    visit = log(world, partnership=small)
    client.force_login(world.officer)

    assert path(small.institution) in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "offered"), [("not_joined", True), ("invited", True), ("active", False)]
)
def test_slip_is_offered_on_the_page_of_a_mosque_that_has_not_joined(
    client, world, small, state, offered
):
    Partnership.objects.filter(pk=small.pk).update(state=state)
    client.force_login(world.officer)

    text = client.get(small.institution.get_absolute_url()).content.decode()

    assert (path(small.institution) in text) == offered


def test_slip_is_not_offered_after_a_visit_to_a_mosque_that_joined(client, world):
    visit = log(world)
    client.force_login(world.officer)

    assert path(world.mosque) not in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_slip_query_count_is_constant(client, world, small, item_count):
    for number in range(item_count):
        team = make_institution("police_team", f"Team {number}", world.neighbourhood)
        make_partnership(small.institution, team, state="not_joined", is_primary=False)
    client.force_login(world.officer)
    client.get(path(small.institution))

    with asks(7):
        assert client.get(path(small.institution)).status_code == 200
