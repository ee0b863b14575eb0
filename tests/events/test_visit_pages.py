import datetime as dt

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from events.actions.visits import join_visit
from events.models import Engagement
from partnerships.models import Partnership
from tests.events.notes_kit import finish
from tests.events.visits_kit import AT, DAY, log, plan
from tests.factories import make_institution, make_partnership, make_person
from tests.roles import as_owner
from tests.support.counting import asks

pytestmark = pytest.mark.django_db
LOG = "/visits/log/"
NOWHERE = "6f9ba639-da35-4e28-a771-43feb88cb21a"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def form(world, **changes):
    typed = {
        "institution": str(world.mosque.ref),
        "kind": "visit",
        "purposes": ["reassurance"],
        "officers": [world.officer.contact.pk],
        "in_uniform": "on",
        "on_0": "10",
        "on_1": "6",
        "on_2": "2026",
        "starts": "19:30",
        "duration_minutes": "30",
        "initiated_by": "police",
        "draft_id": "7b9d7c0c-5a5c-4b11-9a5e-2f6a3b1f0a11",
    }
    return typed | changes


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("inspector", 200),
        ("far_sergeant", 200),
        ("imam", 200),
        ("umbrella_lead", 200),
        ("coordinator", 403),
        ("commander", 403),
        ("stranger", 403),
    ],
)
def test_visit_log_is_for_officers_and_partners(client, world, person, status):
    client.force_login(getattr(world, person))

    assert client.get(LOG).status_code == status


def test_visit_log_logs_and_goes_to_the_visit(client, world):
    client.force_login(world.officer)

    response = client.post(LOG, form(world))

    visit = Engagement.objects.get()
    assert response.url == visit.get_absolute_url()
    assert (visit.partnership, visit.logged_side) == (world.partnership, "police")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "The visit is logged."
    ]


def test_visit_log_sent_twice_is_one_visit_and_no_question(client, world):
    client.force_login(world.officer)

    first, again = client.post(LOG, form(world)), client.post(LOG, form(world))

    assert first.url == again.url
    assert Engagement.objects.count() == 1


def test_visit_log_puts_what_is_wrong_beside_its_field(client, world):
    client.force_login(world.officer)

    response = client.post(LOG, form(world, kind="drop_in", starts="23:00", on_0="10"))

    assert list(response.context["form"].errors) in (["starts"], ["unannounced"])


def test_visit_log_offers_now_in_london_at_half_past_midnight_in_june(client, world):
    with time_machine.travel(dt.datetime(2026, 6, 10, 23, 31, tzinfo=dt.UTC), tick=False):
        client.force_login(world.officer)
        shown = client.get(LOG).context["form"]

    assert shown["on"].value() == dt.date(2026, 6, 11)
    assert shown["starts"].value() == "00:30"
    assert shown["officers"].value() == [world.officer.contact.pk]


def test_visit_log_puts_places_of_late_first_and_then_ones_own(client, world):
    log(world, partnership=world.far_partnership, on=dt.date(2026, 6, 1))
    client.force_login(world.officer)

    choices = list(client.get(LOG).context["form"].fields["institution"].choices)

    names = [label for _value, label in choices]
    assert names == ["Eastvale Mosque", "Masjid An-Noor", "Rosehill Mosque", "Somewhere else"]


def test_visit_log_says_what_the_mosque_asks_of_whoever_drops_in(client, world):
    with as_owner():
        type(world.mosque).objects.filter(pk=world.mosque.pk).update(
            drop_in="entrance_only", before_you_come="Shoes off at the red carpet."
        )
    client.force_login(world.officer)

    page = client.get(f"{LOG}?institution={world.mosque.ref}").content.decode()

    assert "Drop in, but stay at the entrance" in page
    assert "Shoes off at the red carpet." in page


