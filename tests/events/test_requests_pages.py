import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.actions.recourse import use_recourse
from events.models import EngagementRequest
from tests.events.requests_kit import AT, HOUR, IN_STATE, SLOT, countered, submit
from tests.factories import make_partnership
from tests.support.counting import asks

LATER = AT + 41 * HOUR
MOVES = {
    "acknowledge": ("submitted", "officer", {"words": "Thank you."}, "acknowledged"),
    "accept": ("acknowledged", "officer", {"attending": "officer"}, "accepted"),
    "counter": ("acknowledged", "sergeant", {"words": "Later?"}, "alternative_proposed"),
    "ring": ("acknowledged", "imam", {"words": "Thursday then."}, "acknowledged"),
    "redirect": (
        "acknowledged",
        "sergeant",
        {"unit": "other_team", "warm_handover": "no", "words": "Theirs."},
        "redirected",
    ),
    "ask-to-decline": (
        "acknowledged",
        "sergeant",
        {"reason": "other", "words": "Sorry.", "other_route": "The council."},
        "decline_asked",
    ),
    "approve-decline": ("decline_asked", "inspector", {}, "declined"),
    "refuse-decline": ("decline_asked", "inspector", {"words": "Find somebody."}, "acknowledged"),
    "withdraw": ("accepted", "imam", {}, "withdrawn"),
    "reassign": ("accepted", "sergeant", {"officer": "inspector"}, "accepted"),
    "schedule": ("accepted", "imam", {"slot": "slot"}, "scheduled"),
}
DENIED = {
    "acknowledge": "imam",
    "accept": "coordinator",
    "counter": "officer",
    "ring": "coordinator",
    "redirect": "officer",
    "decline": "imam",
    "ask-to-decline": "officer",
    "approve-decline": "sergeant",
    "refuse-decline": "officer",
    "withdraw": "sergeant",
    "reassign": "imam",
    "schedule": "coordinator",
    "recourse": "officer",
    "answer-recourse": "sergeant",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(LATER, tick=False):
        yield


def data_of(world, request, typed):
    """Replace the names of people, units and times by what a form sends."""
    data = {}
    for name, value in typed.items():
        person = world.people.get(value)
        unit = getattr(world, value) if value in {"other_team"} else None
        data[name] = person.contact.pk if person else unit.pk if unit else value
    if data.get("slot"):
        data["slot"] = str(request.slots.first().pk)
    return data


@pytest.mark.parametrize("move", MOVES)
def test_request_move_pages_do_what_they_say(world, client, move):
    state, who, typed, after = MOVES[move]
    request = IN_STATE[state](world)
    url = reverse(f"events:request-{move}", args=[request.ref])
    client.force_login(getattr(world, who))

    shown = client.get(url)
    done = client.post(url, data_of(world, request, typed))

    assert b'<form method="post" novalidate>' in shown.content
    assert done.status_code == 302, done.context["form"].errors
    request.refresh_from_db()
    assert request.state == after


@pytest.mark.parametrize("move", DENIED)
def test_request_move_pages_are_closed_to_others(world, client, move):
    request = submit(world)
    url = reverse(f"events:request-{move}", args=[request.ref])

    for who, status in ((DENIED[move], 403), ("other_imam", 404), ("far_sergeant", 404)):
        client.force_login(getattr(world, who))
        assert client.get(url).status_code == status, who
        assert client.post(url).status_code == status, who


def test_request_move_page_says_when_it_is_too_late(world, client):
    request = IN_STATE["withdrawn"](world)
    client.force_login(world.officer)

    response = client.get(reverse("events:request-acknowledge", args=[request.ref]))

    assert "That is not possible now. The request stands at: Withdrawn." in response.text


@pytest.mark.parametrize(("who", "offered"), [("officer", True), ("imam", False)])
def test_request_ring_page_is_for_police_until_somebody_acknowledged(world, client, who, offered):
    request = submit(world)
    url = reverse("events:request-ring", args=[request.ref])
    client.force_login(getattr(world, who))

    assert (url in client.get(request.get_absolute_url()).text) == offered
    assert ("It does not stand for having acknowledged it" in client.get(url).text) == offered
    client.post(url, {"words": "Nobody answered the phone."})

    assert request.steps.filter(move="rang").exists() == offered


def test_request_move_page_loses_nothing_that_was_typed(world, client):
    request = submit(world)
    client.force_login(world.officer)
    text = "Ring Sara on 07700 900123, please."

    response = client.post(
        reverse("events:request-acknowledge", args=[request.ref]), {"words": text}
    )

    assert response.status_code == 200
    assert text in response.text
    assert "a phone number" in response.text
    request.refresh_from_db()
    assert request.state == "submitted"


def asked(world, **changes):
    return {
        "partnership": world.partnership.ref,
        "kind": "talk_tour",
        "purposes": ["getting_to_know"],
        "slot_1_on_0": "10",
        "slot_1_on_1": "3",
        "slot_1_on_2": "2026",
        "slot_1_starts": "6.30pm",
        "slot_1_minutes": "90",
        "urgency": "routine",
        "why": "New neighbours ask about us.",
        "wants_woman_officer": "on",
        **changes,
    }


@pytest.mark.parametrize(("who", "side"), [("imam", "institution"), ("officer", "police")])
def test_request_create_asks_for_ones_own_side(world, client, who, side):
    client.force_login(getattr(world, who))
    page = reverse("events:request-create")

    shown = client.get(page, {"institution": world.mosque.ref})
    done = client.post(page, asked(world))

    assert 'name="partnership"' in shown.text
    request = EngagementRequest.objects.get()
    assert done.url == request.get_absolute_url()
    assert (request.raised_side, request.kind) == (side, "talk_tour")
    assert request.wants_woman_officer == (side == "institution")
    slot = request.slots.get()
    assert (slot.on, slot.starts, slot.duration_minutes) == (SLOT.on, SLOT.starts, 90)


def test_request_capture_keeps_how_and_by_whom(world, client):
    client.force_login(world.officer)
    role = world.imam.contact.shown_role

    client.post(
        reverse("events:request-capture"), asked(world, channel="phone", asked_role=role.pk)
    )

    request = EngagementRequest.objects.get()
    assert (request.raised_side, request.channel) == ("institution", "phone")
    assert (request.asked_role, request.recorded_by) == (role, world.officer.contact)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"purposes": []}, "Select what it is for"),
        ({"slot_1_on_0": "1"}, "Choose a time that is still to come."),
        (
            {"slot_2_on_0": "12", "slot_2_on_1": "3", "slot_2_on_2": "2026"},
            "Enter the start as well.",
        ),
        ({"slot_1_starts": "7"}, "Say if it is morning or evening"),
        ({"why": "It is about AB12 CDE."}, "a vehicle registration"),
    ],
)
def test_request_create_says_beside_the_field_what_is_wrong(world, client, changes, says):
    client.force_login(world.imam)

    response = client.post(reverse("events:request-create"), asked(world, **changes))

    assert response.status_code == 200
    assert says in response.text
    assert 'href="#id_' in response.text
    assert not EngagementRequest.objects.exists()


