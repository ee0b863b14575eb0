"""Advice within hours, of the umbrella body alone: no consultation, and never counted as one."""

import datetime as dt
import json
from dataclasses import asdict
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config.audit.models import Entry
from config.dashboard.figures.consultations import consulted
from config.dashboard.figures.scope import Period, Scope
from config.dashboard.own_record import gather
from config.outbox.models import Message
from contacts.models import User
from partnerships.actions import (
    bulletins,
    consultation_answers,
    consultation_outcomes,
    consultations,
    rapid_advice,
)
from partnerships.models import Consultation, ConsultationResponse, Partnership
from partnerships.tasks import watch_consultations
from tests.dashboard.test_home_forum import lines, who_has
from tests.factories import panel_member
from tests.roles import as_owner, as_task

from . import bulletin_kit
from .bulletin_kit import told, users
from .consultation_kit import AT, DAY, HOUR, State, again, draft, refuses
from .test_bulletin_letters import letters

pytestmark = pytest.mark.django_db

LABEL = "Advice, not consultation"
WORDS = {
    "title": "After the march",
    "question": "Should officers stand at the gate tonight?",
    "urgency": "It is tonight.",
    "withheld": "Who is behind it: an inquiry is under way.",
}
READERS = (
    "The advice is read by police of the unit that asks, those above it and those of the umbrella "
    "body’s area, and by the umbrella body that gives it. The independent panel reads what was "
    "asked, what was not disclosed and what police did, not the advice."
)
ALL_READ = "Police of the force, the umbrella body that is asked and the independent panel read"
NIGHT = dt.datetime(2026, 11, 2, 23, 30, tzinfo=dt.UTC)  # in the quiet hours
DID = "Two officers stood by the gate, out of uniform, as you advised."
POLICE = ("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant")
PARTNERS = ("imam", "member", "other_imam", "far_imam", "umbrella_lead", "stranger")


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT, tick=False)


def ask(world, **changes):
    given = {"unit": world.team, "co_convenor": world.umbrella, "hours": 4}
    given |= WORDS | {"by": world.inspector, "at": AT}
    return rapid_advice.ask_rapid_advice(**given | changes)


def give(world, advice, **changes):
    given = {"advice": advice, "text": "At the gate, and not in uniform."}
    return rapid_advice.give_advice(**given | {"by": world.umbrella_lead, "at": AT} | changes)


def report(world, advice, **changes):
    given = {"advice": advice, "decision": DID, "by": world.inspector, "at": AT + HOUR}
    return rapid_advice.report_on_advice(**given | changes)


def closed(world):
    advice = ask(world)
    rapid_advice.close_advice(at=AT + 5 * HOUR)
    return again(advice)


IN_STATE = {
    State.OPEN: ask,
    State.CLOSED: closed,
    State.REPORTED_BACK: lambda world: report(world, ask(world)),
}


# --- From question to what was done --------------------------------------------------------------


def test_it_goes_to_the_umbrella_body_alone_at_once_and_comes_back(world):
    advice = ask(world, at=NIGHT)
    assert told("advice_asked") == users(world.umbrella_lead)
    assert {row.due_at for row in Message.objects.filter(kind="partnerships.advice_asked")} == {
        NIGHT
    }
    assert list(advice.invitees.values_list("institution__name", flat=True)) == [
        world.umbrella.name
    ]

    response = give(world, advice, at=NIGHT + HOUR)
    inbox = [("inbox", str(world.team.pk))]
    assert told("advice_given") == sorted(inbox + users(world.inspector))
    assert (response.capacity, response.is_late) == ("umbrella", False)
    report(world, advice, at=NIGHT + 2 * HOUR)
    assert told("advice_reported") == users(world.umbrella_lead)
    assert again(advice).state == State.REPORTED_BACK


def test_later_advice_takes_the_place_of_the_earlier_and_says_when_it_is_late(world):
    advice = closed(world)
    first, second = give(world, advice), give(world, advice, at=AT + 6 * HOUR, text="Go home.")

    assert (first.is_late, second.is_late) == (False, True)
    assert list(advice.responses.current()) == [second]
    assert again(advice).answered_umbrella == 1


def test_when_its_hour_is_over_whoever_asked_is_told_once_where_nothing_came(world, time_machine):
    silent, answered = ask(world), ask(world)
    give(world, answered)
    for minutes, state in ((239, State.OPEN), (240, State.CLOSED), (250, State.CLOSED)):
        time_machine.move_to(AT + dt.timedelta(minutes=minutes), tick=False)
        with as_task():
            watch_consultations()
        assert {again(silent).state, again(answered).state} == {state}

    inbox = [("inbox", str(world.team.pk))]
    assert told("advice_closed") == sorted(inbox + users(world.inspector))
    assert Entry.objects.filter(action="partnerships.advice_closed").count() == 2


