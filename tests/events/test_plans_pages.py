import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from events.models import Engagement, EngagementFeedback
from tests.events.requests_kit import AT, HOUR, held, scheduled
from tests.events.test_plans import FRIDAY, plan
from tests.factories import make_partnership
from tests.support.counting import asks

LATER = AT + HOUR
OUTSIDE = [("other_imam", 404), ("far_sergeant", 404), ("stranger", 404)]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(LATER, tick=False):
        yield


def typed(world, **changes):
    return {
        "partnership": world.partnership.ref,
        "kind": "meeting",
        "purposes": ["getting_to_know"],
        "topics": ["road_safety"],
        "on_0": "10",
        "on_1": "3",
        "on_2": "2026",
        "starts": "18:30",
        "duration_minutes": "60",
        "officers": [world.officer.contact.pk],
        "place": "Library",
        **changes,
    }


def on_friday(world, **changes):
    return typed(world, on_0="13", starts="12.30pm", **changes)


def test_visit_plan_puts_a_visit_in_the_calendar(world, client):
    client.force_login(world.sergeant)

    shown = client.get(reverse("events:visit-plan"), {"institution": world.mosque.ref})
    done = client.post(reverse("events:visit-plan"), typed(world))

    assert "Friday 6 March 2026: 12:00 to 15:00 (kept free by default)" in shown.text
    visit = Engagement.objects.get()
    assert done.url == visit.get_absolute_url()
    assert (visit.logged_side, visit.initiated_by, visit.topics) == (
        "police",
        "police",
        ["road_safety"],
    )
    assert [a.officer for a in visit.attendances.all()] == [world.officer.contact]


def test_visit_plan_by_the_mosque_leaves_the_officers_to_police(world, client):
    client.force_login(world.member)

    shown = client.get(reverse("events:visit-plan"))
    client.post(reverse("events:visit-plan"), typed(world))

    assert "Which officers come" not in shown.text
    visit = Engagement.objects.get()
    assert (visit.logged_side, visit.initiated_by) == ("institution", "institution")
    assert not visit.attendances.exists()


@pytest.mark.parametrize(
    ("ticked", "planned"), [({}, False), ({"invited_at_busy_time": "on"}, True)]
)
def test_visit_plan_asks_whether_a_busy_time_is_by_invitation(world, client, ticked, planned):
    client.force_login(world.sergeant)

    response = client.post(reverse("events:visit-plan"), on_friday(world, **ticked))

    assert Engagement.objects.exists() == planned
    if not planned:
        assert "12:00 to 15:00 (kept free by default)" in response.text
        assert '<a href="#id_starts">' in response.text
        assert "Library" in response.text  # nothing typed is lost


def test_visit_plan_says_that_a_partnership_is_paused(world, client):
    make_partnership(world.far_mosque, world.team, state="paused_by_institution", is_primary=False)
    type(world.partnership).objects.update(state="paused_by_institution")
    client.force_login(world.sergeant)

    response = client.get(reverse("events:visit-plan"), {"institution": world.mosque.ref})

    assert "is paused, so nothing new can be arranged" in response.text
    assert 'name="kind"' not in response.text


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("stranger", 403)])
def test_visit_plan_is_closed_to_those_who_only_read(world, client, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("events:visit-plan")).status_code == status


@pytest.mark.parametrize("query", ["not-a-ref", "5c1f6f0e-3b1c-4e42-9a51-1d6f6f2b7a10"])
def test_visit_plan_of_no_institution_is_missing(world, client, query):
    client.force_login(world.sergeant)

    response = client.get(reverse("events:visit-plan"), {"institution": query})

    assert response.status_code == 404


@pytest.mark.parametrize("who", ["officer", "imam"])
def test_visit_move_is_for_both_sides(world, client, who):
    visit = plan(world)
    client.force_login(getattr(world, who))
    url = reverse("events:visit-move", args=[visit.ref])

    shown = client.get(url)
    client.post(url, typed(world, on_0="11", starts="19:00"))

    assert 'value="18:30"' in shown.text
    visit.refresh_from_db()
    assert (visit.on, visit.starts) == (dt.date(2026, 3, 11), dt.time(19))
    assert visit.calendar_sequence == 1


