import datetime as dt
import uuid

import pytest
from icalendar import Calendar

from events.calendars import ics

REF = uuid.UUID("5c1f6f0e-3b1c-4e42-9a51-1d6f6f2b7a10")
NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def file_of(**changes):
    given = {
        "ref": REF,
        "kind": "Talk and tour",
        "institution": "Masjid An-Noor",
        "has_location": True,
        "starts_at": dt.datetime(2026, 3, 3, 14, 20, tzinfo=dt.UTC),
        "duration_minutes": 45,
        "sequence": 0,
        "is_cancelled": False,
        "path": f"/visits/{REF}/",
        "stamped_at": NOON,
    }
    return ics.visit_calendar(**given | changes)


def event_of(**changes):
    calendar = Calendar.from_ical(file_of(**changes))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_visit_calendar_says_when_and_where_to_look_and_no_more(settings):
    calendar, event = event_of()

    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == f"{REF}@{settings.MAIL_DOMAIN}"
    assert event["SUMMARY"] == "Talk and tour: Masjid An-Noor"
    assert event["LOCATION"] == "Masjid An-Noor"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert event["URL"] == event["DESCRIPTION"] == f"{settings.SITE_URL}/visits/{REF}/"
    assert event.decoded("DTSTAMP") == NOON
    assert event.decoded("DTSTART") == dt.datetime(2026, 3, 3, 14, 20, tzinfo=dt.UTC)
    assert event.decoded("DTEND") == dt.datetime(2026, 3, 3, 15, 5, tzinfo=dt.UTC)
    assert not {"ATTENDEE", "COMMENT"} & set(event)


def test_visit_calendar_passes_the_required_components_of_the_standard():
    calendar, event = event_of()

    assert {"PRODID", "VERSION"} <= set(calendar)
    assert {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE"} <= set(event)
    assert not calendar.errors
    assert not event.errors


def test_visit_calendar_of_a_moved_visit_keeps_its_uid_and_counts_up():
    _calendar, before = event_of()
    _calendar, after = event_of(sequence=1, starts_at=NOON + dt.timedelta(days=9))

    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_visit_calendar_of_a_cancelled_visit_cancels_it():
    calendar, event = event_of(is_cancelled=True, sequence=2)

    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 2
    assert ics.mime(is_cancelled=True) == "text/calendar; method=CANCEL"


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        # 29 March 2026: the clocks go from 01:00 to 02:00; 25 October: from 02:00 back to 01:00
        ("2026-03-29T00:30:00+00:00", "2026-03-29T02:00:00+00:00"),
        ("2026-03-29T14:00:00+01:00", "2026-03-29T15:30:00+01:00"),
        ("2026-10-25T01:30:00+01:00", "2026-10-25T02:00:00+00:00"),
        ("2026-10-25T14:00:00+00:00", "2026-10-25T15:30:00+00:00"),
    ],
)
def test_visit_calendar_is_exact_on_both_days_of_the_clock_change(starts_at, ends_at):
    _calendar, event = event_of(starts_at=dt.datetime.fromisoformat(starts_at), duration_minutes=90)

    assert event.decoded("DTSTART") == dt.datetime.fromisoformat(starts_at)
    assert event.decoded("DTEND") == dt.datetime.fromisoformat(ends_at)
    assert b"TZID" not in file_of(starts_at=dt.datetime.fromisoformat(starts_at))


@pytest.mark.parametrize("broken", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_visit_calendar_lets_no_line_break_add_a_property(broken):
    name = f"Masjid{broken}ATTENDEE:mailto:x@example.org{broken}END:VEVENT; a, b\\"

    content = file_of(institution=name)

    _calendar, event = event_of(institution=name)
    assert (
        event["SUMMARY"] == "Talk and tour: Masjid ATTENDEE:mailto:x@example.org END:VEVENT; a, b\\"
    )
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    assert not any(line.startswith(b"ATTENDEE") for line in content.split(b"\r\n"))


def test_visit_calendar_of_a_call_names_no_place_to_go_to():
    assert "LOCATION" not in event_of(kind="Phone call", has_location=False)[1]


def test_visit_calendar_folds_long_names_of_any_script():
    name = "مسجد النور " * 20

    content = file_of(institution=name)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert event_of(institution=name)[1]["SUMMARY"] == f"Talk and tour: {name.strip()}"