@pytest.mark.parametrize("part", ["question", "urgency", "withheld", "hours", "co_convenor"])
def test_it_says_what_was_not_disclosed_why_it_cannot_wait_and_whom_it_asks(world, part):
    wrong = {"hours": 72, "co_convenor": world.mosque}
    error = refuses(lambda at: ask(world, **{part: wrong.get(part, " ")}))

    assert list(error.message_dict) == [part]


def test_an_umbrella_body_that_has_paused_is_rung_and_not_asked(world):
    with as_owner():
        Partnership.objects.filter(pk=world.umbrella_partnership.pk).update(
            state="paused_by_police"
        )

    assert list(refuses(lambda at: ask(world)).message_dict) == ["co_convenor"]


# --- Moves ---------------------------------------------------------------------------------------


def _close(world, advice):
    if not rapid_advice.close_advice(at=AT + 5 * HOUR):
        raise ValidationError("It did not close.")


BY = {
    State.CLOSED: _close,
    State.REPORTED_BACK: lambda world, advice: report(world, advice, at=AT + 6 * HOUR),
}


def test_every_pair_of_its_states_is_walked_and_no_move_of_a_consultation_takes_it(world):
    for start, end in product(IN_STATE, BY):
        advice = IN_STATE[start](world)
        if end in Consultation.ADVICE_MOVES[start]:
            BY[end](world, advice)
            assert again(advice).state == end
        else:
            with pytest.raises(ValidationError):
                BY[end](world, advice)
            assert again(advice).state == start
    with pytest.raises(ValidationError):
        give(world, again(advice))


def test_what_is_for_consultations_declines_it_and_the_other_way_round(world):
    advice, by = closed(world), world.inspector
    other = {"position": "for", "text": "Yes.", "is_shared": True}
    named = {"title": "A theme", "heard": "At the gate.", "side": "police"}
    for action, more in (
        (consultations.edit_consultation, {"parts": {}}),
        (consultations.co_sign_consultation, {}),
        (consultations.open_consultation, {}),
        (consultations.abandon_consultation, {"reason": "No more."}),
        (consultation_answers.answer_consultation, {"institution": world.umbrella} | other),
        (consultation_answers.name_theme, named),
        (consultation_outcomes.consider_consultation, {}),
        (consultation_outcomes.decide_consultation, {"decision": "So."}),
        (consultation_outcomes.report_back, {}),
    ):
        error = refuses(action, consultation=advice, by=by, **more)
        assert "moved on" in str(error), action
    consultation = draft(world)
    for action, more in (
        (rapid_advice.give_advice, {"text": "Yes."}),
        (rapid_advice.report_on_advice, {"decision": DID}),
    ):
        refuses(action, advice=consultation, by=by, **more)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft"},
        {"state": "considering"},
        {"withheld": ""},
        {"answer_by": None},
        {"is_public": True},
        {"closes_on": AT.date() + 30 * DAY},
        {"kind": "consultation"},
    ],
)
def test_the_database_keeps_advice_from_passing_for_a_consultation(world, change):
    advice = ask(world)
    with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
        Consultation.objects.filter(pk=advice.pk).update(**change)


# --- It counts as no consultation ----------------------------------------------------------------


def test_it_is_in_no_figure_holds_no_bulletin_up_and_stands_in_no_public_place(world):
    advice = report(world, ask(world))
    waiting = ask(world)
    everywhere = bulletin_kit.draft(world, areas=[])
    year = Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))

    found = consulted(scope=Scope.of(User.objects.get(pk=world.coordinator.pk)), period=year)
    assert (found.consultations, found.umbrella) == (0, 0)
    assert bulletins.check_bulletin(bulletin=everywhere, by=world.coordinator, at=AT)
    for made in (advice, waiting):
        assert (made.public_item_id, made.is_public, made.umbrella_public) == (None, False, False)


def test_the_copy_of_its_record_that_the_umbrella_body_takes_along_says_what_it_is(world):
    report(world, ask(world))
    copy = json.dumps([asdict(section) for section in gather(world.umbrella)], default=str)

    assert LABEL in copy
    assert WORDS["withheld"] in copy


