"""People in the demo do things by day, at whatever minute of the day it is built."""

import datetime as dt
import random

import pytest

from config.dashboard.demo.daytime import at_work, by_day, evening_before
from config.london import at_local

DAY = dt.date(2026, 6, 10)  # summer time


@pytest.mark.parametrize("clock", [dt.time(0, 5), dt.time(4, 8), dt.time(12, 0), dt.time(23, 59)])
def test_the_story_ends_on_the_same_evening_for_every_minute_of_a_day(clock):
    assert evening_before(at_local(DAY, clock)) == at_local(dt.date(2026, 6, 9), dt.time(19))


@pytest.mark.parametrize(
    ("clock", "day", "expected"),
    [
        (dt.time(4, 8), DAY, dt.time(9, 5)),
        (dt.time(14, 30), DAY, dt.time(14, 30)),
        (dt.time(23, 1), dt.date(2026, 6, 11), dt.time(9, 5)),
    ],
)
def test_by_day_puts_off_what_falls_into_the_night(clock, day, expected):
    assert by_day(at_local(DAY, clock)) == at_local(day, expected)


def test_at_work_is_some_moment_of_the_same_day():
    rng = random.Random(1)
    moments = [at_work(at_local(DAY, dt.time(23, 30)), rng) for _number in range(50)]

    assert all(at_local(DAY, dt.time(10)) <= moment == by_day(moment) for moment in moments)
    assert all(moment < at_local(DAY, dt.time(17)) for moment in moments)