def test_request_create_says_why_a_mosque_that_has_not_joined_cannot_be_asked(world, client):
    make_partnership(world.far_mosque, world.team, state="not_joined", is_primary=False)
    closed = world.far_partnership
    type(closed).objects.filter(pk=closed.pk).update(state="not_joined")
    client.force_login(world.far_sergeant)

    response = client.get(reverse("events:request-create"), {"institution": world.far_mosque.ref})

    assert "Eastvale Mosque has not joined yet." in response.text
    assert 'name="kind"' not in response.text


@pytest.mark.parametrize(
    ("who", "institution", "status"),
    [
        ("imam", "other_mosque", 404),
        ("far_sergeant", "mosque", 404),
        ("coordinator", "mosque", 403),
        ("stranger", None, 403),
    ],
)
def test_request_create_is_closed_to_others(world, client, who, institution, status):
    client.force_login(getattr(world, who))
    query = {"institution": getattr(world, institution).ref} if institution else {}

    assert client.get(reverse("events:request-create"), query).status_code == status


def test_request_create_takes_no_partnership_out_of_sight(world, client):
    client.force_login(world.imam)

    response = client.post(
        reverse("events:request-create"), asked(world, partnership=world.other_partnership.ref)
    )

    assert response.status_code == 200
    assert not EngagementRequest.objects.exists()


def test_request_detail_says_when_a_person_will_answer(world, client):
    request = submit(world)
    client.force_login(world.imam)

    response = client.get(request.get_absolute_url())

    says = "A person will answer by Thursday 5 March 2026, 10:00 (31 hours left)."
    assert says in response.text
    client.force_login(world.officer)
    says = "answer is due by Thursday 5 March 2026, 10:00; 31 hours left."
    assert says in client.get(request.get_absolute_url()).text


def test_request_detail_names_the_inspector_once_it_is_late(world, client):
    request = submit(world)
    client.force_login(world.imam)
    assert "Ruth Dale" not in client.get(request.get_absolute_url()).text

    with time_machine.travel(AT + 72 * HOUR):
        client.force_login(world.imam)
        late = client.get(request.get_absolute_url())

    assert "Insp Ruth Dale" in late.text
    assert reverse("events:request-recourse", args=[request.ref]) in late.text
    assert "An answer was due by Thursday 5 March 2026, 10:00 (late now)." in late.text


