"""What leaves the portal is written down for good, and the institution reads it and is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from config.audit import chains
from config.audit.models import Entry
from config.outbox.models import Message
from contacts.actions.disclosures import record_disclosure
from contacts.models import Disclosure
from tests.factories import make_institution, make_person
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
GIVEN = {
    "recipient": "coroner",
    "gateway": "court_order",
    "content": "visits",
    "left_on": dt.date(2026, 11, 20),
    "reference": "FOI-2026-118",
}
SENT = {
    "recipient": "coroner",
    "gateway": "court_order",
    "content": "visits",
    "left_on_0": 20,
    "left_on_1": 11,
    "left_on_2": 2024,
    "reference": "FOI/118",
}


def disclose(world, **changes):
    given = {"institution": world.mosque, "by": world.coordinator, "at": AT}
    return record_disclosure(**given | GIVEN | changes)


def url(place, page="list"):
    return reverse(f"contacts:disclosure-{page}", args=[place.ref])


def test_record_disclosure_keeps_codes_and_tells_the_leads(world):
    made = disclose(world)
    made.refresh_from_db()

    assert (made.force_id, made.district_id) == (world.force_area.pk, world.district.pk)
    entry = Entry.objects.get(action="contacts.disclosure_recorded")
    assert (entry.institution_id, entry.details["gateway"]) == (world.mosque.pk, "court_order")
    (message,) = Message.objects.filter(kind="contacts.disclosure_recorded")
    assert message.recipient_id == str(world.imam.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"left_on": dt.date(2026, 11, 24)}, "left_on"),
        ({"reference": "Mr Khan asked"}, "reference"),
        ({"gateway": "curiosity"}, "gateway"),
    ],
)
def test_record_disclosure_declines_what_cannot_be(world, changes, field):
    with pytest.raises(ValidationError) as error:
        disclose(world, **changes)

    assert set(error.value.message_dict) == {field}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts_disclosure SET recipient = 'court'",
        "DELETE FROM contacts_disclosure",
        "TRUNCATE contacts_disclosure",
    ],
)
@pytest.mark.parametrize("role", ["portal_app", "portal_task", "portal_owner"])
def test_disclosure_is_never_changed_by_anybody(world, role, statement):
    disclose(world)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        as_role(role),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_disclosure_is_sealed_and_an_edit_is_named(world):
    made = disclose(world)
    with as_task():
        chains.seal()
        assert {head.chain for head in chains.heads()} == {"disclosure", "entry", "row"}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE contacts_disclosure DISABLE TRIGGER USER")
        cursor.execute("UPDATE contacts_disclosure SET recipient = 'court'")
    with as_task():
        assert [str(fault) for fault in chains.faults()] == [
            f"disclosure: row {made.pk} (link 1) was edited"
        ]


@pytest.mark.parametrize("role", ["imam", "member", "sergeant", "officer", "coordinator"])
def test_disclosures_are_read_by_both_sides(world, client, role):
    disclose(world)
    client.force_login(getattr(world, role))
    page = client.get(url(world.mosque)).content.decode()

    assert "A coroner" in page
    assert "FOI-2026-118" in page


@pytest.mark.parametrize("role", ["other_imam", "far_imam", "far_sergeant", "umbrella_lead"])
def test_disclosures_are_not_for_others(world, client, role):
    client.force_login(getattr(world, role))

    assert client.get(url(world.mosque)).status_code == 404


@pytest.mark.parametrize(
    ("access_role", "statuses"), [("scrutineer", (200, 403)), ("records_officer", (200, 200))]
)
def test_panel_reads_disclosures_and_the_records_officer_writes_them(
    world, client, access_role, statuses
):
    place = world.force
    if access_role == "scrutineer":
        place = make_institution("panel", "Northshire panel", world.force_area)
    client.force_login(make_person(place, access_role))

    got = [client.get(url(world.mosque, page)).status_code for page in ("list", "record")]
    assert tuple(got) == statuses


def test_disclosure_form_writes_one_and_shows_it(world, client):
    client.force_login(world.coordinator)
    response = client.post(url(world.mosque, "record"), SENT, follow=True)

    assert Disclosure.objects.of(world.mosque).get().reference == "FOI/118"
    assert "Written down" in response.content.decode()


def test_disclosure_form_says_beside_the_field_what_is_wrong(world, client):
    client.force_login(world.coordinator)
    sent = SENT | {"reference": "for Mr Khan", "left_on_2": 2199}
    response = client.post(url(world.mosque, "record"), sent)

    assert set(response.context["form"].errors) == {"left_on"}
    response = client.post(url(world.mosque, "record"), sent | {"left_on_2": 2024})
    assert set(response.context["form"].errors) == {"reference"}
    assert "for Mr Khan" in response.content.decode()
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("role", ["imam", "sergeant"])
def test_disclosure_form_is_not_for_those_who_read(world, client, role):
    client.force_login(getattr(world, role))

    assert client.post(url(world.mosque, "record"), SENT).status_code == 403
