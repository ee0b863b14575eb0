"""What recipients ask is read by all of them and answered within 72 hours, or it climbs."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from partnerships.actions import bulletin_questions as questions
from partnerships.models import BulletinAsker, BulletinQuestion
from partnerships.tasks import watch_bulletins
from tests.factories import make_person
from tests.roles import as_owner, as_task

from .bulletin_kit import (
    AT,
    DAY,
    HOUR,
    answer,
    ask,
    ct_unit,
    draft,
    expired,
    published,
    told,
    updated,
    users,
    withdrawn,
)

pytestmark = pytest.mark.django_db
State = BulletinQuestion.State


@pytest.fixture
def bulletin(world):
    return published(world)


def again(question):
    return BulletinQuestion.objects.get(pk=question.pk)


# --- Asking --------------------------------------------------------------------------------------


def test_ask_names_the_institution_only_if_it_wishes(world, bulletin):
    assert ask(world, bulletin).asked_as == ""
    assert ask(world, bulletin, is_named=True).asked_as == "Masjid An-Noor"


def test_who_asked_stands_in_a_row_of_the_askers_own_and_not_in_the_trail(world, bulletin):
    question = ask(world, bulletin)

    asker = BulletinAsker.objects.get(question=question)
    assert (asker.institution, asker.asked_by) == (world.mosque, world.imam.contact)
    entry = Entry.objects.get(action="partnerships.bulletin_question_asked")
    assert (entry.actor_id, entry.institution_id) == (None, world.team.pk)


def test_those_who_answer_hear_of_a_question_at_once(world, bulletin):
    ask(world, bulletin)

    inbox = [("inbox", str(world.team.pk))]
    assert told("bulletin_question_asked") == inbox + users(world.sergeant, world.coordinator)


def test_only_who_was_sent_it_may_ask(world, bulletin):
    with pytest.raises(questions.TakesNoQuestions):
        ask(world, bulletin, institution=world.far_mosque, by=world.far_imam)


@pytest.mark.parametrize("make", [draft, withdrawn, expired])
def test_what_is_not_out_or_is_over_takes_no_questions(world, make):
    with pytest.raises(questions.TakesNoQuestions):
        ask(world, make(world))


def test_questions_are_over_after_their_last_day(world):
    bulletin = updated(world)
    assert ask(world, bulletin, at=AT + 9 * DAY)

    with pytest.raises(questions.TakesNoQuestions):
        ask(world, bulletin, at=AT + 10 * DAY)


@pytest.mark.parametrize("text", ["", "  ", "x" * 601])
def test_a_question_asks_something_short(world, bulletin, text):
    with pytest.raises(ValidationError):
        ask(world, bulletin, text=text)


# --- Answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("can", "state"), [(True, State.ANSWERED), (False, State.CANNOT_ANSWER)])
def test_an_answer_calls_off_what_waits_and_tells_who_asked_alone(world, bulletin, can, state):
    question = answer(world, ask(world, bulletin), can_answer=can)

    assert (again(question).state, again(question).answered_by) == (state, world.sergeant.contact)
    assert told("bulletin_question_asked") == []
    assert told("bulletin_question_answered") == [("address", str(question.pk))]
    message = Message.objects.get(kind=questions.ANSWERED)
    with as_task():
        kind = kinds.get(message.kind)
        letter = compose(message, kind, kind.recipient(message))
    assert letter.to == [world.imam.email]
    assert "Yes, by the mill." not in letter.body


@pytest.mark.parametrize("words", ["", "  ", "x" * 1501])
def test_an_answer_says_something(world, bulletin, words):
    question = ask(world, bulletin)
    with pytest.raises(ValidationError):
        answer(world, question, answer=words)

    assert again(question).state == State.OPEN


@pytest.mark.parametrize(("start", "end"), list(product(State, [True, False])))
def test_every_pair_of_states_of_a_question_is_walked(world, bulletin, start, end):
    question = ask(world, bulletin)
    if start != State.OPEN:
        answer(world, question, can_answer=start == State.ANSWERED)
    to = State.ANSWERED if end else State.CANNOT_ANSWER

    if to in BulletinQuestion.MOVES[start]:
        assert answer(world, question, can_answer=end).state == to
    else:
        with pytest.raises(questions.AnsweredAlready):
            answer(world, question, can_answer=end)
        assert again(question).state == start


# --- The clock -----------------------------------------------------------------------------------
NOTICES = ("asked", "warned", "overdue", "answered")


def watch(time_machine, moment):
    """Let two workers look at a moment, one after the other."""
    time_machine.move_to(moment)
    for _worker in range(2):
        watch_bulletins()


def notices():
    return {name: told(f"bulletin_question_{name}") for name in NOTICES[1:3]}


def test_the_clock_warns_at_48_hours_and_climbs_at_72_each_once(world, bulletin, time_machine):
    question = ask(world, bulletin)
    inbox = [("inbox", str(world.team.pk))]
    warned = inbox + users(world.sergeant, world.coordinator)
    late = users(world.inspector)
    minute = dt.timedelta(minutes=1)

    for after, expected in (
        (48 * HOUR - minute, {"warned": [], "overdue": []}),
        (48 * HOUR, {"warned": warned, "overdue": []}),
        (72 * HOUR - minute, {"warned": warned, "overdue": []}),
        (72 * HOUR, {"warned": warned, "overdue": late}),
        (30 * DAY, {"warned": warned, "overdue": late}),
    ):
        watch(time_machine, AT + after)
        assert notices() == expected, after
    assert (again(question).warned_at, again(question).escalated_at) == (
        AT + 48 * HOUR,
        AT + 72 * HOUR,
    )
    for step in ("warned", "escalated"):
        code = f"partnerships.bulletin_question_{step}"
        assert Entry.objects.filter(action=code).count() == 1


def test_an_answer_in_time_leaves_nothing_to_the_clock(world, bulletin, time_machine):
    answer(world, ask(world, bulletin), at=AT + 47 * HOUR)
    watch(time_machine, AT + 80 * HOUR)

    assert notices() == {"warned": [], "overdue": []}


def test_after_a_night_without_a_worker_both_notices_come_once(world, bulletin, time_machine):
    question = ask(world, bulletin)
    watch(time_machine, AT + 75 * HOUR)

    assert len(notices()["overdue"]) == 1
    assert again(question).escalated_at == AT + 75 * HOUR


def test_without_an_inspector_a_late_question_goes_to_the_commander(world, time_machine):
    bulletin = published(world, unit=world.command, by=world.coordinator)
    ask(world, bulletin)
    watch(time_machine, AT + 72 * HOUR)

    assert notices()["overdue"] == users(world.commander)


def test_a_unit_that_mosques_invite_hears_of_no_question(world, time_machine):
    unit, officer = ct_unit(world)
    with as_owner():
        type(unit).objects.filter(pk=unit.pk).update(inbox_email="ct@police.example")
    ask(world, published(world, unit=unit, by=officer))
    watch(time_machine, AT + 72 * HOUR)

    assert told("bulletin_question_asked") == users(world.coordinator)
    assert notices()["warned"] == users(world.coordinator)


def test_who_has_left_the_unit_answers_for_it_no_more(world, bulletin, time_machine):
    ask(world, bulletin)
    with as_owner():
        world.sergeant.contact.holdings.update(held_until=(AT + DAY).date())
    stays = make_person(world.team, "officer")
    watch(time_machine, AT + 48 * HOUR)

    inbox = [("inbox", str(world.team.pk))]
    assert notices()["warned"] == inbox + users(world.coordinator)
    assert users(stays)[0] not in notices()["warned"]
