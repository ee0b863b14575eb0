from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.london import LONDON, at_local
from config.outbox.quiet import FRIDAY, NIGHT, QUIET_HOURS, Span, Window, next_allowed


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-03 20:59:59", "2026-11-03 20:59:59"),
        ("2026-11-03 21:00:00", "2026-11-04 08:00:00"),
        ("2026-11-03 23:59:59", "2026-11-04 08:00:00"),
        ("2026-11-04 00:00:00", "2026-11-04 08:00:00"),
        ("2026-11-04 07:59:59", "2026-11-04 08:00:00"),
        ("2026-11-04 08:00:00", "2026-11-04 08:00:00"),
        ("2026-11-06 11:59:59", "2026-11-06 11:59:59"),
        ("2026-11-06 12:00:00", "2026-11-06 15:00:00"),
        ("2026-11-06 14:59:59", "2026-11-06 15:00:00"),
        ("2026-11-06 15:00:00", "2026-11-06 15:00:00"),
        ("2026-11-05 12:30:00", "2026-11-05 12:30:00"),
        ("2026-06-23 00:30:00", "2026-06-23 08:00:00"),
    ],
)
def test_next_allowed_keeps_nights_and_friday_noon_quiet(moment, allowed):
    assert next_allowed(london(moment)) == london(allowed)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        # 28 March 2027: clocks go forward at 01:00 UTC; the night is an hour shorter
        ("2027-03-27T20:59:59+00:00", "2027-03-27T20:59:59+00:00"),
        ("2027-03-27T21:00:00+00:00", "2027-03-28T07:00:00+00:00"),
        ("2027-03-28T06:59:59+00:00", "2027-03-28T07:00:00+00:00"),
        ("2027-03-28T19:59:59+00:00", "2027-03-28T19:59:59+00:00"),
        ("2027-03-28T20:00:00+00:00", "2027-03-29T07:00:00+00:00"),
        # 25 October 2026: clocks go back at 01:00 UTC; the night is an hour longer
        ("2026-10-24T19:59:59+00:00", "2026-10-24T19:59:59+00:00"),
        ("2026-10-24T20:00:00+00:00", "2026-10-25T08:00:00+00:00"),
        ("2026-10-25T00:30:00+00:00", "2026-10-25T08:00:00+00:00"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25T08:00:00+00:00"),
        ("2026-10-25T07:59:59+00:00", "2026-10-25T08:00:00+00:00"),
        ("2026-10-25T21:00:00+00:00", "2026-10-26T08:00:00+00:00"),
    ],
)
def test_next_allowed_follows_the_clocks_when_they_change(moment, allowed):
    assert next_allowed(datetime.fromisoformat(moment)) == datetime.fromisoformat(allowed)


def test_next_allowed_joins_windows_that_touch():
    jamaah = Window(time(8), time(8, 30))
    assert next_allowed(london("2026-11-04 03:00"), [NIGHT, jamaah]) == london("2026-11-04 08:30")


def test_next_allowed_waits_out_a_whole_day_such_as_an_eid():
    eid = Span(at_local(date(2027, 3, 10), time()), at_local(date(2027, 3, 11), time()))
    allowed = next_allowed(london("2027-03-10 10:00"), [*QUIET_HOURS, eid])
    assert allowed == london("2027-03-11 08:00")


def test_next_allowed_without_windows_is_now():
    assert next_allowed(london("2026-11-04 03:00"), []) == london("2026-11-04 03:00")


def test_next_allowed_declines_windows_without_a_gap():
    with pytest.raises(ValueError, match="no time"):
        next_allowed(london("2026-11-04 03:00"), [Window(time(8), time(8))])


def test_next_allowed_declines_a_hold_that_never_ends():
    class Stuck:
        def holding(self, moment):
            return moment

    with pytest.raises(ValueError, match="no time"):
        next_allowed(london("2026-11-04 03:00"), [Stuck()])


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (date(2026, 7, 1), time(9), "2026-07-01T08:00:00+00:00"),
        (date(2026, 12, 1), time(9), "2026-12-01T09:00:00+00:00"),
        (date(2027, 3, 28), time(0, 59), "2027-03-28T00:59:00+00:00"),
        (date(2027, 3, 28), time(1, 30), "2027-03-28T01:30:00+00:00"),  # shown as 02:30
        (date(2027, 3, 28), time(2), "2027-03-28T01:00:00+00:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30:00+00:00"),  # the first 01:30
        (date(2026, 10, 25), time(1, 30, fold=1), "2026-10-25T00:30:00+00:00"),
        (date(2026, 10, 25), time(2), "2026-10-25T02:00:00+00:00"),
    ],
)
def test_at_local_is_what_londons_clocks_show(day, clock, instant):
    assert at_local(day, clock) == datetime.fromisoformat(instant)


@pytest.mark.parametrize("visit_on", [date(2027, 3, 28), date(2026, 10, 25)])
def test_at_local_keeps_a_reminder_at_the_same_hour_over_a_clock_change(visit_on):
    day_before = at_local(visit_on - timedelta(days=1), time(18, 30))
    assert day_before.astimezone(LONDON).time() == time(18, 30)
    assert at_local(visit_on, time(18, 30)) - day_before != timedelta(days=1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_next_allowed_is_never_quiet_and_never_early(moment):
    allowed = next_allowed(moment)
    shown = allowed.astimezone(LONDON)
    assert allowed >= moment
    assert time(8) <= shown.time() < time(21)
    assert not (shown.weekday() == 4 and time(12) <= shown.time() < time(15))
    assert next_allowed(allowed) == allowed
    assert FRIDAY.holding(allowed) is None
