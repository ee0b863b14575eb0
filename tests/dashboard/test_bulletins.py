"""What bulletins leave to do on the home page and in digests, and the figure they make."""

import datetime as dt

import pytest

from config.dashboard.digests.compose import compose
from config.dashboard.figures.bulletins import explained
from config.dashboard.figures.scope import Period, Scope
from config.dashboard.waiting.people import work_of
from contacts.models import User
from partnerships.actions.bulletins import sign_off_bulletin
from tests.partnerships.bulletin_kit import (
    AT,
    DAY,
    HOUR,
    PARTS,
    answer,
    ask,
    checked,
    draft,
    published,
    statement,
    withdrawn,
)
from tests.partnerships.test_bulletin_questions import watch

pytestmark = pytest.mark.django_db
CODES = {
    "bulletins_to_check",
    "bulletins_to_send",
    "bulletins_to_sign",
    "questions_to_answer",
    "questions_late",
    "bulletins",
}
EVERYBODY = ("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant")
PARTNERS = ("imam", "member", "other_imam", "far_imam", "umbrella_lead")


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT, tick=False)


def waiting(world, who, at):
    user = User.objects.get(pk=getattr(world, who).pk)
    return {s.code for work in work_of(user, at=at) for s in work.sections if s} & CODES


def who_has(world, code, at=AT):
    return {who for who in (*EVERYBODY, *PARTNERS) if code in waiting(world, who, at)}


def test_each_step_waits_for_those_who_take_it(world):
    draft(world)
    assert who_has(world, "bulletins_to_check") == {"coordinator"}
    checked(world)
    assert who_has(world, "bulletins_to_send") == {"coordinator"}
    statement(world)
    assert who_has(world, "bulletins_to_sign") == {"inspector"}


def test_a_question_waits_for_the_unit_then_for_its_inspector(world, time_machine):
    question = ask(world, published(world))
    own = {"sergeant", "officer", "coordinator"}
    assert who_has(world, "questions_to_answer") == own
    assert who_has(world, "questions_late") == set()

    later = AT + 72 * HOUR
    watch(time_machine, later)
    assert who_has(world, "questions_late", later) == {"inspector"}
    answer(world, question, at=later)
    assert who_has(world, "questions_late", later) == set()
    assert who_has(world, "questions_to_answer", later) == set()


def test_a_late_question_to_a_districts_unit_waits_for_the_commander(world, time_machine):
    ask(world, published(world, unit=world.command, by=world.coordinator))
    watch(time_machine, AT + 72 * HOUR)

    assert who_has(world, "questions_late", AT + 72 * HOUR) == {"commander"}


def test_what_came_this_week_stands_on_the_home_page_of_those_it_was_sent_to(world):
    published(world)
    withdrawn(world, areas=[world.other_neighbourhood.pk])

    assert who_has(world, "bulletins") == {"imam", "member", "other_imam"}
    assert who_has(world, "bulletins", AT + 7 * DAY + HOUR) == set()


def test_the_imams_digest_holds_the_link_and_no_word_of_it(world):
    bulletin = published(world)
    lines = compose(User.objects.get(pk=world.imam.pk), at=AT + DAY).lines
    [line] = [line for line in lines if line.path == bulletin.get_absolute_url()]

    assert line.text == (
        "Sent to you: Bulletin, Millbrook West team (Neighbourhood policing), "
        "Monday 2 November 2026"
    )
    assert not any(part in str(lines) for part in PARTS.values())


# --- The figure ----------------------------------------------------------------------------------


def figure(user, at):
    scope = Scope.of(User.objects.get(pk=user.pk))
    return explained(scope=scope, period=Period.months(12, on=at.date()), at=at)


def test_bulletins_and_questions_are_counted_by_hand(world):
    asked = published(world)
    published(world, areas=[world.other_neighbourhood.pk])  # to another district's mosque
    answer(world, ask(world, asked), at=AT + 71 * HOUR)
    answer(world, ask(world, asked), can_answer=False, at=AT + 72 * HOUR)
    answer(world, ask(world, asked), at=AT + 73 * HOUR)
    ask(world, asked)  # never answered
    ask(world, asked, at=AT + 50 * HOUR)  # still has time
    for minutes in (60, 61):
        late = dt.timedelta(minutes=minutes)
        sign_off_bulletin(bulletin=statement(world), by=world.inspector, at=AT + late)

    found = figure(world.imam, AT + 80 * HOUR)

    assert (found.n, found.with_questions) == (3, 1)
    assert (found.statements, found.statements_in_time) == (2, 1)
    assert (found.asked, found.due, found.within) == (5, 4, 2)
    assert (found.cannot, found.waiting, found.percent_within) == (1, 2, 50)
    assert figure(world.coordinator, AT + 80 * HOUR).n == 4


def test_what_lies_outside_of_the_period_is_not_counted(world):
    ask(world, published(world))
    scope, day = Scope.of(User.objects.get(pk=world.coordinator.pk)), AT.date()
    before = explained(scope=scope, period=Period(day - 9 * DAY, day), at=AT + DAY)

    assert (before.n, before.asked, before.percent_within) == (0, 0, None)
