import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from config.audit.actions import record
from contacts.models import Institution
from partnerships.models import Partnership
from tests.factories import make_institution
from tests.roles import as_owner
from tests.support.counting import asks

from .arrange import AT, busy_time, day, moment, note, promise, request, take_part, visit

pytestmark = pytest.mark.django_db


def address(institution):
    return reverse("institution-detail", args=[institution.ref])


def promise_page(partnership):
    return reverse("partnerships:promise-create", args=[partnership.ref])


def without_token(response):
    """Return the page without the one thing that every page has anew."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def titles(response):
    return [entry.title for entry in response.context["entries"]]


def kinds(response):
    return [entry.kind for entry in response.context["entries"]]


# --- Who sees it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("imam", 200),
        ("member", 200),
        ("sergeant", 200),
        ("officer", 200),
        ("inspector", 200),
        ("coordinator", 200),
        ("other_imam", 404),
        ("umbrella_lead", 404),
        ("far_sergeant", 404),
        ("commander", 404),
        ("stranger", 404),
    ],
)
def test_institution_page_is_for_its_people_and_its_police(world, open_as, who, status):
    assert open_as(getattr(world, who), address(world.mosque)).status_code == status


def test_institution_page_sends_who_is_not_signed_in_to_sign_in(world, client):
    response = client.get(address(world.mosque))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_institution_page_answers_alike_for_foreign_and_missing(world, open_as):
    foreign = open_as(world.imam, address(world.other_mosque))
    missing = open_as(world.imam, reverse("institution-detail", args=[uuid.uuid4()]))

    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign) == without_token(missing)


def test_institution_page_of_a_police_team_is_for_police_of_its_force(world, open_as):
    assert open_as(world.far_sergeant, address(world.team)).status_code == 200
    assert open_as(world.imam, address(world.team)).status_code == 404


# --- What it says -------------------------------------------------------------------------------


def test_institution_page_shows_its_own_words_and_its_officers(world, open_as):
    with as_owner():
        Institution.objects.filter(pk=world.mosque.pk).update(
            local_name="مسجد النور",
            public_phone="01632 960123",
            before_you_come="Please take off your shoes.",
        )
    busy_time(world.mosque)

    page = open_as(world.sergeant, address(world.mosque)).content.decode()

    for words in (
        "مسجد النور",
        "01632 960123",
        "Please take off your shoes.",
        "Please call first",
        "Friday",
        "12:30–14:30",
        "PS Amina Holt",
        "PC Ben Carver",
        "Neighbourhood policing",
        "Agreed: contact every 90 days.",
        "No contact recorded yet.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("who", "offered"),
    [("imam", True), ("sergeant", True), ("officer", True), ("coordinator", False)],
)
def test_institution_page_offers_a_promise_to_who_may_make_one(world, open_as, who, offered):
    page = open_as(getattr(world, who), address(world.mosque)).content.decode()

    assert ("Make a promise, or ask for one" in page) is offered
    assert (promise_page(world.partnership) in page) is offered


@pytest.mark.parametrize(
    ("state", "offered"), [("invited", True), ("paused_by_institution", False)]
)
def test_institution_page_offers_no_promise_that_would_be_declined(world, open_as, state, offered):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state=state)

    page = open_as(world.sergeant, address(world.mosque)).content.decode()

    assert (promise_page(world.partnership) in page) is offered
    assert "or ask for one" not in page


# --- What happened ------------------------------------------------------------------------------


def test_timeline_joins_everything_newest_first(world, open_as):
    held = visit(world.partnership, world.sergeant, on=day(-3))
    note(held, world.sergeant, state="confirmed", answered_at=moment(days=-1))
    request(world.partnership, world.imam, submitted_at=moment(days=-20))
    promise(world.partnership, world.sergeant, text="Bring the road team")
    visit(world.partnership, world.sergeant, state="planned", on=day(5))
    with as_owner():
        record(
            "contacts.house_rules_written",
            subject=world.mosque,
            by=world.imam,
            at=moment(days=-30),
            institution=world.mosque,
        )

    response = open_as(world.imam, address(world.mosque))

    assert kinds(response) == ["visit", "note", "note", "visit", "promise", "request", "change"]
    assert titles(response)[1:3] == ["Note answered", "Note shared"]
    assert "Bring the road team" in response.content.decode()


def test_timeline_never_shows_a_note_that_has_not_left(world, open_as):
    note(visit(world.partnership, world.sergeant), world.sergeant, left=False)

    assert kinds(open_as(world.imam, address(world.mosque))) == ["visit"]


def test_timeline_leaves_out_other_institutions_but_not_shared_visits(world, open_as):
    visit(world.other_partnership, world.sergeant)
    request(world.other_partnership, world.other_imam)
    promise(world.other_partnership, world.sergeant)
    take_part(visit(world.other_partnership, world.sergeant, kind="meeting"), world.partnership)

    assert titles(open_as(world.imam, address(world.mosque))) == ["Meeting"]


def test_timeline_filters_by_kind_in_the_address(world, open_as):
    visit(world.partnership, world.sergeant)
    request(world.partnership, world.imam)

    assert kinds(open_as(world.imam, address(world.mosque), kind="request")) == ["request"]
    assert len(kinds(open_as(world.imam, address(world.mosque), kind="nonsense"))) == 2


def test_timeline_pages_lose_and_repeat_nothing_even_at_one_instant(world, open_as):
    for _number in range(20):
        visit(world.partnership, world.sergeant, on=AT.date(), starts_at=AT)
        request(world.partnership, world.imam, submitted_at=AT)
        promise(world.partnership, world.sergeant, proposed_at=AT)
    seen, after, pages = [], "", 0
    while after or not pages:
        page = open_as(world.imam, address(world.mosque), after=after).context["page"]
        seen += [(row.rank, row.number) for row in page.items]
        after, pages = page.next_cursor, pages + 1

    assert (pages, len(seen), len(set(seen))) == (3, 60, 60)
    assert (page.first_number, page.last_number, page.count) == (51, 60, 60)


@pytest.mark.parametrize(
    "cursor",
    ["x", "2026-11-23~0~1~25", "2026-11-23T09:00:00+00:00~9~1~25", "2026-11-23T09:00:00~3~1~25"],
)
def test_timeline_knows_no_place_that_no_page_named(world, open_as, cursor):
    assert open_as(world.imam, address(world.mosque), after=cursor).status_code == 404


def test_timeline_of_an_institution_without_any_history_says_so(world, open_as):
    made = make_institution("mosque", "Hillside Mosque", world.neighbourhood)

    page = open_as(world.sergeant, address(made)).content.decode()

    assert "Nothing is recorded here yet." in page


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("imam", 10), ("sergeant", 11)])
def test_institution_page_query_count_is_constant(world, client, monday, who, queries, item_count):
    for number in range(item_count):
        note(visit(world.partnership, world.sergeant), world.sergeant)
        request(world.partnership, world.imam)
        promise(world.partnership, world.sergeant)
        busy_time(world.mosque, weekday=number)
    client.force_login(getattr(world, who))

    with asks(queries):
        response = client.get(address(world.mosque))

    assert len(response.context["entries"]) == 4 * item_count


def test_institution_page_dates_are_london_days(world, open_as):
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    request(world.partnership, world.imam, submitted_at=late)

    assert "Wednesday 1 July 2026" in open_as(world.imam, address(world.mosque)).content.decode()
