"""What comes of concerns, counted by hand; and what waits on whose home page."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from config.dashboard.figures.concerns import concerns
from config.dashboard.figures.scope import Period, Scope
from config.dashboard.sheets.concerns import concerns_sheet
from contacts.models import User
from partnerships.actions import concern_closing as closing
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT, DAY

pytestmark = pytest.mark.django_db

SPRING = Period(dt.date(2026, 2, 1), dt.date(2026, 6, 1))


def measured(person, *, on=dt.date(2026, 3, 31), period=SPRING):
    scope = Scope.of(User.objects.get(pk=person.pk))
    return concerns(scope=scope, period=period, on=on)


def make_a_spring(world):
    """Seven concerns of one mosque, one of another, one of the winter before."""
    late = kit.in_hand(world)  # due on 16 March
    kit.answer(late, world.officer, at=AT + 20 * DAY)
    kit.in_hand(world)  # overdue
    kit.raised(world, at=AT + 29 * DAY)
    closed = kit.closed(world)
    closing.say_settled(concern=closed, is_settled=True, by=world.imam, at=AT + 28 * DAY)
    could_not = kit.accepted(world)
    closing.propose_closing(
        concern=could_not,
        parts={"you_said": "Come daily.", "we_could_not": "There are two of us."},
        by=world.officer,
        at=AT,
    )
    closing.close_concern(concern=could_not, audience="sides", by=world.imam, at=AT)
    kit.closed_not_agreed(world)
    kit.withdrawn(world)
    kit.raised(world, partnership=world.far_partnership, by=world.far_imam)
    kit.raised(world, at=AT - 60 * DAY)


def test_concerns_count_what_became_of_them(world):
    make_a_spring(world)

    figure = measured(world.sergeant)

    assert (figure.n, figure.on_time, figure.late, figure.due) == (7, 3, 2, 5)
    assert figure.percent_on_time == 60
    assert (figure.accepted, figure.challenged, figure.escalated) == (2, 1, 1)
    assert (figure.closed, figure.not_agreed, figure.withdrawn) == (2, 1, 1)
    assert (figure.changed, figure.could_not) == (1, 1)
    assert (figure.still_settled, figure.unsettled) == (1, 0)
    assert figure.topics == (("Road safety", 7, 1),)
    assert figure.months == ((dt.date(2026, 3, 1), 7),)


@pytest.mark.parametrize(
    ("who", "n"), [("sergeant", 7), ("imam", 7), ("far_sergeant", 1), ("other_imam", 0)]
)
def test_concerns_are_counted_of_ones_own_area_alone(world, who, n):
    make_a_spring(world)

    assert measured(getattr(world, who)).n == n


def test_concerns_sheet_says_what_changed_and_on_time(world):
    make_a_spring(world)

    sheet = concerns_sheet(measured(world.sergeant))

    assert (sheet.headline, sheet.n) == ("1 of 2", "n = 7 concerns")
    assert "Answered by the agreed day: 60% of 5." in sheet.notes
    assert ("About: Road safety, something changed", 1) in sheet.rows


def test_concerns_come_as_a_file_with_every_row(world, client):
    make_a_spring(world)
    with time_machine.travel(AT + 29 * DAY, tick=False):
        client.force_login(world.coordinator)
        rows = client.get(reverse("dashboard-csv", args=["concerns"])).content.decode()

    assert "Closed without agreement,1," in rows
    assert "Stops outside" not in rows


WAITING = {
    "raised": {"officer", "sergeant"},
    "answered": {"imam", "member"},
    "challenged": {"inspector"},
    "with_commander": {"commander"},
    "with_panel": {"coordinator"},
    "proposed": {"imam", "member"},
    "accepted": {"officer", "sergeant"},
}
PEOPLE = ("officer", "sergeant", "inspector", "commander", "coordinator", "imam", "member")
ELSEWHERE = ("other_imam", "far_imam", "far_sergeant", "umbrella_lead")


@pytest.mark.parametrize("making", WAITING)
def test_a_concern_waits_on_the_home_page_of_whoever_must_act(world, client, making):
    concern = getattr(kit, making)(world)
    shown = set()
    with time_machine.travel(AT, tick=False):
        for who in (*PEOPLE, *ELSEWHERE):
            client.force_login(getattr(world, who))
            if concern.reference in client.get("/").content.decode():
                shown.add(who)

    assert shown == WAITING[making]


@pytest.mark.parametrize(
    ("making", "days", "who", "told"),
    [
        ("proposed", 0, "imam", "Approve the words"),
        ("closed", 29, "imam", "Say whether it is settled"),
        ("answered", 0, "imam", ""),
        ("accepted", 0, "officer", ""),
        ("challenged", 0, "inspector", "An answer is due by"),
    ],
)
def test_the_home_page_says_what_is_next_and_a_day_only_where_one_is_owed(
    world, client, making, days, who, told
):
    concern = getattr(kit, making)(world)
    with time_machine.travel(AT + days * DAY, tick=False):
        client.force_login(getattr(world, who))
        page = client.get("/").content.decode()
    row = page[page.index(concern.reference) :].split("</li>")[0]

    assert told in row
    assert ("An answer is due by" in row) is (told == "An answer is due by")


def test_four_weeks_on_the_home_page_asks_those_who_raised_it(world, client):
    concern = kit.closed(world)
    for days, asked in ((27, False), (29, True)):
        with time_machine.travel(AT + days * DAY, tick=False):
            client.force_login(world.imam)
            assert (concern.reference in client.get("/").content.decode()) is asked
