"""Concerns in each state, made through the actions, for the tests of concerns."""

import datetime as dt

from contacts.models import Topic
from partnerships.actions import concern_answers as answers
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.actions import concerns
from partnerships.models import Concern

AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)  # a Monday
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WORRY = {"worry": "Stops outside after prayers.", "would_help": "Somebody to explain them."}
ANSWER = {
    "answer": "The stops were about a burglary.",
    "reasons": "A description had been given.",
    "will_change": "An officer comes after prayers and explains.",
}
CLOSING = {"you_said": "You asked why.", "we_did": "We came and explained."}


def raised(world, **changes):
    given = {
        "partnership": world.partnership,
        "parts": WORRY,
        "topic": Topic.objects.get(code="road_safety"),
        "about": "policy",
        "by": world.imam,
        "at": AT,
    }
    return concerns.raise_concern(**given | changes)


def acknowledged(world, *, at=AT, due_on=None, **changes):
    return answers.acknowledge_concern(
        concern=raised(world, at=at, **changes),
        answerer=world.officer.contact,
        words="Thank you, I have read it.",
        due_on=due_on,
        by=world.sergeant,
        at=at,
    )


def in_hand(world, *, at=AT, **changes):
    concern = acknowledged(world, at=at, **changes)
    return answers.take_in_hand(concern=concern, words="Looking now.", by=world.officer, at=at)


def answer(concern, by, *, at=AT):
    return answers.answer_concern(concern=concern, parts=ANSWER, by=by, at=at)


def answered(world, *, at=AT, **changes):
    return answer(in_hand(world, at=at, **changes), world.officer, at=at)


def accepted(world, *, at=AT, **changes):
    concern = answered(world, at=at, **changes)
    return answers.accept_answer(concern=concern, by=world.imam, at=at)


def proposed(world, *, at=AT, **changes):
    concern = accepted(world, at=at, **changes)
    return closing.propose_closing(concern=concern, parts=CLOSING, by=world.officer, at=at)


def closed(world, *, at=AT, **changes):
    concern = proposed(world, at=at, **changes)
    return closing.close_concern(concern=concern, audience="members", by=world.imam, at=at)


def challenge(concern, by, *, at=AT):
    return answers.challenge_answer(concern=concern, why="It goes on.", by=by, at=at)


def challenged(world, *, at=AT, **changes):
    return challenge(answered(world, at=at, **changes), world.imam, at=at)


def escalated(world, *, at=AT, **changes):
    concern = challenged(world, at=at, **changes)
    return ladder.take_up(concern=concern, by=world.inspector, at=at)


def with_commander(world, *, at=AT, **changes):
    concern = answer(escalated(world, at=at, **changes), world.inspector, at=at)
    concern = challenge(concern, world.imam, at=at)
    return ladder.take_up(concern=concern, by=world.commander, at=at)


def with_panel(world, *, at=AT, **changes):
    concern = answer(with_commander(world, at=at, **changes), world.commander, at=at)
    concern = challenge(concern, world.imam, at=at)
    return ladder.take_up(concern=concern, by=world.coordinator, at=at)


def viewed(world, *, at=AT, **changes):
    concern = with_panel(world, at=at, **changes)
    return closing.record_panel_view(
        concern=concern, view="Both have a point.", by=world.coordinator, at=at
    )


def stated(world, *, at=AT, **changes):
    concern = viewed(world, at=at, **changes)
    for side, by in (("police", world.commander), ("institution", world.imam)):
        closing.state_view(concern=concern, statement="Our view.", side=side, by=by, at=at)
    return concern


def closed_not_agreed(world):
    return closing.close_not_agreed(concern=stated(world), by=world.coordinator, at=AT + 28 * DAY)


def passed_on(world):
    return answers.pass_to_complaints(
        concern=acknowledged(world, choice="complaint"),
        complaint_reference="CO/01234/26",
        by=world.coordinator,
        at=AT,
    )


def withdrawn(world):
    return concerns.withdraw_concern(concern=raised(world), by=world.imam, at=AT)


IN_STATE = {
    "raised": raised,
    "acknowledged": acknowledged,
    "passed_to_complaints": passed_on,
    "in_hand": in_hand,
    "answered": answered,
    "accepted": accepted,
    "challenged": challenged,
    "escalated": escalated,
    "closed": closed,
    "closed_not_agreed": closed_not_agreed,
    "withdrawn": withdrawn,
}


def again(concern):
    return Concern.objects.for_list().get(pk=concern.pk)