def test_visit_log_takes_any_officer_anywhere_in_the_force(client, world):
    client.force_login(world.far_sergeant)
    there = {"institution": "elsewhere", "other_institution": str(world.mosque.ref)}

    response = client.post(LOG, form(world, **there, officers=[world.far_sergeant.contact.pk]))

    assert client.get(response.url).status_code == 200
    visit = Engagement.objects.get()
    assert (visit.partnership, visit.lead_unit) == (world.partnership, world.other_team)


@pytest.mark.parametrize("ref", ["", "elsewhere", "nonsense", NOWHERE])
def test_visit_log_needs_a_place_of_the_force(client, world, ref):
    client.force_login(world.officer)

    response = client.post(LOG, form(world, institution=ref))

    assert {"institution", "other_institution"} & set(response.context["form"].errors)


def test_visit_log_of_a_mosque_is_for_its_own_house_only(client, world):
    client.force_login(world.imam)

    elsewhere = client.post(LOG, form(world, institution=str(world.other_mosque.ref)))
    response = client.post(LOG, form(world, officers=[]))

    assert "institution" in elsewhere.context["form"].errors
    visit = Engagement.objects.get()
    assert response.url == visit.get_absolute_url()
    assert (visit.logged_side, visit.attendances.count()) == ("institution", 0)


def test_visit_log_names_no_officer_of_another_unit(client, world):
    client.force_login(world.officer)

    response = client.post(LOG, form(world, officers=[world.far_sergeant.contact.pk]))

    assert "officers" in response.context["form"].errors


def test_visit_log_says_that_a_partnership_is_paused(client, world):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state="paused_by_institution")
    client.force_login(world.officer)

    response = client.post(LOG, form(world))

    assert "Masjid An-Noor is paused" in response.content.decode()
    assert not Engagement.objects.exists()


def test_visit_log_asks_whether_it_is_the_one_in_the_record(client, world):
    there = log(world, on=dt.date(2026, 6, 9))
    client.force_login(world.sergeant)
    typed = form(world, officers=[world.sergeant.contact.pk])

    asked = client.post(LOG, typed)
    assert "Logged by" in asked.content.decode()
    assert "PC Ben Carver" in asked.content.decode()
    client.post(LOG, typed | {"another": "on"})

    assert Engagement.objects.exclude(pk=there.pk).get().logged_by == world.sergeant.contact


def test_visit_log_of_a_planned_visit_asks_less(client, world):
    planned = plan(world)
    client.force_login(world.sergeant)

    assert planned in client.get(LOG).context["planned_now"]
    shown = client.get(f"{LOG}?planned={planned.ref}")
    assert "kind" not in shown.context["form"].fields
    typed = form(world, officers=[world.sergeant.contact.pk], starts="19:05")
    client.post(f"{LOG}?planned={planned.ref}", typed)

    planned.refresh_from_db()
    assert (planned.state, planned.starts) == ("held", dt.time(19, 5))


def test_visit_log_of_a_planned_visit_sent_twice_is_one_and_clears_the_draft(client, world):
    planned = plan(world)
    client.force_login(world.officer)
    there = f"{LOG}?planned={planned.ref}"

    sent = [client.post(there, form(world)) for _time in range(2)]

    assert [response.url for response in sent] == [planned.get_absolute_url()] * 2
    assert client.get(there).url == planned.get_absolute_url()
    page = client.get(planned.get_absolute_url()).content.decode()
    assert f'data-clear-draft="{form(world)["draft_id"]}"' in page
    client.force_login(world.sergeant)  # who planned it, and whose phone holds no draft
    assert "data-clear-draft" not in client.get(planned.get_absolute_url()).content.decode()


def test_visit_log_says_that_a_planned_visit_was_held_meanwhile(client, world):
    planned = plan(world)
    client.force_login(world.sergeant)
    log(world, planned=planned)

    response = client.post(f"{LOG}?planned={planned.ref}", form(world))

    assert "This visit is now “Held”" in response.content.decode()


@pytest.mark.parametrize("person", ["far_imam", "other_imam", "far_sergeant"])
def test_visit_log_shows_no_planned_visit_of_others(client, world, person):
    planned = plan(world)
    client.force_login(getattr(world, person))

    assert client.get(f"{LOG}?planned={planned.ref}").status_code == 404


