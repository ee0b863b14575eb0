import pytest
from django.urls import reverse

from config.outbox import kinds
from config.outbox.models import Message
from partnerships.letters.partnerships import LETTERS
from partnerships.models import Partnership
from tests.factories import EVERYBODY
from tests.support.counting import asks

PARTIES = {"sergeant", "officer", "inspector", "coordinator", "imam", "member"}
LEADS = {"imam"}
POLICE = {"sergeant", "officer", "inspector", "coordinator"}
PAGES = {
    "partnership-detail": PARTIES,
    "leads-set": {"sergeant", "inspector", "coordinator"},
    "application-record": POLICE,
    "check-record": POLICE,
    "left-alone": POLICE | LEADS,
    "limits-confirm": LEADS,
    "police-pause-propose": {"inspector"},
    "agreement-draft": {"sergeant", "inspector", "coordinator"} | LEADS,
    "partnership-pause": LEADS,
    "partnership-resume": LEADS,
    "partnership-leave": LEADS,
    "cadence-set": LEADS,
}


def page_of(client, name, partnership):
    return client.get(reverse(f"partnerships:{name}", args=[partnership.ref]))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", [*EVERYBODY, None])
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


@pytest.mark.parametrize("turns", [1, 3])
def test_partnership_page_query_count_is_constant(client, world, turns):
    client.force_login(world.imam)
    for name in ("pause", "resume", "pause")[:turns]:
        client.post(reverse(f"partnerships:partnership-{name}", args=[world.partnership.ref]))
    url = world.partnership.get_absolute_url()
    client.get(url)

    with asks(11):
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
