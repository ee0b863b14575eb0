"""A name that somebody typed stays one name, whatever signs it holds, in each file and letter."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from config.outbox.kinds import Kind, Mail, Recipient
from config.outbox.letters import compose, render_templates
from config.outbox.models import Message
from config.web.csv import write_csv
from events.calendars import ics

READER = "reader@mosque.example"
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
# What ends a line, starts a formula, hides or turns a text round; and letters of any script.
SIGNS = st.sampled_from("\r\n\t\x00\x0b\x0c\x1c\x85\u2028\u2029\u202e\u200b\ufeff=+-@|%;,:\"'\\<>")
NAMES = st.text(st.one_of(SIGNS, st.characters(exclude_categories=["Cs"])), max_size=60)
HEADERS = "Mosque\r\nBcc: all@evil.example\r\n\r\nBody"
COMPONENT = "Mosque\r\nATTENDEE:mailto:all@evil.example\r\nEND:VEVENT"
quickly = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def letter_about(name) -> EmailMultiAlternatives:
    place = {"institution": name, "inviter": name, "url": "https://portal.example.org/"}
    kind = Kind(
        "tests.typed",
        still_due=lambda message: True,
        recipient=lambda message: None,
        give_up_after=timedelta(days=1),
        render=lambda message: render_templates("contacts/person_invited", place),
    )
    return compose(Message(key="typed"), kind, Recipient(READER, name))


@quickly
@given(NAMES)
@example(HEADERS)
def test_a_name_adds_no_line_to_the_head_of_a_letter(name):
    plain, typed = letter_about("Mosque").message(), letter_about(name).message()

    assert typed.keys() == plain.keys()
    assert "\n" not in letter_about(name).subject
    assert not any("\n" in str(value).replace("\n ", "") for value in typed.values())
    assert [address for _name, address in getaddresses([typed["To"]])] == [READER]


@quickly
@given(NAMES)
@example(COMPONENT)
def test_a_name_adds_no_line_to_a_calendar_file(name):
    def lines(institution):
        file = ics.visit_calendar(
            ref=uuid.UUID(int=7),
            kind="Visit",
            institution=institution,
            has_location=True,
            starts_at=NOON,
            duration_minutes=30,
            sequence=0,
            is_cancelled=False,
            path="/visits/1/",
            stamped_at=NOON,
        )
        (event,) = Calendar.from_ical(file).walk("VEVENT")
        return list(event.keys()), event

    plain, _event = lines("Mosque")
    typed, event = lines(name)

    assert typed == plain
    assert "ATTENDEE" not in event


@quickly
@given(st.lists(st.tuples(NAMES, NAMES), max_size=4))
@example([(HEADERS, "=HYPERLINK(1)")])
def test_a_name_adds_no_row_and_no_formula_to_a_table(rows):
    file = io.StringIO(newline="")
    write_csv(file, ["Name", "Place"], rows)
    read = list(csv.reader(io.StringIO(file.getvalue().lstrip("\ufeff"), newline="")))

    assert len(read) == len(rows) + 1
    assert {len(row) for row in read} == {2}
    assert not any(cell.lstrip()[:1] in tuple("=+-@|%") for row in read for cell in row if cell)


@pytest.mark.parametrize("value", ["a\r\nBcc: all@evil.example", "a\nb"])
def test_a_subject_of_two_lines_is_never_written_out(value):
    kind = Kind(
        "tests.typed",
        still_due=lambda message: True,
        recipient=lambda message: None,
        give_up_after=timedelta(days=1),
        render=lambda message: Mail(value, "Words.\n"),
    )

    with pytest.raises(ValueError, match="Header values can't contain newlines"):
        compose(Message(key="typed"), kind, Recipient(READER))
