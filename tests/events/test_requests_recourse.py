"""From a missed answer to the inspector, and from there to the commander."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from config.outbox.models import Message
from contacts.actions.people import set_deputy
from contacts.models import RoleHolding
from contacts.presenters import shown_name
from events import clocks
from events.actions.recourse import answer_recourse, climb_recourse, use_recourse
from events.actions.request_states import NotNow
from events.actions.requests import withdraw_request
from events.models import EngagementRequest, RequestStep
from tests.events.requests_kit import AT, HOUR, acknowledged, spoil, submit
from tests.factories import make_person
from tests.roles import as_owner

LATE = AT + 72 * HOUR
DAY = dt.timedelta(days=1)


def asked(world, *, at=LATE):
    return use_recourse(request=submit(world), by=world.imam, at=at)


def told(move):
    """Return the ids of the users whom the mail about such a step waits for."""
    steps = set(RequestStep.objects.filter(move=move).values_list("pk", flat=True))
    rows = Message.objects.filter(kind="events.request_moved", state="pending")
    return {row.recipient_id for row in rows if row.context["step"] in steps}


def test_use_recourse_opens_only_when_something_is_late(world):
    request = submit(world)

    with pytest.raises(NotNow, match="not late now"):
        use_recourse(request=request, by=world.imam, at=LATE - HOUR)
    used = use_recourse(request=request, by=world.imam, at=LATE)

    assert (used.recourse, used.recourse_at, used.state) == ("with_inspector", LATE, "submitted")
    assert told("recourse") == {str(world.inspector.pk)}


def test_use_recourse_opens_on_any_late_step(world):
    request = acknowledged(world)

    assert use_recourse(request=request, by=world.imam, at=AT + 9 * DAY).recourse


def test_use_recourse_is_possible_once_at_a_time(world):
    request = asked(world)

    with pytest.raises(NotNow, match="already"):
        use_recourse(request=request, by=world.member, at=LATE + HOUR)


def test_use_recourse_goes_to_the_commander_where_there_is_no_inspector(world):
    with as_owner():
        RoleHolding.objects.filter(contact=world.inspector.contact).update(
            held_until=dt.date(2026, 1, 1)
        )

    assert asked(world).recourse == "with_commander"
    assert told("recourse") == {str(world.commander.pk)}


def test_answer_recourse_acknowledges_and_starts_the_clock_again(world):
    request = asked(world)

    answered = answer_recourse(
        request=request, words="I am sorry. I will ring today.", by=world.inspector, at=LATE + HOUR
    )

    assert (answered.recourse, answered.state) == ("answered", "acknowledged")
    assert answered.acknowledged_by == world.inspector.contact
    assert not clocks.is_late(answered, at=LATE + 2 * HOUR)
    assert clocks.is_late(answered, at=LATE + 9 * DAY)
    assert told("recourse_answered") == {str(world.imam.pk)}


def test_answer_recourse_gives_a_late_step_its_days_anew(world):
    request = acknowledged(world)
    use_recourse(request=request, by=world.imam, at=AT + 9 * DAY)

    answered = answer_recourse(
        request=request, words="Seen.", by=world.inspector, at=AT + 9 * DAY + HOUR
    )

    assert answered.state == "acknowledged"
    assert not EngagementRequest.objects.late(at=AT + 10 * DAY).exists()
    assert EngagementRequest.objects.late(at=AT + 20 * DAY).exists()


def test_answer_recourse_needs_words_and_a_question(world):
    with pytest.raises(NotNow):
        answer_recourse(request=submit(world), words="Seen.", by=world.inspector, at=LATE)
    request = asked(world)
    with pytest.raises(ValidationError) as caught:
        answer_recourse(request=request, words=" ", by=world.inspector, at=LATE)
    assert list(caught.value.message_dict) == ["words"]


@pytest.mark.parametrize(
    ("hours", "recourse"), [(23, "with_inspector"), (24, "with_commander"), (200, "with_commander")]
)
def test_climb_recourse_passes_it_to_the_commander_after_24_hours(world, hours, recourse):
    request = asked(world)

    climb_recourse(at=LATE + hours * HOUR)

    request.refresh_from_db()
    assert request.recourse == recourse
    visible = EngagementRequest.objects.visible_to(world.commander).exists()
    assert visible == (recourse == "with_commander")


def test_climb_recourse_happens_once_and_tells_both(world):
    request = asked(world)

    assert climb_recourse(at=LATE + 24 * HOUR) == 1
    assert climb_recourse(at=LATE + 25 * HOUR) == 0

    step = request.steps.get(move="to_commander")
    assert step.by is None
    assert told("to_commander") == {str(world.commander.pk), str(world.imam.pk)}


def test_climb_recourse_goes_on_past_one_that_cannot_be_saved(world):
    stuck, other = asked(world), asked(world)
    spoil(stuck)

    assert climb_recourse(at=LATE + 24 * HOUR) == 1

    other.refresh_from_db()
    assert other.recourse == "with_commander"


def test_climb_recourse_leaves_what_is_over(world):
    request = asked(world)
    withdraw_request(request=request, side="institution", by=world.imam, at=LATE + HOUR)

    assert climb_recourse(at=LATE + 48 * HOUR) == 0


def test_answer_recourse_by_the_commander_ends_it(world):
    request = asked(world)
    climb_recourse(at=LATE + 24 * HOUR)

    answered = answer_recourse(
        request=request, words="I have seen to it.", by=world.commander, at=LATE + 25 * HOUR
    )

    assert answered.recourse == "answered"
    assert answered.acknowledged_by == world.commander.contact


def test_a_late_request_tells_police_that_the_mosque_may_go_further(world, client):
    request = submit(world)

    with time_machine.travel(LATE):
        client.force_login(world.officer)
        page = client.get(request.get_absolute_url()).text

    assert "This answer is late" in page
    assert "Masjid An-Noor can see these numbers and may ask the inspector to step in." in page
    assert "You are owed" not in page


def test_a_late_request_names_the_inspector_before_whoever_stands_in(world, client):
    request = submit(world)
    colleague = make_person(world.other_team, "inspector")
    set_deputy(
        holding=world.inspector.contact.holdings.get(),
        deputy=colleague.contact,
        acts_from=AT.date(),
        acts_until=AT.date() + 30 * DAY,
        by=world.coordinator,
        at=AT,
    )

    with time_machine.travel(LATE):
        client.force_login(world.imam)
        page = client.get(request.get_absolute_url()).text

    deputy = f"{shown_name(colleague.contact)}, standing in for Insp Ruth Dale"
    assert page.index("<bdi>Insp Ruth Dale</bdi>") < page.index(deputy)
