import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.outbox.models import Message
from events.actions.feedback import FeedbackOver, close_feedback, give_feedback
from events.actions.request_states import NotNow, request_held
from events.models import Engagement
from tests.events.requests_kit import AT, held, scheduled, spoil
from tests.events.test_plans import plan

DAY = dt.timedelta(days=1)


def give(request, world, side="institution", **changes):
    person = world.imam if side == "institution" else world.officer
    given = {
        "engagement": request.engagements.get(),
        "as_agreed": "yes",
        "next_words": "Come again before Ramadan.",
        "side": side,
        "by": person,
        "at": request.held_at + DAY,
    }
    return give_feedback(**given | changes)


def test_request_held_asks_both_sides(world):
    request = held(world)

    assert (request.state, request.held_at) == ("feedback_due", request.held_at)
    rows = Message.objects.filter(kind="events.feedback_due")
    people = {row.recipient_id for row in rows if row.recipient_kind == "user"}
    assert people == {str(p.pk) for p in (world.imam, world.sergeant, world.officer)}
    assert not request.wants_woman_officer


def test_request_held_needs_a_visit_in_the_calendar(world):
    request = held(world)

    with pytest.raises(NotNow):
        request_held(request=request, by=world.officer, at=AT)


def test_give_feedback_by_both_sides_closes_the_request(world):
    request = held(world)

    give(request, world)
    request.refresh_from_db()
    assert request.state == "feedback_due"
    give(request, world, side="police", as_agreed="partly")

    request.refresh_from_db()
    assert request.state == "closed"
    moves = list(request.steps.order_by("pk").values_list("move", flat=True))
    assert moves[-3:] == ["feedback", "feedback", "closed"]


def test_give_feedback_keeps_the_words_in_one_place(world):
    request = held(world)

    feedback = give(request, world)

    assert feedback.next_words == "Come again before Ramadan."
    assert request.steps.latest("pk").words == ""


def test_give_feedback_is_given_once_a_side(world):
    request = held(world)
    give(request, world)

    with pytest.raises(ValidationError, match="has given feedback already"):
        give(request, world, by=world.member)


def test_give_feedback_is_for_visits_that_were_held(world):
    visit = plan(world)

    with pytest.raises(FeedbackOver, match="held"):
        give_feedback(
            engagement=visit, as_agreed="yes", next_words="", side="police", by=world.officer, at=AT
        )


def test_give_feedback_on_a_visit_without_a_request_is_open_for_14_days(world):
    visit = plan(world)
    Engagement.objects.update(state="held", held_recorded_at=visit.starts_at)
    given = {"engagement": visit, "as_agreed": "no", "next_words": "", "by": world.officer}

    with pytest.raises(FeedbackOver, match="over"):
        give_feedback(**given, side="police", at=visit.starts_at + 14 * DAY)
    assert give_feedback(**given, side="police", at=visit.starts_at + 13 * DAY).pk


@pytest.mark.parametrize(("days", "state"), [(13, "feedback_due"), (14, "closed")])
def test_close_feedback_closes_after_14_days(world, days, state):
    request = held(world)

    closed = close_feedback(at=request.held_at + days * DAY)

    request.refresh_from_db()
    assert (request.state, closed) == (state, int(state == "closed"))


def test_request_closed_tells_both_sides_and_whoever_asked(world):
    request = held(world, by=world.member)

    close_feedback(at=request.held_at + 14 * DAY)

    step = request.steps.get(move="closed")
    rows = Message.objects.filter(kind="events.request_moved", context__step=step.pk)
    told = [(row.recipient_kind, row.recipient_id) for row in rows]
    people = (world.member, world.imam, world.sergeant, world.officer)
    assert sorted(told) == sorted(
        [("inbox", str(world.team.pk)), *(("user", str(person.pk)) for person in people)]
    )


def test_close_feedback_goes_on_past_one_that_cannot_be_saved(world):
    stuck, other = held(world), held(world)
    spoil(stuck)

    assert close_feedback(at=other.held_at + 14 * DAY) == 1

    other.refresh_from_db()
    assert other.state == "closed"


def test_close_feedback_leaves_what_is_not_held(world):
    request = scheduled(world)

    assert close_feedback(at=AT + 90 * DAY) == 0
    request.refresh_from_db()
    assert request.state == "scheduled"
