import pytest
from django.urls import reverse

from config.outbox import kinds
from config.outbox.models import Message
from contacts.models import Contact, Institution
from partnerships.letters.partnerships import LETTERS
from partnerships.models import Partnership
from tests.contacts.test_standing import WHO
from tests.factories import make_institution, make_partnership

LIST = "contacts:institution-list"
PARTIES = {"sergeant", "officer", "inspector", "coordinator", "imam", "member"}
LEADS = {"imam"}
PAGES = {
    "partnership-detail": PARTIES,
    "leads-set": {"sergeant", "inspector", "coordinator"},
    "partnership-activate": {"coordinator"},
    "partnership-pause": LEADS,
    "partnership-resume": LEADS,
    "partnership-leave": LEADS,
    "cadence-set": LEADS,
}


def page_of(client, name, partnership):
    return client.get(reverse(f"partnerships:{name}", args=[partnership.ref]))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", [*WHO, None])
def test_partnership_pages_are_for_those_who_may(client, world, name, who):
    if who:
        client.force_login(getattr(world, who))

    status = page_of(client, name, world.partnership).status_code

    if who is None:
        assert status == 302
    elif who in PARTIES:
        assert status == (200 if who in PAGES[name] else 403)
    else:
        assert status == 404


@pytest.mark.parametrize("name", ["pause", "leave"])
def test_pausing_and_leaving_takes_two_clicks(client, world, name):
    client.force_login(world.imam)
    detail = page_of(client, "partnership-detail", world.partnership).content.decode()
    url = reverse(f"partnerships:partnership-{name}", args=[world.partnership.ref])

    assert f'href="{url}"' in detail
    assert client.post(url)["Location"] == world.partnership.get_absolute_url()
    world.partnership.refresh_from_db()
    assert world.partnership.state == {"pause": "paused_by_institution", "leave": "ended"}[name]


def test_partnership_page_shows_officers_and_history(client, world):
    client.force_login(world.imam)
    client.post(reverse("partnerships:partnership-pause", args=[world.partnership.ref]))

    text = page_of(client, "partnership-detail", world.partnership).content.decode()

    assert "PS Amina Holt, Millbrook West team" in text
    assert "Neighbourhood policing" in text
    assert "The partnership was paused by the institution" in text
    assert "Yusuf Rahman" in text


def test_partnership_page_says_what_is_missing(client, world):
    partnership = make_partnership(
        make_institution("mosque", "Masjid Al-Falah", world.neighbourhood),
        world.team,
        state="not_joined",
    )
    client.force_login(world.coordinator)

    text = page_of(client, "partnership-detail", partnership).content.decode()

    assert "Choose a named officer first." in text
    assert "three checks" in text


@pytest.mark.parametrize("turns", [1, 3])
def test_partnership_page_query_count_is_constant(client, world, django_assert_num_queries, turns):
    client.force_login(world.imam)
    for name in ("pause", "resume", "pause")[:turns]:
        client.post(reverse(f"partnerships:partnership-{name}", args=[world.partnership.ref]))
    url = world.partnership.get_absolute_url()
    client.get(url)

    with django_assert_num_queries(7):
        assert len(client.get(url).context["history"]) == turns


def test_leads_page_offers_officers_of_the_area_only(client, world):
    client.force_login(world.sergeant)

    page = page_of(client, "leads-set", world.partnership)

    offered = set(page.context["form"].fields["named"].queryset)
    people = {world.sergeant, world.officer, world.inspector}
    assert offered == {person.contact for person in people}


def test_leads_page_shows_why_it_declines(client, world):
    client.force_login(world.sergeant)
    same = world.sergeant.contact.pk

    page = client.post(
        reverse("partnerships:leads-set", args=[world.partnership.ref]),
        {"named": same, "cover": same},
    )

    assert "somebody other than the named officer" in str(page.context["form"].errors["cover"])


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"cadence": "default"}, 90),
        ({"cadence": "other", "other_days": "30"}, 30),
        ({"cadence": "when_we_ask"}, None),
    ],
)
def test_cadence_page_keeps_the_choice(client, world, given, days):
    client.force_login(world.imam)

    client.post(reverse("partnerships:cadence-set", args=[world.partnership.ref]), given)

    assert Partnership.objects.get(pk=world.partnership.pk).cadence_days == days


def test_cadence_page_asks_for_the_number(client, world):
    client.force_login(world.imam)
    url = reverse("partnerships:cadence-set", args=[world.partnership.ref])

    page = client.post(url, {"cadence": "other"})

    assert "from 7 to 730" in str(page.context["form"].errors["other_days"])


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_about_the_partnership_name_it_and_link_to_it(world, letter):
    message = Message(kind=f"partnerships.{letter}", about_id=str(world.partnership.pk))

    written = kinds.get(message.kind).render(message)

    assert "Masjid An-Noor" in written.subject
    assert world.partnership.get_absolute_url() in written.text


# --- The list ---------------------------------------------------------------------------------


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
def test_institution_list_query_count_is_constant(
    client, world, django_assert_num_queries, item_count
):
    for number in range(item_count):
        mosque = make_institution("mosque", f"Mosque {number}", world.neighbourhood)
        make_partnership(mosque, world.team, named=world.sergeant, cover=world.officer)
    client.force_login(world.sergeant)
    url = reverse(LIST)
    client.get(url)

    with django_assert_num_queries(7):
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
    client.force_login(world.coordinator)

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


@pytest.mark.parametrize("who", ["member", "sergeant", "officer", "stranger"])
def test_person_invite_page_is_for_coordinators_and_leads(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("contacts:person-invite")).status_code == 403


def test_partnership_page_says_when_no_cadence_was_chosen(client, world):
    client.force_login(world.far_imam)
    url = world.far_partnership.get_absolute_url()
    assert "has not said yet" in client.get(url).content.decode()

    client.post(
        reverse("partnerships:cadence-set", args=[world.far_partnership.ref]),
        {"cadence": "when_we_ask"},
    )

    assert "Only when the institution asks" in client.get(url).content.decode()


def test_partnership_page_bears_a_reader_who_may_not_see_the_institution(client, world):
    client.force_login(world.commander)

    text = client.get(world.umbrella_partnership.get_absolute_url()).content.decode()

    assert f'href="{world.umbrella.get_absolute_url()}"' not in text
