"""Adding oneself to what a colleague logged, and what that lets one see and do."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from contacts.models import RoleHolding
from events.actions.note_leaving import release_notes
from events.actions.visits import join_visit
from events.models import Engagement, SharedNote
from tests.events.notes_kit import LEAVES, WORDS, finish
from tests.events.visits_kit import AT, DAY, log, plan
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def url(name, visit):
    return reverse(f"events:visit-{name}", args=[visit.ref])


def test_visit_log_tells_strangers_only_kind_and_day_of_what_is_there(client, world):
    there, planned = log(world), plan(world)
    client.force_login(world.far_sergeant)
    typed = {
        "institution": "elsewhere",
        "other_institution": str(world.mosque.ref),
        "kind": "visit",
        "purposes": ["reassurance"],
        "officers": [world.far_sergeant.contact.pk],
        "on_0": "10",
        "on_1": "6",
        "on_2": "2026",
        "starts": "18:00",
        "duration_minutes": "30",
        "initiated_by": "police",
    }

    join = url("join", there)
    asked, joining = (
        client.post("/visits/log/", typed).content.decode(),
        client.get(join).content.decode(),
    )

    assert there.get_kind_display() in asked
    assert planned.get_kind_display() in asked
    assert join in asked
    assert f"planned={planned.ref}" not in asked
    for page in (asked, joining):
        assert not any(told in page for told in ("Carver", "Holt", "19:30", "19:00"))


def test_visit_join_adds_me_and_lets_me_see(client, world):
    visit = log(world)
    client.force_login(world.far_sergeant)
    assert client.get(visit.get_absolute_url()).status_code == 404

    response = client.post(url("join", visit))

    assert response.url == visit.get_absolute_url()
    assert client.get(visit.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("person", "days", "status"),
    [
        ("far_sergeant", 15, 404),
        ("imam", 1, 404),
        ("coordinator", 1, 403),
        ("stranger", 1, 404),
    ],
)
def test_visit_join_is_for_officers_and_the_latest_visits(client, world, person, days, status):
    visit = log(world, on=DAY - dt.timedelta(days=days))
    client.force_login(getattr(world, person))

    assert client.post(url("join", visit)).status_code == status


def test_whoever_joined_from_elsewhere_reads_and_writes_nothing(client, world, note):
    left = note.engagement
    join_visit(engagement=left, by=world.far_sergeant, at=AT)
    client.force_login(world.far_sergeant)

    assert WORDS["told_us"] in client.get(left.get_absolute_url()).content.decode()
    for name in ("finish", "shared", "undo", "amend", "withdraw", "record", "accept", "confirm"):
        assert client.get(url(name, left)).status_code == 403
        assert client.post(url(name, left), {"reason": "wrong_institution"}).status_code == 403
    assert Engagement.objects.get().state == "held"


def test_whoever_drafted_the_note_may_remove_it_after_a_move_elsewhere(client, world):
    visit = log(world, by=world.sergeant, officers=[world.officer.contact])
    finish(world, visit)
    release_notes(at=LEAVES)
    with as_owner():
        RoleHolding.objects.filter(contact=world.officer.contact).update(
            institution=world.other_team
        )
    client.force_login(world.officer)

    client.post(url("withdraw", visit), {"reason": "mistake"})

    assert SharedNote.objects.get().text.is_withdrawn