def test_visit_log_blank_holds_nothing_of_the_records_for_anybody(client, world):
    url = reverse("events:visit-log-blank")
    stranger = client.get(url)
    client.force_login(world.officer)

    page = client.get(url).content.decode()

    assert stranger.status_code == 200
    assert page == stranger.content.decode()
    for words in ("Masjid", "Carver", "csrfmiddlewaretoken", "Sign out", "Sign in"):
        assert words not in page
    assert 'data-draft="visit-log" data-draft-user=""' in page


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("coordinator", 200),
        ("imam", 200),
        ("member", 200),
        ("other_imam", 404),
        ("far_imam", 404),
        ("far_sergeant", 404),
        ("umbrella_lead", 404),
        ("stranger", 404),
    ],
)
def test_visit_detail_is_for_the_two_sides(client, world, person, status):
    visit = log(world)
    client.force_login(getattr(world, person))

    assert client.get(visit.get_absolute_url()).status_code == status


def test_visit_detail_names_officers_with_rank_unit_and_function(client, world):
    visit = log(world)
    client.force_login(world.imam)

    page = client.get(visit.get_absolute_url()).content.decode()

    assert "PC Ben Carver" in page
    assert "Millbrook West team" in page
    assert "Neighbourhood policing" in page


def test_visit_list_shows_ones_own_and_never_a_word_of_a_note(client, world):
    finish(world, log(world))
    log(world, partnership=world.far_partnership, by=world.far_sergeant, officers=[])
    client.force_login(world.imam)

    response = client.get("/visits/")

    assert [visit.institution for visit in response.context["page"].items] == [world.mosque]
    assert "Parking" not in response.content.decode()
    assert "Note not shared yet" in response.content.decode()


@pytest.mark.parametrize(("person", "status"), [("coordinator", 200), ("stranger", 403)])
def test_visit_list_is_for_people_with_a_role(client, world, person, status):
    client.force_login(getattr(world, person))

    assert client.get("/visits/").status_code == status


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?note=not_shared", 2),
        ("?note=shared", 0),
        ("?period=30", 2),
        ("?period=ahead", 1),
        ("?period=90&note=not_shared", 2),
        ("?period=soon", 3),
    ],
)
def test_visit_list_is_narrowed_from_the_address(client, world, query, count):
    finish(world, log(world))
    log(world, on=dt.date(2026, 6, 1))
    plan(world, on=dt.date(2026, 6, 20))
    client.force_login(world.officer)

    assert len(client.get(f"/visits/{query}").context["page"].items) == count


@pytest.mark.parametrize("item_count", [1, 3])
def test_visit_list_query_count_is_constant(client, world, item_count):
    for number in range(item_count):
        finish(world, log(world, on=DAY - dt.timedelta(days=number)))
    client.force_login(world.officer)

    with asks(7):
        response = client.get("/visits/")

    assert len(response.context["page"].items) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_visit_log_query_count_is_constant(client, world, item_count):
    for number in range(item_count):
        mosque = make_institution("mosque", f"Mosque {number}", world.neighbourhood)
        partnership = make_partnership(mosque, world.team)
        make_person(world.team, "officer")
        log(world, partnership=partnership)
        plan(world, partnership=partnership)
    client.force_login(world.officer)

    with asks(9):
        client.get(LOG)


def test_visit_log_sends_in_few_queries(client, world):
    client.force_login(world.officer)

    # 25, and the two that set this test's own transaction apart
    with asks(28, or_less=True):
        client.post(LOG, form(world))


@pytest.mark.parametrize("item_count", [1, 3])
def test_visit_detail_query_count_is_constant(client, world, item_count):
    visit = log(world)
    for _number in range(item_count):
        join_visit(engagement=visit, by=make_person(world.team, "officer"), at=AT)
    client.force_login(world.imam)

    with asks(10):
        client.get(visit.get_absolute_url())