@pytest.mark.parametrize("who", ["officer", "imam"])
def test_visit_cancel_says_who_is_told_and_cancels(world, client, who):
    visit = plan(world)
    client.force_login(getattr(world, who))
    url = reverse("events:visit-cancel", args=[visit.ref])

    shown = client.get(url)
    client.post(url, {"reason": "illness"})

    assert "The leads of the mosque, the officers who come" in shown.text
    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason) == ("cancelled", "illness")


def test_visit_cancel_tells_police_that_they_owe_a_new_date(world, client):
    visit = scheduled(world).engagements.get()
    client.force_login(world.sergeant)

    response = client.get(reverse("events:visit-cancel", args=[visit.ref]))

    assert "they owe a new date within 14 days" in response.text


def test_visit_that_the_mosque_asked_for_is_not_cancelled_by_an_officer_alone(world, client):
    visit = scheduled(world).engagements.get()
    url = reverse("events:visit-cancel", args=[visit.ref])
    found = {}
    for who in ("officer", "sergeant", "inspector", "imam"):
        client.force_login(getattr(world, who))
        page = client.get(visit.get_absolute_url()).content.decode()
        found[who] = (client.get(url).status_code, url in page)

    assert found == {"officer": (403, False)} | dict.fromkeys(
        ("sergeant", "inspector", "imam"), (200, True)
    )


@pytest.mark.parametrize("page", ["visit-move", "visit-cancel", "visit-feedback"])
def test_planned_visit_pages_are_closed_to_others(world, client, page):
    visit = plan(world)

    for who, status in [*OUTSIDE, ("coordinator", 403)]:
        client.force_login(getattr(world, who))
        url = reverse(f"events:{page}", args=[visit.ref])
        assert client.get(url).status_code == status, who
        assert client.post(url).status_code == status, who


@pytest.mark.parametrize("page", ["visit-move", "visit-cancel"])
def test_planned_visit_pages_say_when_it_is_too_late(world, client, page):
    visit = held(world).engagements.get()
    client.force_login(world.sergeant)

    response = client.get(reverse(f"events:{page}", args=[visit.ref]))

    assert "That is not possible now. The visit stands at: Held." in response.text


def test_visit_calendar_is_a_file_for_ones_own_calendar(world, client):
    visit = plan(world, place="Library, by the side door")
    client.force_login(world.imam)

    response = client.get(reverse("events:visit-calendar", args=[visit.ref]))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="visit.ics"'
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("DTSTART") == visit.starts_at
    assert event["SUMMARY"] == "Meeting: Masjid An-Noor"
    assert b"side door" not in response.content


@pytest.mark.parametrize(("who", "status"), OUTSIDE)
def test_visit_calendar_is_closed_to_others(world, client, who, status):
    visit = plan(world)
    client.force_login(getattr(world, who))

    url = reverse("events:visit-calendar", args=[visit.ref])

    assert client.get(url).status_code == status


@pytest.mark.parametrize(("who", "side"), [("imam", "institution"), ("officer", "police")])
def test_visit_feedback_asks_both_sides_the_same(world, client, who, side):
    request = held(world)
    visit = request.engagements.get()
    client.force_login(getattr(world, who))
    url = reverse("events:visit-feedback", args=[visit.ref])

    shown = client.get(url)
    done = client.post(url, {"as_agreed": "partly", "next_words": "Meet the youth group."})

    assert "Was it what we agreed it would be for?" in shown.text
    assert done.url == request.get_absolute_url()
    given = EngagementFeedback.objects.get()
    assert (given.side, given.as_agreed) == (side, "partly")
    assert "Meet the youth group." in client.get(request.get_absolute_url()).text


def test_visit_feedback_is_over_for_a_visit_not_held(world, client):
    visit = plan(world, on=FRIDAY, starts=dt.time(16))
    client.force_login(world.imam)

    response = client.get(reverse("events:visit-feedback", args=[visit.ref]))

    assert "Feedback is for visits that were held." in response.text


@pytest.mark.parametrize("number", [1, 3])
def test_visit_plan_query_count_is_constant(world, client, number):
    for _index in range(number):
        plan(world)
    client.force_login(world.sergeant)

    with asks(10):
        client.get(reverse("events:visit-plan"), {"institution": world.mosque.ref})
