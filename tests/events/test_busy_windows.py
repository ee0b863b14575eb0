import datetime as dt
from types import SimpleNamespace

import pytest

from events.calendars.busy_windows import DEFAULT, OWN, busy_windows, clash

FRIDAY = dt.date(2026, 3, 6)
MONDAY = dt.date(2026, 3, 2)
LONG_AGO = dt.date(2024, 1, 1)


def kept(weekday, starts, ends, *, kind="prayer", since=LONG_AGO, until=None):
    return SimpleNamespace(
        kind=kind,
        weekday=weekday,
        starts=dt.time.fromisoformat(starts),
        ends=dt.time.fromisoformat(ends),
        kept_from=since,
        kept_until=until,
    )


def spans(windows):
    return [(f"{w.starts:%H:%M}", f"{w.ends:%H:%M}", w.source) for w in windows]


def test_busy_windows_keep_friday_noon_free_by_default():
    assert spans(busy_windows([], on=FRIDAY)) == [("12:00", "15:00", DEFAULT)]
    assert busy_windows([], on=MONDAY) == []


@pytest.mark.parametrize(
    "own",
    [
        kept(4, "13:15", "14:00", kind="jumuah"),
        kept(4, "11:00", "11:45", kind="jumuah"),  # Jumuʿah at another hour: their word counts
        kept(4, "14:30", "16:00", kind="other"),
    ],
)
def test_busy_windows_let_the_mosques_own_friday_replace_the_default(own):
    windows = busy_windows([own], on=FRIDAY)

    assert [window.source for window in windows] == [OWN]


def test_busy_windows_keep_friday_noon_beside_a_morning_prayer():
    windows = busy_windows([kept(4, "05:00", "05:30")], on=FRIDAY)

    assert spans(windows) == [("05:00", "05:30", OWN), ("12:00", "15:00", DEFAULT)]


def test_busy_windows_leave_out_other_days_and_what_is_not_kept_then():
    rows = [
        kept(0, "17:00", "19:00", kind="madrasah"),
        kept(0, "06:00", "07:00", until=MONDAY),
        kept(0, "08:00", "09:00", since=MONDAY + dt.timedelta(days=1)),
        kept(1, "10:00", "11:00"),
    ]

    assert spans(busy_windows(rows, on=MONDAY)) == [("17:00", "19:00", OWN)]


def test_busy_window_says_whose_it_is():
    assert str(busy_windows([], on=FRIDAY)[0]) == "12:00 to 15:00 (kept free by default)"
    own = busy_windows([kept(0, "17:00", "19:00")], on=MONDAY)[0]
    assert str(own) == "17:00 to 19:00 (mosque's own times)"


@pytest.mark.parametrize(
    ("starts", "minutes", "clashes"),
    [
        ("11:00", 60, False),
        ("11:00", 61, True),
        ("12:00", 5, True),
        ("14:59", 30, True),
        ("15:00", 30, False),
        ("09:00", 480, True),
    ],
)
def test_clash_overlaps_but_touching_is_none(starts, minutes, clashes):
    found = clash([], on=FRIDAY, starts=dt.time.fromisoformat(starts), duration_minutes=minutes)

    assert (found is not None) == clashes


def test_clash_sees_a_visit_that_runs_into_the_next_day():
    rows = [kept(4, "00:30", "01:30", kind="other")]
    thursday = FRIDAY - dt.timedelta(days=1)

    assert clash(rows, on=thursday, starts=dt.time(23), duration_minutes=90) is None
    assert clash(rows, on=thursday, starts=dt.time(23), duration_minutes=91)


def test_clash_measures_real_time_over_both_clock_changes():
    sunday = [kept(6, "03:00", "04:00")]
    spring, autumn = dt.date(2026, 3, 29), dt.date(2026, 10, 25)

    # 00:30 and 95 minutes: 03:05 by the clock in spring, 01:05 the second time in autumn
    assert clash(sunday, on=spring, starts=dt.time(0, 30), duration_minutes=95)
    assert clash(sunday, on=autumn, starts=dt.time(0, 30), duration_minutes=209) is None
    assert clash(sunday, on=autumn, starts=dt.time(0, 30), duration_minutes=211)
