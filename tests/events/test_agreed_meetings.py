"""How often two sides meet is agreed; what was held counts, what is late is told once."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.dashboard.figures.meetings import Meetings, agreed_meetings
from config.dashboard.figures.scope import Scope
from config.outbox.kinds import get
from config.outbox.models import Message
from events.actions.meetings import NobodySenior, NotAMeeting, count_meeting
from events.actions.note_leaving import release_notes
from events.actions.notes import withdraw_note
from partnerships.actions.meetings import tell_overdue_meetings
from partnerships.meetings import months_after, owed_by
from partnerships.models import Partnership
from tests.partnerships.joining_kit import draft, drafted, sign_all
from tests.roles import as_owner, as_task

from .notes_kit import LEAVES, finish
from .visits_kit import AT, DAY, log

pytestmark = pytest.mark.django_db
OVERDUE = "partnerships.meeting_overdue"


@pytest.fixture
def owing(world):
    """The partnership owes a senior meeting twice a year and a working one each month."""
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(
            senior_months=6, working_months=1, meetings_since=DAY - dt.timedelta(days=10)
        )
    return world


def fresh(world):
    return Partnership.objects.get(pk=world.partnership.pk)


def meeting(world, **changes):
    return log(world, kind="meeting", **changes)


def count(visit, kind, by, *, side="police"):
    return count_meeting(engagement=visit, meeting=kind, side=side, by=by, at=AT)


def owed(world, on=DAY):
    return {str(each.meeting): each for each in owed_by(fresh(world), on=on)}


# --- What was agreed ------------------------------------------------------------------------------


def test_how_often_stands_in_the_words_that_are_signed_and_counts_from_that_day(world):
    new, agreement = drafted(world)
    sign_all(world, new, agreement)
    later = draft(new, new.chair, side="institution", senior_months=6, working_months=1)
    terms = later.text.load_current().parts["terms"]
    sign_all(world, new, later)

    partnership = Partnership.objects.get(pk=new.partnership.pk)
    assert "Senior meeting: every six months, so twice a year. Working meeting: every" in terms
    assert (partnership.senior_months, partnership.working_months) == (6, 1)
    due = [str(each.due_on) for each in owed_by(partnership, on=DAY)]
    assert due == ["2027-05-02", "2026-12-02"]


def test_signed_anew_as_it_was_a_late_meeting_stays_late(world):
    new, first = drafted(world)
    sign_all(world, new, first)
    terms = {"senior_months": None, "working_months": 1}
    sign_all(world, new, draft(new, new.chair, side="institution", **terms))
    long_ago = dt.date(2026, 1, 5)
    with as_owner():
        Partnership.objects.filter(pk=new.partnership.pk).update(meetings_since=long_ago)

    again = draft(new, new.chair, side="institution", **terms)
    sign_all(world, new, again)

    assert Partnership.objects.get(pk=new.partnership.pk).meetings_since == long_ago


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 12, 5), 12, (2028, 12, 5)),
    ],
)
def test_months_end_where_the_month_does(day, months, due):
    assert months_after(dt.date(*day), months) == dt.date(*due)


@pytest.mark.parametrize("state", ["paused_by_institution", "paused_by_police", "ended"])
def test_while_a_partnership_rests_no_meeting_is_owed(owing, state):
    partnership = fresh(owing)
    partnership.state = state

    assert owed_by(partnership, on=DAY + dt.timedelta(days=400)) == []


# --- What was held --------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "side"), [("officer", "police"), ("imam", "institution")])
def test_either_side_says_that_a_meeting_counts(owing, who, side):
    visit = count(meeting(owing), "working", getattr(owing, who), side=side)

    found = owed(owing)
    assert visit.meeting == "working"
    assert (found["working"].last_on, found["working"].due_on) == (DAY, months_after(DAY, 1))
    assert found["senior"].last_on is None


def test_what_was_no_meeting_or_was_not_held_does_not_count(owing):
    with pytest.raises(NotAMeeting):
        count(log(owing), "working", owing.officer)


def test_a_senior_meeting_needs_an_inspector_or_somebody_above(owing):
    with pytest.raises(NobodySenior):
        count(meeting(owing), "senior", owing.officer)
    with_inspector = meeting(owing, officers=[owing.inspector.contact], by=owing.inspector)

    count(with_inspector, "senior", owing.inspector)

    assert owed(owing)["senior"].last_on == DAY


def test_taken_back_or_logged_in_error_it_does_not_count_any_more(owing):
    earlier = DAY - dt.timedelta(days=3)
    first = meeting(owing, on=earlier)
    second = meeting(owing)
    for visit in (first, second):
        count(visit, "working", owing.officer)
    assert owed(owing)["working"].last_on == DAY

    count(second, "", owing.imam, side="institution")
    assert owed(owing)["working"].last_on == earlier


def test_a_meeting_at_the_wrong_mosque_is_taken_out(owing):
    visit = meeting(owing)
    count(visit, "working", owing.officer)
    note = finish(owing, visit)
    release_notes(at=LEAVES)
    note.refresh_from_db()

    withdraw_note(
        note=note,
        reason="wrong_institution",
        with_promises=True,
        side="police",
        by=owing.officer,
        at=LEAVES,
    )

    assert owed(owing)["working"].last_on is None


# --- What is late ---------------------------------------------------------------------------------


def sweep(day):
    moment = dt.datetime.combine(day, dt.time(9), dt.UTC)
    with time_machine.travel(moment, tick=False), as_task():
        tell_overdue_meetings(at=moment)


def told():
    rows = Message.objects.filter(kind=OVERDUE)
    return sorted((row.recipient_id, row.context["meeting"]) for row in rows)


def test_a_late_meeting_is_told_once_to_the_leads_of_both_sides_and_to_nobody_else(owing):
    due_on = owed(owing)["working"].due_on
    sweep(due_on)
    assert told() == []

    for days in (1, 2, 9, 30):
        sweep(due_on + dt.timedelta(days=days))

    people = (owing.imam, owing.sergeant, owing.officer)  # lead, named officer and cover
    assert told() == sorted((str(person.pk), "working") for person in people)


def test_the_letter_names_meeting_and_day_and_stays_in_when_one_was_held(owing):
    due_on = owed(owing)["working"].due_on
    sweep(due_on + dt.timedelta(days=1))
    message = Message.objects.filter(kind=OVERDUE).first()

    with time_machine.travel(due_on + dt.timedelta(days=1)), as_task():
        kind = get(OVERDUE)
        mail = kind.render(message)
        assert kind.still_due(message)
    assert mail.subject == "Working meeting with Masjid An-Noor: overdue"
    count(meeting(owing), "working", owing.officer)
    with time_machine.travel(due_on + dt.timedelta(days=1)), as_task():
        assert not kind.still_due(message)


# --- Pages ----------------------------------------------------------------------------------------


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("who", ["sergeant", "imam"])
def test_both_sides_read_what_was_held_and_what_is_late(client, owing, who):
    visit = count(meeting(owing), "working", owing.officer)
    with time_machine.travel(DAY + dt.timedelta(days=40)):
        client.force_login(getattr(owing, who))
        pages = [
            client.get(url)
            for url in (
                owing.partnership.get_absolute_url(),
                reverse("events:meeting-list", args=[owing.partnership.ref]),
            )
        ]

    for page in pages:
        words = text_of(page)
        late = "Last held Wednesday 10 June 2026 Overdue was due by Friday 10 July 2026"
        assert late in words
        assert "None held yet Next one by Monday 30 November 2026" in words
    assert visit.get_absolute_url() in pages[1].content.decode()


def test_a_meeting_is_counted_on_its_page(client, owing):
    visit = meeting(owing)
    url = reverse("events:meeting-count", args=[visit.ref])
    client.force_login(owing.imam)
    assert url in client.get(visit.get_absolute_url()).content.decode()

    page = client.post(url, {"meeting": "senior"})
    assert "No inspector or more senior officer is listed" in page.content.decode()
    client.post(url, {"meeting": "working"})

    assert owed(owing)["working"].last_on == DAY
    assert "Working meeting" in text_of(client.get(visit.get_absolute_url()))


def test_no_other_mosque_counts_it(client, owing):
    url = reverse("events:meeting-count", args=[meeting(owing).ref])
    for who in ("other_imam", "far_sergeant", "stranger"):
        client.force_login(getattr(owing, who))
        assert client.post(url, {"meeting": "working"}).status_code in (403, 404)
    assert owed(owing)["working"].last_on is None


def test_the_figure_counts_what_is_owed_and_what_is_late(owing):
    count(meeting(owing), "working", owing.officer)
    late = DAY + dt.timedelta(days=40)

    figure = agreed_meetings(scope=Scope.of(owing.imam), on=late)

    assert figure.working == Meetings(n=1, overdue=1, never=0)
    assert figure.senior == Meetings(n=1, overdue=0, never=1)
    assert (figure.in_time, figure.n) == (1, 2)
    assert agreed_meetings(scope=Scope.of(owing.other_imam), on=late).n == 0


def test_an_agreement_takes_only_the_rhythms_that_are_offered(world):
    new, _agreement = drafted(world)

    with pytest.raises(ValidationError):
        draft(new, new.chair, side="institution", working_months=5)
