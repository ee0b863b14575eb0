"""What comes of a consultation: deciding, reporting back, its days, and every pair of states."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations
from partnerships.models import Commitment, Consultation
from partnerships.tasks import watch_consultations
from tests.factories import panel_member
from tests.roles import as_owner, as_task

from . import consultation_kit as kit
from .bulletin_kit import told, users
from .consultation_kit import AFTER, AT, CLOSES, DAY, DECIDED, ON, State, again

pytestmark = pytest.mark.django_db


# --- Deciding and reporting back ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"why": " "}, "__all__"),
        ({"changed": " "}, "changed"),
        ({"outcome": "partly"}, "unchanged"),
        ({"outcome": "unchanged", "changed": ""}, "unchanged"),
        ({"promise_due_on": None}, "promise_due_on"),
        ({"promise_due_on": ON}, "promise_due_on"),
    ],
)
def test_each_theme_says_what_changed_what_did_not_and_why(world, change, field):
    found = kit.considering(world).themes.get()

    error = kit.refuses(lambda at: kit.decide_theme(world, found, **change))
    assert list(error.message_dict) == [field]


def test_nothing_is_decided_before_each_theme_is_nor_before_it_closed(world):
    consultation = kit.considering(world)
    decide = {"consultation": consultation, "decision": "On foot.", "by": world.inspector}
    kit.refuses(outcomes.decide_consultation, **decide | {"at": DECIDED})
    kit.decide_theme(world, consultation.themes.get())
    kit.refuses(outcomes.decide_consultation, **decide | {"at": AT})
    kit.refuses(outcomes.decide_consultation, **decide | {"at": DECIDED, "decision": " "})
    outcomes.decide_consultation(**decide | {"at": DECIDED})

    assert told("consultation_decided") == users(world.umbrella_lead)
    with as_owner(), pytest.raises(IntegrityError, match="after_it_closed"), transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(decided_on=CLOSES)


def test_reporting_back_tells_every_respondent_and_the_panel_and_makes_the_promises(world):
    panel = panel_member(world)
    consultation = kit.reported(world)
    promise = Commitment.objects.get()

    assert told("consultation_reported") == users(world.imam, world.umbrella_lead, panel)
    assert (promise.institution, promise.owner_side) == (world.umbrella, "police")
    assert promise.text == "Print the new times for every mosque."
    assert consultation.themes.get().commitment == promise


def test_giving_up_says_why_to_everybody_who_was_asked(world):
    consultation = kit.abandoned(world)

    assert told("consultation_abandoned") == users(
        world.imam, world.other_imam, world.umbrella_lead
    )
    assert told("consultation_opened") == []  # what had not left is called off
    assert again(consultation).abandonment == "The money went."
    kit.refuses(
        consultations.abandon_consultation,
        consultation=kit.opened(world),
        reason=" ",
        by=world.coordinator,
    )


# --- What the days bring --------------------------------------------------------------------------


def test_a_week_before_the_end_those_are_told_who_have_not_answered_and_once(world, time_machine):
    consultation = kit.opened(world)
    kit.answer(world, consultation)
    for moment, who in (
        (AT + 22 * DAY, []),
        (AT + 23 * DAY, users(world.other_imam, world.umbrella_lead)),
        (AT + 24 * DAY, users(world.other_imam, world.umbrella_lead)),
    ):
        time_machine.move_to(moment)
        with as_task():
            watch_consultations()
        assert told("consultation_week_left") == who


def test_what_is_opened_with_no_more_than_a_week_left_reminds_nobody(world):
    consultation = kit.open_on(world, ON, 5, urgency="The march is on Saturday.")
    for _twice in range(2):
        outcomes.remind_of_consultations(at=AT + DAY)

    assert told("consultation_week_left") == []
    assert again(consultation).reminded_at == AT + DAY


def test_it_closes_on_the_day_after_its_last_and_who_decides_is_told_once(world, time_machine):
    consultation = kit.opened(world)
    for moment, state in (
        (dt.datetime(2026, 12, 2, 23, 59, tzinfo=dt.UTC), State.OPEN),
        (dt.datetime(2026, 12, 3, 0, 1, tzinfo=dt.UTC), State.CLOSED),
        (dt.datetime(2026, 12, 4, 0, 1, tzinfo=dt.UTC), State.CLOSED),
    ):
        time_machine.move_to(moment)
        with as_task():
            watch_consultations()
        assert again(consultation).state == state
    inbox = ("inbox", str(world.team.pk))
    assert told("consultation_closed") == sorted([inbox, *users(world.inspector)])


# --- Every pair of states -------------------------------------------------------------------------


def _edit(consultation, world):
    consultations.edit_consultation(
        consultation=consultation, parts=kit.PARTS, by=world.sergeant, at=AT
    )


def _close(consultation, world):
    outcomes.close_consultations(at=AFTER + 60 * DAY)
    if again(consultation).state == consultation.state:
        raise ValidationError("It did not close.")


def _decide(consultation, world):
    for found in consultation.themes.undecided():
        kit.decide_theme(world, found)
    outcomes.decide_consultation(
        consultation=consultation, decision="On foot.", by=world.inspector, at=DECIDED
    )


BY = {
    State.DRAFT: _edit,
    State.CO_SIGNED: lambda c, w: consultations.co_sign_consultation(
        consultation=c, by=w.umbrella_lead, at=AT
    ),
    State.OPEN: lambda c, w: consultations.open_consultation(
        consultation=c, by=w.coordinator, at=AT
    ),
    State.CLOSED: _close,
    State.CONSIDERING: lambda c, w: outcomes.consider_consultation(
        consultation=c, by=w.sergeant, at=AFTER
    ),
    State.DECIDED: _decide,
    State.REPORTED_BACK: lambda c, w: outcomes.report_back(
        consultation=c, by=w.coordinator, at=DECIDED
    ),
    State.ABANDONED: lambda c, w: consultations.abandon_consultation(
        consultation=c, reason="No money.", by=w.coordinator, at=AT
    ),
}
BESIDES = {(State.DRAFT, State.DRAFT)}  # written anew, which is no move


def test_every_pair_of_states_is_walked(world):
    for start, end in product(State, State):
        consultation = kit.IN_STATE[start](world)
        if end in Consultation.MOVES[start] or (start, end) in BESIDES:
            BY[end](consultation, world)
            assert again(consultation).state == end, (start, end)
        else:
            with pytest.raises(ValidationError):
                BY[end](consultation, world)
            assert again(consultation).state == start, (start, end)
