"""What the mail about requests and visits says, as it leaves; never what somebody typed."""

import datetime as dt

import pytest
from icalendar import Calendar

from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from events.actions.plans import cancel_visit, move_visit
from events.actions.recourse import climb_recourse, use_recourse
from tests.events.requests_kit import AT, HOUR, IN_STATE, SLOT, held, scheduled, submit

TYPED = "Zebra crossing outside the madrasah"


def letters(kind):
    rows = Message.objects.filter(kind=f"events.{kind}").order_by("created_at", "pk")
    return [letter_of(row) for row in rows]


def letter_of(row):
    kind = kinds.get(row.kind)
    return compose(row, kind, kind.recipient(row))


def calendar_in(letter):
    (part,) = [p for p in letter.message().walk() if p.get_content_type() == "text/calendar"]
    return part, Calendar.from_ical(part.get_payload(decode=True))


def test_request_received_says_when_a_person_will_answer(world):
    request = submit(world, why=TYPED, times_to_avoid=TYPED)

    (letter,) = letters("request_received")

    assert letter.to == [world.imam.email]
    assert letter.subject == f"Masjid An-Noor: request {request.reference} has arrived"
    assert "A person will answer by Thursday 5 March 2026, 10:00." in letter.body
    assert request.get_absolute_url() in letter.body


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("request_submitted", "Masjid An-Noor asks police for something."),
        ("request_warned", "An answer is due by Thursday 5 March 2026, 10:00."),
        ("request_missed", "You were owed an answer."),
    ],
)
def test_request_letters_say_what_to_do(world, kind, says):
    submit(world)

    assert all(says in letter.body for letter in letters(kind))


def test_request_overdue_is_one_list_a_person_and_morning(world):
    first, second = submit(world), submit(world, at=AT + HOUR)
    rows = list(Message.objects.filter(kind="events.request_overdue").order_by("due_at", "pk"))
    assert [row.recipient_id for row in rows] == [str(world.inspector.pk)] * 2
    still_due = kinds.get("events.request_overdue").still_due

    letter = letter_of(rows[0])

    assert letter.subject == "2 requests wait for you"
    assert first.reference in letter.body
    assert second.reference in letter.body
    assert all(still_due(row) for row in rows)
    sent = {"state": "sent", "sent_at": rows[0].due_at, "ended_at": rows[0].due_at}
    Message.objects.filter(pk=rows[0].pk).update(**sent)
    assert not still_due(rows[1])


def test_request_submitted_by_police_says_that_it_is_voluntary(world):
    submit(world, side="police", by=world.officer)

    (letter,) = letters("request_submitted")
    assert "It is voluntary: you may say no." in letter.body
    (letter,) = letters("request_missed")
    assert "Masjid An-Noor has not answered" in letter.body


@pytest.mark.parametrize("state", IN_STATE)
def test_request_letters_hold_nothing_that_was_typed(world, state):
    request = IN_STATE[state](world)
    typed = {step.words for step in request.steps.all() if step.words}

    for row in Message.objects.filter(kind__startswith="events."):
        letter = letter_of(row)
        body = letter.subject + letter.body
        assert not [words for words in typed if words in body]
        assert request.reference in body or "visit" in row.kind


def test_request_moved_says_the_step_and_what_follows(world):
    request = IN_STATE["acknowledged"](world)

    (letter,) = letters("request_moved")

    assert letter.subject == f"Masjid An-Noor: request {request.reference}: Acknowledged"
    assert "A person has read the request. An answer follows." in letter.body
    assert "It is now: Acknowledged." in letter.body


def test_request_moved_tells_both_when_it_climbs_to_the_commander(world):
    use_recourse(request=submit(world), by=world.imam, at=AT + 72 * HOUR)
    climb_recourse(at=AT + 96 * HOUR)

    climbed = [letter for letter in letters("request_moved") if "commander" in letter.subject]
    assert {tuple(letter.to) for letter in climbed} == {
        (world.commander.email,),
        (world.imam.email,),
    }


def test_feedback_due_says_until_when(world):
    held(world)

    assert all(
        "You can answer until Tuesday 24 March 2026." in m.body for m in letters("feedback_due")
    )


def test_visit_planned_brings_the_calendar_file(world):
    visit = scheduled(world).engagements.get()

    letter = letters("visit_planned")[0]
    part, calendar = calendar_in(letter)

    assert letter.subject == "Masjid An-Noor: visit on Tuesday 10 March 2026"
    assert "Tuesday 10 March 2026, 18:30, for 60 minutes" in letter.body
    assert part.get_param("method") == calendar["METHOD"] == "PUBLISH"
    assert part.get_filename() == "visit.ics"
    (event,) = calendar.walk("VEVENT")
    assert event["UID"].startswith(str(visit.ref))


def test_visit_moved_and_cancelled_replace_and_remove_the_file(world):
    visit = scheduled(world).engagements.get()
    who = {"side": "police", "by": world.officer, "at": AT + HOUR}
    new = SLOT._replace(on=dt.date(2026, 3, 11))

    move_visit(engagement=visit, **new._asdict(), **who)
    _part, moved = calendar_in(letters("visit_moved")[0])
    cancel_visit(engagement=visit, reason="operational", **who)
    letter = letters("visit_cancelled")[0]
    part, cancelled = calendar_in(letter)

    assert [c.walk("VEVENT")[0]["SEQUENCE"] for c in (moved, cancelled)] == [1, 2]
    assert part.get_param("method") == cancelled["METHOD"] == "CANCEL"
    assert "Why: Officers were needed elsewhere." in letter.body
    assert "Police owe a new date" in letter.body


def test_visit_letters_are_due_only_while_they_are_true(world):
    visit = scheduled(world).engagements.get()
    planned = Message.objects.filter(kind="events.visit_planned").first()
    still_due = kinds.get("events.visit_planned").still_due
    assert still_due(planned)

    later = SLOT._replace(starts=dt.time(19, 30))._asdict()
    move_visit(engagement=visit, **later, side="police", by=world.officer, at=AT + HOUR)

    assert not still_due(planned)


def test_visit_letters_leave_at_night_when_the_visit_is_in_the_morning(world):
    visit = scheduled(world).engagements.get()
    windows = kinds.get("events.visit_cancelled").windows
    night_before = dt.datetime(2026, 3, 9, 23, 0, tzinfo=dt.UTC)

    cancel_visit(
        engagement=visit, reason="illness", side="police", by=world.officer, at=night_before
    )

    row = Message.objects.filter(kind="events.visit_cancelled").first()
    assert windows(row)  # 18:30 is far enough away
    visit.starts_at = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
    visit.save(update_fields=["starts_at"])
    assert not windows(row)