def test_request_recourse_page_asks_the_inspector_who_answers(world, client):
    request = submit(world)
    late = AT + 80 * HOUR
    with time_machine.travel(late):
        client.force_login(world.imam)
        client.post(reverse("events:request-recourse", args=[request.ref]), {})
        client.force_login(world.inspector)
        url = reverse("events:request-answer-recourse", args=[request.ref])
        client.post(url, {"words": "I am sorry. PC Carver rings today."})

    request.refresh_from_db()
    assert (request.recourse, request.state) == ("answered", "acknowledged")


def test_request_detail_hides_a_preference_from_colleagues(world, client):
    request = submit(world, wants_woman_officer=True)
    found = {}
    for who in ("imam", "member", "officer"):
        client.force_login(getattr(world, who))
        found[who] = "A woman officer" in client.get(request.get_absolute_url()).text

    assert found == {"imam": True, "member": False, "officer": True}


def test_request_detail_says_ring_once_both_have_proposed(world, client):
    request = countered(world)
    client.force_login(world.imam)
    client.post(
        reverse("events:request-counter", args=[request.ref]), {"words": "Could it be Friday?"}
    )
    client.force_login(world.sergeant)

    response = client.get(request.get_absolute_url())

    assert "Please ring now: <bdi>Masjid An-Noor</bdi>" in response.text
    assert reverse("events:request-counter", args=[request.ref]) not in response.text
    assert reverse("events:request-ring", args=[request.ref]) in response.text


@pytest.mark.parametrize("state", EngagementRequest.State.values)
def test_request_detail_shows_every_state_to_both_sides(world, client, state):
    request = IN_STATE[state](world)

    for who in ("imam", "officer", "inspector", "coordinator"):
        client.force_login(getattr(world, who))
        response = client.get(request.get_absolute_url())
        assert request.get_state_display() in response.text
        assert "Both sides read the same." in response.text


@pytest.mark.parametrize(
    ("who", "status"), [("other_imam", 404), ("far_sergeant", 404), ("stranger", 404)]
)
def test_request_detail_is_closed_to_others(world, client, who, status):
    request = submit(world)
    client.force_login(getattr(world, who))

    assert client.get(request.get_absolute_url()).status_code == status


def test_request_list_filters_by_what_stands_in_the_address(world, client):
    mine, police = submit(world), submit(world, side="police", by=world.officer)
    late = submit(world, at=AT - 48 * HOUR, slots=[SLOT])
    client.force_login(world.officer)

    def shown(**query):
        page = client.get(reverse("events:request-list"), query).context["page"]
        return {ask.reference for ask in page.items}

    assert shown() == {mine.reference, police.reference, late.reference}
    assert shown(asked_by="police") == {police.reference}
    assert shown(late="on") == {late.reference}
    assert shown(waiting="on") == {mine.reference, late.reference}
    assert shown(state="accepted") == set()


@pytest.mark.parametrize("number", [1, 3])
def test_request_list_query_count_is_constant(world, client, number):
    role = world.imam.contact.shown_role
    for _index in range(number):
        submit(world, by=world.officer, channel="phone", asked_role=role)
    client.force_login(world.officer)

    with asks(6):
        response = client.get(reverse("events:request-list"))

    assert len(response.context["page"].items) == number


@pytest.mark.parametrize("number", [1, 3])
def test_request_detail_query_count_is_constant(world, client, number):
    request = IN_STATE["scheduled"](world)
    for _index in range(number - 1):
        day = SLOT.on + dt.timedelta(days=_index)
        request.slots.create(
            institution=world.mosque, side="police", round=1, on=day, starts=SLOT.starts
        )
    client.force_login(world.officer)

    with asks(11):
        client.get(request.get_absolute_url())


def test_request_detail_of_a_late_one_costs_two_queries_more(world, client):
    request = submit(world, topics=["road_safety", "mosque_safety"])
    with time_machine.travel(AT + 80 * HOUR):
        client.force_login(world.imam)
        with asks(11):
            response = client.get(request.get_absolute_url())

    assert "Mosque safety<br>Road safety" in response.text


def test_request_answered_by_the_commander_leaves_their_sight_for_the_list(world, client):
    request = use_recourse(request=submit(world), by=world.imam, at=AT + 72 * HOUR)
    EngagementRequest.objects.update(recourse="with_commander")
    client.force_login(world.commander)

    response = client.post(
        reverse("events:request-answer-recourse", args=[request.ref]), {"words": "Done."}
    )

    assert response.url == reverse("events:request-list")
