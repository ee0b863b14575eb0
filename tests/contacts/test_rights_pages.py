"""The pages on which people ask about their data, and on which they are answered."""

import pytest
from django.urls import reverse

from contacts.actions import retention, rights
from contacts.models import LegalHold, RightsRequest
from contacts.tasks import carry_out_erasures
from tests.access.record import AT
from tests.support.factors import show_again
from tests.support.scenes import made_once

from .rights_kit import NAME, make_scene, tables_that_hold, unpacked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_scene) as scene:
        yield scene


@pytest.fixture
def scene(built, db):
    built.person.refresh_from_db()
    return built


@pytest.fixture
def send(client):
    def send(user, name, *args, **body):
        client.force_login(user)
        show_again(client, user)
        return client.post(reverse(f"contacts:{name}", args=args), body)

    return send


def told(response):
    return unpacked(response.content)[0]


def test_everybody_downloads_their_own_data_and_only_that(scene, send):
    own = send(scene.ours.hidden, "my-data-export")
    leads = send(scene.imam, "my-data-export")

    assert own["Content-Type"] == "application/zip"
    assert own["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert own["Cache-Control"].startswith("no-store") or "no-store" in own["Cache-Control"]
    assert NAME in told(own)
    assert NAME not in told(leads)


def test_a_records_officer_downloads_what_is_held_about_who_asked(scene, send):
    asked = rights.ask_right(contact=scene.person, kind="access", by=scene.one, at=AT)

    assert NAME in told(send(scene.one, "right-export", asked.ref))
    assert send(scene.imam, "right-export", asked.ref).status_code == 404
    assert send(scene.sergeant, "right-export", asked.ref).status_code == 404
    assert send(scene.ours.hidden, "right-export", asked.ref).status_code == 403


def test_one_asks_once_and_reads_what_becomes_of_it(scene, send, client):
    send(scene.ours.hidden, "right-ask", kind="objection")
    again = send(scene.ours.hidden, "right-ask", kind="objection")

    asked = RightsRequest.objects.get(contact=scene.person)
    page = client.get(reverse("contacts:my-data")).content.decode()
    assert "That was asked already and is open." in again.content.decode()
    assert asked.get_absolute_url() in page
    assert client.get(asked.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Nobody Atall", "Nobody in your force is called that."),
        ("", "govuk-error-message"),
    ],
)
def test_who_asked_must_be_one_person_of_the_force(scene, send, person, said):
    response = send(scene.one, "right-record", kind="access", person=person)

    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert f'value="{person}"' in page or not person
    assert not RightsRequest.objects.exists()


@pytest.mark.parametrize("by", ["name", "address"])
def test_a_request_by_phone_is_written_down_for_the_person_meant(scene, send, by):
    person = NAME.lower() if by == "name" else scene.ours.hidden.email

    response = send(scene.one, "right-record", kind="access", person=person)

    asked = RightsRequest.objects.get()
    assert response.url == asked.get_absolute_url()
    assert (asked.contact, asked.recorded_by) == (scene.person, scene.one.contact)


def test_what_is_missing_is_asked_for_as_the_form_names_it(scene, send):
    page = send(scene.one, "right-record").text

    assert "Answer the question “What do they want?”" in page
    assert "What do you want" not in page


def test_two_records_officers_erase_a_person_by_the_pages(scene, send, client):
    for holding in scene.person.holdings.all():
        holding.held_until = holding.held_from
        holding.save()
    asked = rights.ask_right(contact=scene.person, kind="erasure", by=scene.one, at=AT)

    send(scene.one, "erasure-propose", asked.ref, reason="objected")
    assert send(scene.one, "erasure-confirm", asked.ref).status_code == 403
    assert send(scene.two, "erasure-confirm", asked.ref).status_code == 302
    carry_out_erasures()

    asked.refresh_from_db()
    assert asked.state == "done"
    assert tables_that_hold(NAME) == set()


def test_the_institution_sees_every_hold_on_it_and_how_long_things_are_kept(scene, client):
    retention.place_hold(institution=scene.mosque, reason="inquiry", by=scene.one, at=AT)
    pages = {}
    for who in ("imam", "other_imam"):
        client.force_login(getattr(scene, who))
        place = scene.mosque if who == "imam" else scene.other_mosque
        url = reverse("contacts:institution-retention", args=[place.ref])
        pages[who] = client.get(url).content.decode()

    assert "An inquiry or inspection" in pages["imam"]
    assert "6 years" in pages["imam"]
    assert "No legal hold is in place." in pages["other_imam"]


@pytest.mark.parametrize(
    ("person", "status"), [("", 302), (NAME, 302), ("Yusuf Rahman", 302), ("Idris Khan", 200)]
)
def test_a_hold_is_placed_on_an_institution_or_on_a_person_of_it(scene, send, person, status):
    of = "person" if person else "all"
    body = {"institution": scene.mosque.pk, "of": of, "reason": "claim", "person": person}

    assert send(scene.one, "hold-place", **body).status_code == status
    assert LegalHold.objects.exists() is (status == 302)
    if status == 302:
        hold = LegalHold.objects.get()
        assert (hold.contact.name if hold.contact else "") == person


def test_a_hold_is_placed_on_one_case_by_its_reference_or_the_address_of_its_page(
    scene, send, client
):
    ours, body = scene.ours, {"institution": scene.mosque.pk, "reason": "inquiry"}
    asked = ours["request_submitted"]
    said = {
        "request": f"{asked.reference.lower()} ",
        "concern": f"https://portal.example/concerns/{ours['concern_in_hand'].ref}/",
        "visit": str(ours["visit_noted"].ref),
    }
    for kind, typed in said.items():
        assert send(scene.one, "hold-place", **body, of=kind, **{kind: typed}).status_code == 302

    held = dict(LegalHold.objects.values_list("case_kind", "case_mark"))
    assert held["request"] == asked.reference
    assert held["visit"] == ours["visit_noted"].on.isoformat()
    client.force_login(scene.one)
    assert asked.reference in client.get(reverse("contacts:hold-list")).text


@pytest.mark.parametrize("of", ["person", "concern", "request", "visit"])
def test_what_is_not_of_that_institution_is_not_held_and_the_box_says_so(scene, send, of):
    elsewhere = scene.next["request_submitted"]
    body = {"institution": scene.mosque.pk, "reason": "claim", "of": of}

    for typed in ("", str(elsewhere.ref), "R-0000"):
        answer = send(scene.one, "hold-place", **body, **{of: typed})
        assert answer.context["form"].errors.keys() == {of}
    assert not LegalHold.objects.exists()


def test_nothing_is_proposed_without_a_due_row_and_the_page_says_so(scene, send):
    response = send(scene.one, "disposal-propose", rule="feedback")

    assert response.status_code == 200
    assert "Nothing has reached its time." in response.content.decode()
