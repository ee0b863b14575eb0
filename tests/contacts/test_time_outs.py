"""Nobody stays signed in who does nothing, and nobody for longer than eight hours."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.factors import sign_in

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def visit(client):
    """Open the first page so many minutes after 09:00 and say whether one is still signed in."""

    def go(minutes):
        with time_machine.travel(NOW + dt.timedelta(minutes=minutes), tick=False):
            return client.get("/accounts/email/").status_code == 200

    return go


@pytest.fixture
def come(client):
    def come(user):
        with time_machine.travel(NOW, tick=False):
            sign_in(client, user)

    return come


@pytest.mark.parametrize(("who", "minutes"), [("sergeant", 30), ("coordinator", 30), ("imam", 120)])
def test_who_does_nothing_is_signed_out(visit, come, world, who, minutes):
    come(getattr(world, who))
    assert visit(minutes)
    assert visit(2 * minutes)
    assert not visit(3 * minutes + 1)


@pytest.mark.parametrize("who", ["sergeant", "imam"])
def test_nobody_stays_longer_than_eight_hours_however_busy(visit, come, world, who):
    come(getattr(world, who))
    stays = [visit(minutes) for minutes in range(20, 9 * 60, 20)]

    assert stays.index(False) == stays.count(True) == 24


def test_who_was_signed_out_is_told_so_and_where_they_were_going(client, come, world):
    come(world.sergeant)
    with time_machine.travel(NOW + dt.timedelta(minutes=31), tick=False):
        page = client.get("/visits/", follow=True)

    assert page.redirect_chain[-1][0] == "/accounts/login/?next=/visits/"
    assert "You were signed out to keep your account safe." in page.text


def test_the_session_of_who_was_signed_out_is_gone(client, come, visit, world):
    come(world.sergeant)
    key = client.session.session_key

    visit(31)

    assert not Session.objects.filter(session_key=key).exists()


def test_time_is_kept_with_one_write_a_minute_and_no_further_question(client, come, visit, world):
    come(world.sergeant)
    asked = []
    for seconds in (20, 50, 90, 100):
        with CaptureQueriesContext(connection) as queries:
            assert visit(seconds / 60)
        writes = [q for q in queries if q["sql"].startswith("UPDATE")]
        asked.append(len(writes))

    assert asked == [0, 0, 1, 0]
