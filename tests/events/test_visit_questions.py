"""What is asked about a visit fits it: its kind, its time, who writes, and whether they joined."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from config.outbox.models import Message
from events.actions.note_leaving import release_notes
from events.models import Attendance, Engagement
from partnerships.models import Partnership
from tests.events.notes_kit import LEAVES
from tests.events.visits_kit import AT, DAY, log, plan
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
LOG = "/visits/log/"
TOMORROW = DAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def typed(world, **changes):
    return {
        "institution": str(world.mosque.ref),
        "kind": "visit",
        "purposes": ["reassurance"],
        "officers": [world.sergeant.contact.pk],
        "in_uniform": "on",
        "on_0": "10",
        "on_1": "6",
        "on_2": "2026",
        "starts": "19:30",
        "duration_minutes": "30",
        "initiated_by": "police",
    } | changes


def page(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purposes": []}, "purposes"),
        ({"starts": "late"}, "starts"),
        ({"starts": "23:00"}, "starts"),
        ({"kind": "drop_in"}, "unannounced"),
    ],
)
def test_visit_log_says_what_is_wrong_before_it_asks_about_another(client, world, changes, field):
    log(world)
    client.force_login(world.sergeant)

    answer = client.post(LOG, typed(world, **changes))

    assert list(answer.context["form"].errors) == [field]
    assert "Is it one of these?" not in answer.content.decode()


def test_visit_log_leads_to_the_visit_that_is_there_rather_than_to_a_second_one(client, world):
    log(world)
    client.force_login(world.sergeant)

    asked = client.post(LOG, typed(world)).content.decode()

    main, aside = 'class="govuk-button"', "govuk-button--secondary"
    join, another = asked.index("add me to it"), asked.index("It was another visit: log it")
    assert aside not in asked[:join]
    assert aside in asked[join:another]
    assert main not in asked[join:another]


def test_visit_log_offers_only_what_has_begun_as_held(client, world):
    over, ahead = plan(world), plan(world, on=TOMORROW)
    client.force_login(world.sergeant)

    asked = client.post(LOG, typed(world)).content.decode()

    assert f"planned={over.ref}" in asked
    assert f"planned={ahead.ref}" not in asked
    assert "It has not begun yet" in asked


def test_visit_detail_offers_to_log_a_planned_visit_once_it_has_begun(client, world):
    visit = plan(world, on=TOMORROW)
    client.force_login(world.sergeant)

    before = page(client, visit.get_absolute_url())
    with time_machine.travel(visit.starts_at, tick=False):
        client.force_login(world.sergeant)  # the session of the day before is over
        begun = page(client, visit.get_absolute_url())

    assert ("It was held: log it" in before, "It was held: log it" in begun) == (False, True)
    assert "Move it" in before


def test_visit_log_of_a_phone_call_keeps_nothing_about_uniform(client, world):
    client.force_login(world.sergeant)

    client.post(LOG, typed(world, kind="phone_call"))

    assert not Attendance.objects.get().in_uniform
    assert "uniform" not in page(client, Engagement.objects.get().get_absolute_url())


def test_visit_log_of_a_planned_phone_call_asks_nothing_about_uniform(client, world):
    call = plan(world, kind="phone_call")
    client.force_login(world.sergeant)

    assert "in_uniform" not in client.get(f"{LOG}?planned={call.ref}").context["form"].fields
    client.post(f"{LOG}?planned={call.ref}", typed(world))

    assert not Attendance.objects.get().in_uniform


def test_visit_finish_asks_no_mosque_which_of_its_own_people_police_met(client, world):
    visit = log(world)
    address = reverse("events:visit-finish", args=[visit.ref])

    fields = {}
    for person in (world.officer, world.imam):
        client.force_login(person)
        fields[person] = set(client.get(address).context["form"].fields)

    assert fields[world.officer] - fields[world.imam] == {"roles_met"}


def test_visit_finish_says_which_promise_is_meant(client, world):
    visit = log(world)
    client.force_login(world.officer)
    due = {"promise_3_due_0": "31", "promise_3_due_1": "2", "promise_3_due_2": "2026"}
    sent = {"promise_2_text": "Ask the council.", "promise_4_text": "x" * 501} | due

    form = client.post(reverse("events:visit-finish", args=[visit.ref]), sent).context["form"]

    said = [text for name in form.errors if "promise_" in name for text in form.errors[name]]
    assert said == [
        "Promise 3: day by which it is done must be a real date",
        "Promise 4 must be 500 characters or fewer",
        "Promise 2: enter the day by which it is done",
    ]


# --- Before a mosque has joined -----------------------------------------------------------------
@pytest.fixture
def early(world):
    with as_owner():
        Partnership.objects.update(state="not_joined", joined_on=None)
    return log(world)


def test_a_visit_before_joining_speaks_of_promises_and_of_nothing_shared(client, world, early):
    client.force_login(world.officer)

    shown = page(client, early.get_absolute_url())
    form = page(client, reverse("events:visit-finish", args=[early.ref]))

    for words in ("Promises not noted yet", "nothing is sent to it", "Note the promises"):
        assert words in shown
    for words in ("Both sides can read this", "Share it now", "Finish and share", "Look at it"):
        assert words not in shown + form
    assert "note is not shared" not in shown.lower()


def test_promises_before_joining_are_noted_and_nothing_is_sent(client, world, early):
    client.force_login(world.officer)
    due = {"promise_1_due_0": "1", "promise_1_due_1": "7", "promise_1_due_2": "2026"}
    sent = {"promise_1_text": "Ask the council.", "share": "on"} | due

    done = client.post(reverse("events:visit-finish", args=[early.ref]), sent, follow=True)
    waiting = page(client, early.get_absolute_url())
    release_notes(at=LEAVES)

    assert "What was promised is noted" in done.content.decode()
    assert "What was promised stands from" in waiting
    assert "The note" not in done.content.decode() + waiting
    assert "Promises noted" in page(client, early.get_absolute_url())
    assert "Promises noted" in page(client, "/visits/")
    assert not Message.objects.filter(kind="events.note_shared").exists()
