"""Consultations in each state, made through the actions."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Membership
from partnerships.actions import consultation_answers as answers
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations
from partnerships.models import Consultation, ConsultationResponse, ConsultationTheme
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)  # a Monday, in no quiet hour, far from Ramadan
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ON = AT.date()
CLOSES = ON + 30 * DAY
AFTER = AT + 31 * DAY
DECIDED = AT + 45 * DAY
PARTS = {
    "title": "Patrols on Friday evenings",
    "question": "Should officers walk or drive past on Friday evenings?",
    "open_to_change": "When, how often, and on foot or by car.",
    "not_open": "That there are patrols: the district asked for them.",
    "options": "On foot, by car, or by turns.",
    "effect": "Women and children leave late on Fridays.",
    "materials": "A sheet in English and Urdu.",
    "events": "The forum’s evening on the tenth.",
}
State = Consultation.State


def joins(world, *institutions):
    """Make them members of the umbrella body."""
    with as_owner():
        for institution in institutions:
            Membership.objects.get_or_create(
                umbrella=world.umbrella,
                member=institution,
                member_until=None,
                defaults={"member_from": ON - 90 * DAY},
            )


def draft(world, **changes):
    joins(world, world.mosque)
    given = {
        "unit": world.team,
        "co_convenor": world.umbrella,
        "parts": PARTS,
        "closes_on": CLOSES,
        "decides_on": CLOSES + 14 * DAY,
        "areas": [world.neighbourhood.pk],
        "by": world.sergeant,
        "at": AT,
    }
    return consultations.draft_consultation(**given | changes)


def co_signed(world, *, objection="", umbrella_public=False, **changes):
    return consultations.co_sign_consultation(
        consultation=draft(world, **changes),
        objection=objection,
        is_public=umbrella_public,
        by=world.umbrella_lead,
        at=AT,
    )


def opened(world, **changes):
    consultation = co_signed(world, **changes)
    return consultations.open_consultation(consultation=consultation, by=world.coordinator, at=AT)


def closed(world, **changes):
    consultation = opened(world, **changes)
    outcomes.close_consultations(at=AFTER)
    return again(consultation)


def considering(world, **changes):
    """With an answer of a member, and one theme that both sides have read."""
    consultation = opened(world, **changes)
    answer(world, consultation)
    outcomes.close_consultations(at=AFTER)
    second(world, theme(world, again(consultation)))
    return outcomes.consider_consultation(consultation=consultation, by=world.coordinator, at=AFTER)


def decided(world, **changes):
    consultation = considering(world, **changes)
    decide_theme(world, consultation.themes.get())
    return outcomes.decide_consultation(
        consultation=consultation, decision="On foot until nine.", by=world.inspector, at=DECIDED
    )


def reported(world, **changes):
    consultation = decided(world, **changes)
    return outcomes.report_back(consultation=consultation, by=world.coordinator, at=DECIDED)


def abandoned(world, **changes):
    return consultations.abandon_consultation(
        consultation=opened(world, **changes), reason="The money went.", by=world.coordinator, at=AT
    )


IN_STATE = {
    State.DRAFT: draft,
    State.CO_SIGNED: co_signed,
    State.OPEN: opened,
    State.CLOSED: closed,
    State.CONSIDERING: considering,
    State.DECIDED: decided,
    State.REPORTED_BACK: reported,
    State.ABANDONED: abandoned,
}


def again(consultation):
    return Consultation.objects.select_related("institution", "co_convenor").get(pk=consultation.pk)


def answer(world, consultation, **changes):
    given = {
        "consultation": consultation,
        "institution": world.mosque,
        "position": ConsultationResponse.Position.WITH_CHANGES,
        "text": "On foot, and not during the prayer.",
        "is_shared": False,
        "by": world.imam,
        "at": AT + HOUR,
    }
    return answers.answer_consultation(**given | changes)


def theme(world, consultation, **changes):
    given = {
        "consultation": consultation,
        "title": "Not during prayer",
        "heard": "Cars wait outside while people pray.",
        "found_in": list(consultation.responses.current()),
        "side": "police",
        "by": world.coordinator,
        "at": AFTER,
    }
    return answers.name_theme(**given | changes)


def second(world, found, **changes):
    given = {
        "theme": found,
        "found_in": [],
        "side": "institution",
        "by": world.umbrella_lead,
        "at": AFTER,
    }
    return answers.read_theme_again(**given | changes)


def decide_theme(world, found, **changes):
    given = {
        "theme": found,
        "outcome": ConsultationTheme.Outcome.CHANGED,
        "changed": "Officers walk.",
        "unchanged": "",
        "why": "It costs no more.",
        "promise": "Print the new times for every mosque.",
        "promise_due_on": DECIDED.date() + 20 * DAY,
        "by": world.inspector,
        "at": DECIDED - DAY,
    }
    return outcomes.decide_theme(**given | changes)


def open_on(world, on, days, **changes):
    at = dt.datetime.combine(on, dt.time(10), dt.UTC)
    consultation = co_signed(world)
    closes = on + days * DAY
    Consultation.objects.filter(pk=consultation.pk).update(
        closes_on=closes, decides_on=closes + DAY
    )
    by = world.inspector if changes else world.coordinator
    return consultations.open_consultation(consultation=consultation, by=by, at=at, **changes)


def refuses(action, **given):
    with pytest.raises(ValidationError) as caught:
        action(**{"at": AT} | given)
    return caught.value
