import pytest
from django.urls import reverse

from contacts.models import Contact, Institution
from partnerships.models import Partnership
from tests.factories import make_institution, make_partnership
from tests.support.counting import asks

LIST = "contacts:institution-list"


def test_institution_list_shows_officers_elsewhere_only_the_minimum(client, world):
    client.force_login(world.far_sergeant)

    text = client.get(reverse(LIST)).content.decode()

    assert "Masjid An-Noor" in text
    assert "PS Amina Holt" in text
    assert f'href="{world.mosque.get_absolute_url()}"' not in text
    assert f'href="{world.far_mosque.get_absolute_url()}"' in text


def test_institution_list_of_a_mosque_is_its_own(client, world):
    client.force_login(world.imam)

    page = client.get(reverse(LIST))

    assert [row.institution for row in page.context["page"].items] == [world.mosque]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"name": "NOOR"}, ["Masjid An-Noor"]),
        ({"kind": "umbrella_body"}, ["Millbrook Mosques Forum"]),
        ({"state": "not_joined"}, []),
        ({"state": "ended"}, []),
        ({"kind": "nonsense"}, None),
    ],
)
def test_institution_list_filters(client, world, query, names):
    client.force_login(world.coordinator)

    page = client.get(reverse(LIST), query)

    found = [row.institution.name for row in page.context["page"].items]
    assert found == names if names is not None else len(found) == 4


def test_institution_list_filters_by_area_and_what_lies_below(client, world):
    client.force_login(world.coordinator)

    page = client.get(reverse(LIST), {"area": world.district.pk})

    assert len(page.context["page"].items) == 3


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), (None, 302), ("commander", 200)])
def test_institution_list_is_for_people_with_a_role(client, world, who, status):
    if who:
        client.force_login(getattr(world, who))

    assert client.get(reverse(LIST)).status_code == status


@pytest.mark.parametrize("item_count", [1, 3])
def test_institution_list_query_count_is_constant(client, world, item_count):
    for number in range(item_count):
        mosque = make_institution("mosque", f"Mosque {number}", world.neighbourhood)
        make_partnership(mosque, world.team, named=world.sergeant, cover=world.officer)
    client.force_login(world.sergeant)
    url = reverse(LIST)
    client.get(url)

    with asks(8):
        assert client.get(url).status_code == 200


# --- Setting up -------------------------------------------------------------------------------


def test_institution_add_page_leads_to_its_officers(client, world):
    client.force_login(world.sergeant)

    page = client.post(
        reverse("contacts:institution-add"),
        {
            "kind": "mosque",
            "name": "Masjid Al-Falah",
            "area": world.neighbourhood.pk,
            "police_unit": world.team.pk,
        },
    )

    partnership = Partnership.objects.get(institution__name="Masjid Al-Falah")
    assert page["Location"] == reverse("partnerships:leads-set", args=[partnership.ref])


def test_institution_add_page_offers_a_sergeant_only_the_own_area(client, world):
    client.force_login(world.sergeant)

    page = client.post(
        reverse("contacts:institution-add"),
        {
            "kind": "mosque",
            "name": "Elsewhere",
            "area": world.other_neighbourhood.pk,
            "police_unit": world.other_team.pk,
        },
    )

    assert set(page.context["form"].errors) == {"area", "police_unit"}
    assert not Institution.objects.filter(name="Elsewhere").exists()


@pytest.mark.parametrize("who", ["officer", "inspector", "imam", "stranger"])
def test_institution_add_page_is_for_sergeants_and_coordinators(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("contacts:institution-add")).status_code == 403


def test_person_invite_page_is_filled_with_the_institution(client, world):
    client.force_login(world.imam)

    page = client.get(reverse("contacts:person-invite"), {"institution": str(world.mosque.ref)})

    assert page.context["form"].initial["partnership"] == world.partnership


@pytest.mark.parametrize("wrong", ["", "x", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"])
def test_person_invite_page_bears_a_wrong_address(client, world, wrong):
    client.force_login(world.coordinator)

    page = client.get(reverse("contacts:person-invite"), {"institution": wrong})

    assert page.status_code == 200


def test_person_invite_page_keeps_a_lead_to_their_own_institution(client, world):
    client.force_login(world.imam)
    role = world.member.contact.shown_role
    given = {
        "name": "Bilal Ahmed",
        "email": "bilal@mosque.example",
        "role_type": role.pk,
        "access_role": "mosque_member",
    }
    url = reverse("contacts:person-invite")

    client.post(url, given | {"partnership": world.other_partnership.pk})
    assert not Contact.objects.filter(name="Bilal Ahmed").exists()
    client.post(url, given | {"partnership": world.partnership.pk})
    assert Contact.objects.get(name="Bilal Ahmed").institution == world.mosque


def test_person_invite_page_offers_a_coordinator_those_that_have_not_joined(client, world):
    newcomer = make_institution("mosque", "Canal Street Mosque", world.neighbourhood)
    partnership = make_partnership(newcomer, world.team, state="not_joined")
    client.force_login(world.coordinator)

    form = client.get(reverse("contacts:person-invite")).context["form"]

    assert list(form.fields["partnership"].queryset) == [partnership]


@pytest.mark.parametrize("who", ["member", "sergeant", "officer", "stranger"])
def test_person_invite_page_is_for_coordinators_and_leads(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("contacts:person-invite")).status_code == 403
