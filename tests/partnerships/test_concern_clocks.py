"""Every clock of a concern crossed with frozen time: who hears, once, and nobody else."""

import datetime as dt
from collections import Counter

import pytest
import time_machine

from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from partnerships.actions import concern_answers as answers
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.actions.concern_clocks import CLOCK_KINDS, sweep_clocks
from partnerships.models import Concern
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT, DAY, HOUR

DUE_ON = dt.date(2026, 3, 16)  # ten working days from Monday 2 March
MORNING = dt.time(8)


def at(day, clock=dt.time(9)):
    return dt.datetime.combine(day, clock, dt.UTC)


class Post:
    """Lets time pass up to each moment, sweeps, and takes what leaves by then."""

    def __init__(self, world):
        inbox = {("inbox", str(world.team.pk)): "inbox"}
        self.names = {("user", str(u.pk)): name for name, u in world.people.items()} | inbox
        self.taken = set()

    def until(self, moment):
        """Return ``{(kind, who)}`` of the clock's mail that left since; each must be one."""
        with time_machine.travel(moment, tick=False):
            sweep_clocks(at=moment)
            ladder.take_up_challenges(at=moment)
            ladder.climb_concern_recourse(at=moment)
            ladder.climb_late(at=moment)
            sweep_clocks(at=moment)
            rows = Message.objects.filter(kind__in=CLOCK_KINDS, due_at__lte=moment)
            rows = [row for row in rows.exclude(state="cancelled") if row.key not in self.taken]
            left = [row for row in rows if kinds.get(row.kind).still_due(row)]
            self.taken |= {row.key for row in rows}
        counted = Counter((_short(row.kind), self._who(row)) for row in left)
        assert set(counted.values()) <= {1}
        return set(counted)

    def _who(self, row):
        return self.names.get((row.recipient_kind, row.recipient_id), row.recipient_id)


def _short(kind):
    return kind.removeprefix("partnerships.concern_")


@pytest.fixture
def post(world):
    return Post(world)


def test_48_hours_warn_those_who_answer_and_72_tell_the_raiser_and_the_inspector(world, post):
    kit.raised(world)

    assert post.until(AT + 48 * HOUR - dt.timedelta(seconds=1)) == set()
    assert post.until(AT + 48 * HOUR) == {
        ("warned", "sergeant"),
        ("warned", "officer"),
        ("warned", "inbox"),
    }
    assert post.until(AT + 72 * HOUR - dt.timedelta(seconds=1)) == set()
    assert post.until(AT + 72 * HOUR) == {("missed", "imam")}
    assert post.until(at(dt.date(2026, 3, 6), MORNING)) == {("overdue", "inspector")}
    assert post.until(AT + 60 * DAY) == set()


def test_an_acknowledgement_calls_the_warnings_off(world, post):
    concern = kit.raised(world)
    answers.acknowledge_concern(
        concern=concern,
        answerer=world.officer.contact,
        words="Read.",
        by=world.officer,
        at=AT + HOUR,
    )

    assert post.until(AT + 100 * HOUR) == set()


def test_the_answer_climbs_day_by_day_until_it_is_given(world, post):
    concern = kit.in_hand(world)

    assert post.until(at(DUE_ON) - HOUR) == set()
    assert post.until(at(DUE_ON)) == {("due", "officer")}
    assert post.until(at(DUE_ON + DAY)) == {("missed", "imam")}
    assert post.until(at(DUE_ON + 2 * DAY)) == set()
    assert post.until(at(DUE_ON + 3 * DAY)) == {("overdue", "sergeant")}
    assert post.until(at(DUE_ON + 7 * DAY)) == {("overdue", "inspector")}
    assert post.until(at(DUE_ON + 14 * DAY)) == {("overdue", "commander")}
    assert post.until(at(DUE_ON + 60 * DAY)) == set()
    climbed = [step.move for step in concern.steps.filter(move__startswith="to_").order_by("pk")]
    assert climbed == ["to_sergeant", "to_inspector", "to_commander"]
    assert kit.again(concern).late_with == "commander"


def test_an_answer_on_its_day_calls_off_what_was_to_come(world, post):
    concern = kit.in_hand(world)
    kit.answer(concern, world.officer, at=at(DUE_ON) - 2 * HOUR)

    assert post.until(at(DUE_ON + 30 * DAY)) == set()


@pytest.mark.parametrize("making", ["challenged", "escalated"])
def test_a_challenge_owes_the_inspectors_answer_and_never_falls_below_their_level(
    world, post, making
):
    getattr(kit, making)(world)

    assert post.until(AT + 25 * HOUR) == set()
    assert post.until(at(DUE_ON)) == {("due", "inspector")}
    assert post.until(at(DUE_ON + DAY)) == {("missed", "imam")}
    assert post.until(at(DUE_ON + 3 * DAY)) == {("overdue", "inspector")}
    assert post.until(at(DUE_ON + 7 * DAY)) == {("overdue", "inspector")}
    assert post.until(at(DUE_ON + 14 * DAY)) == {("overdue", "commander")}