def test_it_waits_at_home_for_those_who_advise_and_for_those_who_report(world):
    advice = ask(world)
    assert who_has(world, "advice_to_give") == {"umbrella_lead"}
    assert who_has(world, "advice_to_report") == set()
    assert again(advice).state_label == "Waits for advice"
    give(world, advice)
    assert again(advice).state_label == "Advice was given"

    ranks = {"inspector", "commander"}
    assert (who_has(world, "advice_to_give"), who_has(world, "advice_to_report")) == (set(), ranks)
    assert who_has(world, "consultations_to_answer") == who_has(world, "consultations") == set()
    assert f"{LABEL}, for Millbrook West team: say what you did" in lines(world, "inspector")
    report(world, advice)
    assert who_has(world, "advice_to_report") == set()


def test_every_letter_is_labelled_and_holds_no_typed_word(world):
    found = {}
    for make in (lambda: give(world, ask(world)), lambda: closed(world)):
        make()
        found |= letters()
    report(world, ask(world))
    found |= letters()
    found = {kind: letter for kind, letter in found.items() if ".advice_" in kind}

    assert set(found) == {
        f"partnerships.advice_{what}" for what in ("asked", "given", "closed", "reported")
    }
    for letter in found.values():
        assert letter.subject.startswith(LABEL)
        assert not any(words in letter.body for words in (*WORDS.values(), DID, "At the gate"))


# --- Pages ---------------------------------------------------------------------------------------


def page(user, name, *args, **data):
    client = Client()
    client.force_login(user)
    name = name if name == "advice-ask" else f"consultation-{name}"
    address = reverse(f"partnerships:{name}", args=args)
    response = client.post(address, data, follow=True) if data else client.get(address)
    return response.status_code, " ".join(response.content.decode().split())


def may(world, name, *args):
    asked = {who: page(getattr(world, who), name, *args)[0] for who in (*POLICE, *PARTNERS)}
    return {who for who, status in asked.items() if status == 200}


def test_both_sides_do_it_on_their_pages_where_it_is_labelled_each_time(world):
    _status, text = page(world.inspector, "advice-ask", **WORDS | {"hours": 4})
    assert "Asked." in text
    advice = Consultation.objects.get()
    assert advice.answer_by == AT + 4 * HOUR
    _status, text = page(world.umbrella_lead, "advise", advice.ref, text="At the gate.")
    assert "Sent." in text
    assert told("advice_given") == sorted([("inbox", str(world.team.pk)), *users(world.inspector)])
    _status, text = page(world.inspector, "advice-report", advice.ref, decision=DID)
    assert "Said." in text
    assert again(advice).state_label == "Police have said what they did"
    response = ConsultationResponse.objects.get()

    for who in (world.umbrella_lead, world.inspector):
        seen = page(who, "detail", advice.ref)[1]
        assert all(words in seen for words in (*WORDS.values(), DID, LABEL))
        assert "Day of the decision" not in seen
        answer = page(who, "response", response.ref)[1]
        assert LABEL in answer
        assert "Neither" not in answer
    client = Client()
    client.force_login(world.umbrella_lead)
    shown = client.get(reverse("partnerships:consultation-list"), {"state": "all"})
    assert LABEL in shown.content.decode()


def test_each_page_opens_to_those_it_is_for_and_to_nobody_else(world):
    advice = ask(world)
    response, panel = give(world, advice), panel_member(world)

    assert may(world, "advice-ask") == {"inspector", "commander"}
    assert may(world, "advise", advice.ref) == {"umbrella_lead"}
    assert may(world, "advice-report", advice.ref) == {"inspector", "commander"}
    assert may(world, "detail", advice.ref) == {*POLICE, "umbrella_lead"}
    above = {"inspector", "commander", "coordinator"}
    assert may(world, "response", response.ref) == {*above, "sergeant", "officer", "umbrella_lead"}
    assert LABEL in page(panel, "detail", advice.ref)[1]
    verbs = "edit co-sign open open-urgent answer theme consider decide report abandon"
    for verb in verbs.split():
        assert may(world, verb, advice.ref) == set(), verb


def test_every_page_says_alike_who_reads_the_advice_and_it_is_so(world):
    advice = ask(world)
    response, panel = give(world, advice), panel_member(world)

    shown = [
        page(world.inspector, "advice-ask"),
        page(world.umbrella_lead, "advise", advice.ref),
        page(world.inspector, "advice-report", advice.ref),
        page(world.inspector, "detail", advice.ref),
        page(panel, "detail", advice.ref),
    ]
    assert all(READERS in text for _status, text in shown)
    assert [ALL_READ in text for _status, text in shown] == [True, False, True, False, False]
    assert "Police alone" not in shown[3][1]
    assert page(panel, "response", response.ref)[0] == 404


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_comes_back(world):
    _status, text = page(world.inspector, "advice-ask", **WORDS | {"hours": 4, "withheld": ""})

    assert "Enter what was not disclosed, and why" in text
    assert WORDS["question"] in text
    assert not Consultation.objects.exists()