def test_a_challenge_that_nobody_takes_up_goes_on_by_itself_after_a_day(world):
    concern = kit.challenged(world)

    assert ladder.take_up_challenges(at=AT + 24 * HOUR - dt.timedelta(seconds=1)) == 0
    assert ladder.take_up_challenges(at=AT + 24 * HOUR) == 1
    assert ladder.take_up_challenges(at=AT + 24 * HOUR) == 0
    concern = kit.again(concern)
    assert (concern.state, concern.level, concern.answerer) == ("escalated", 1, None)


def test_word_is_owed_every_ten_working_days_while_an_answer_takes_longer(world, post):
    concern = kit.in_hand(world, due_on=dt.date(2026, 5, 1))

    assert post.until(at(DUE_ON)) == {("word_due", "officer")}
    answers.update_concern(concern=concern, words="Still.", by=world.officer, at=at(DUE_ON))
    assert post.until(at(dt.date(2026, 3, 29))) == set()
    assert post.until(at(dt.date(2026, 3, 30))) == {("word_due", "officer")}


def test_recourse_is_answered_within_24_hours_or_goes_to_the_commander(world):
    late = AT + 72 * HOUR
    concern = kit.raised(world)
    with pytest.raises(ladder.NotNow):
        ladder.use_concern_recourse(concern=concern, by=world.imam, at=late - HOUR)
    ladder.use_concern_recourse(concern=concern, by=world.imam, at=late)

    assert kit.again(concern).recourse == "with_inspector"
    assert ladder.climb_concern_recourse(at=late + 24 * HOUR - dt.timedelta(seconds=1)) == 0
    assert ladder.climb_concern_recourse(at=late + 24 * HOUR) == 1
    assert kit.again(concern).recourse == "with_commander"
    assert _told("recourse_climbed", world) == {"commander", "imam"}


def _told(move, world):
    """Return whom the mail about the last step of a kind was promised to."""
    names = {str(u.pk): name for name, u in world.people.items()}
    rows = Message.objects.filter(kind="partnerships.concern_moved")
    step = Concern.objects.get().steps.filter(move=move).latest("pk")
    return {names.get(row.recipient_id) for row in rows if row.context["step"] == step.pk}


def test_four_weeks_after_closing_those_who_raised_it_are_asked_once(world, post):
    concern = kit.closed(world)

    assert post.until(AT + 28 * DAY - 3 * HOUR) == set()
    assert post.until(AT + 28 * DAY) == {("settled", "imam")}
    assert post.until(AT + 90 * DAY) == set()
    closing.say_settled(concern=concern, is_settled=True, by=world.imam, at=AT + 91 * DAY)
    assert post.until(AT + 120 * DAY) == set()


def test_four_weeks_after_the_panels_view_the_coordinator_hears(world, post):
    kit.viewed(world)

    assert post.until(AT + 28 * DAY - HOUR) == set()
    assert post.until(at((AT + 29 * DAY).date())) == {("panel_over", "coordinator")}


@pytest.mark.parametrize("state", kit.IN_STATE)
def test_no_mail_holds_what_somebody_typed(world, state):
    concern = kit.IN_STATE[state](world)
    typed = {*kit.WORRY.values(), *kit.ANSWER.values(), *kit.CLOSING.values()}
    typed |= {step.words for step in concern.steps.all() if step.words}

    for row in Message.objects.filter(kind__startswith="partnerships.concern"):
        kind = kinds.get(row.kind)
        letter = compose(row, kind, kind.recipient(row))
        assert not [words for words in typed if words in letter.subject + letter.body]
        assert concern.reference in letter.subject + letter.body


TOLD = {
    "acknowledged": {"imam", "officer"},
    "in_hand": {"imam"},
    "answered": {"imam"},
    "accepted": {"officer"},
    "challenged": {"inspector"},
    "escalated": {"imam", "inspector"},
}


@pytest.mark.parametrize("state", TOLD)
def test_each_move_tells_those_whom_it_concerns_and_nobody_else(world, state):
    kit.IN_STATE[state](world)

    assert _told(state, world) == TOLD[state]


def test_a_new_concern_tells_named_officer_cover_inbox_and_coordinator(world):
    kit.raised(world)
    names = {str(u.pk): name for name, u in world.people.items()}
    rows = Message.objects.filter(kind="partnerships.concern_raised")

    told = {names.get(row.recipient_id, row.recipient_kind) for row in rows}
    assert told == {"sergeant", "officer", "coordinator", "inbox"}
    receipt = Message.objects.get(kind="partnerships.concern_received")
    assert names[receipt.recipient_id] == "imam"
