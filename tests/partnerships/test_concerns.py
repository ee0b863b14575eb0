"""The workflow of a concern: every pair of moves walked, and each guard."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config.audit.models import Entry
from partnerships.actions import concern_answers as answers
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.actions import concerns
from partnerships.actions.concern_states import NotNow
from partnerships.models import Concern
from partnerships.presenters import CONCERN_SENTENCES
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT, DAY, HOUR, IN_STATE

State = Concern.State
TARGETS = [state for state in State.values if state != State.RAISED]


def _to(world, state):
    """Return the call that leads to a state, as those do whose move it is."""
    police, imam = {"by": world.officer, "at": AT}, {"by": world.imam, "at": AT}
    later = {"by": world.coordinator, "at": AT + 28 * DAY}
    return {
        "acknowledged": lambda c: answers.acknowledge_concern(
            concern=c, answerer=world.officer.contact, words="Read.", **police
        ),
        "passed_to_complaints": lambda c: answers.pass_to_complaints(
            concern=c, complaint_reference="CO/1", **later
        ),
        "in_hand": lambda c: answers.take_in_hand(concern=c, words="Looking.", **police),
        "answered": lambda c: kit.answer(c, world.inspector),
        "accepted": lambda c: answers.accept_answer(concern=c, **imam),
        "challenged": lambda c: kit.challenge(c, world.imam),
        "escalated": lambda c: ladder.take_up(concern=c, by=world.inspector, at=AT),
        "closed": lambda c: closing.close_concern(concern=c, audience="sides", **imam),
        "closed_not_agreed": lambda c: closing.close_not_agreed(concern=c, **later),
        "withdrawn": lambda c: concerns.withdraw_concern(concern=c, **imam),
    }[state]


def _ready(world, state, target):
    """Make a concern in a state, with all that the guard of a move to ``target`` asks for."""
    if (state, target) == ("accepted", "closed"):
        return kit.proposed(world)
    if (state, target) == ("escalated", "closed_not_agreed"):
        return kit.stated(world)
    if (state, target) == ("acknowledged", "passed_to_complaints"):
        return kit.acknowledged(world, choice="complaint")
    return IN_STATE[state](world)


@pytest.mark.parametrize("state", State.values)
def test_every_move_from_a_state_is_possible_or_declined_as_the_table_says(world, state):
    got = {target: _try(world, state, target) for target in TARGETS}

    onward = Concern.MOVES[State(state)]
    assert got == {target: target if target in onward else "declined" for target in TARGETS}


def _try(world, state, target):
    """Return the state that a move led to, or that it was declined and nothing was written."""
    with transaction.atomic():
        concern = _ready(world, state, target)
        assert concern.state == state
        entries = Entry.objects.count()
        try:
            _to(world, target)(concern)
            return kit.again(concern).state
        except NotNow:
            assert (kit.again(concern).state, Entry.objects.count()) == (state, entries)
            return "declined"
        finally:
            transaction.set_rollback(True)


def test_nothing_leads_back_to_raised():
    assert not any("raised" in onward for onward in Concern.MOVES.values())


def test_every_code_of_the_trail_has_a_sentence(world):
    for make in IN_STATE.values():
        make(world)

    codes = set(Entry.objects.filter(action__contains=".concern_").values_list("action", flat=True))
    assert codes <= CONCERN_SENTENCES.keys()
    assert len(codes) > 12


def test_raise_concern_keeps_the_words_for_both_sides_and_gives_a_spoken_reference(world):
    concern = kit.raised(world)

    text = concern.steps.get().text
    assert text.load_current().parts == kit.WORRY
    assert (text.drafted_side, text.partnership) == ("institution", world.partnership)
    assert concern.reference.startswith("C-")
    assert len(concern.reference) == 7


def test_written_down_by_an_officer_is_shown_as_such_and_theirs_to_correct(world):
    concern = kit.raised(
        world, by=world.officer, channel="in_person", raised_by=world.member.contact
    )

    assert concern.was_written_down
    assert (concern.recorded_by, concern.raised_by) == (
        world.officer.contact,
        world.member.contact,
    )
    assert concern.steps.get().text.drafted_side == "police"


def test_a_pause_stops_nobody_from_raising_a_concern(world):
    world.partnership.state = "paused_by_institution"
    world.partnership.save()

    assert kit.raised(world).state == "raised"


@pytest.mark.parametrize("state", ["not_joined", "ended"])
def test_a_concern_needs_a_partnership(world, state):
    world.partnership.state = state

    with pytest.raises(concerns.NotJoined):
        kit.raised(world)


def test_only_an_umbrella_body_speaks_for_a_member_who_is_not_named(world):
    with pytest.raises(ValidationError, match="Only an umbrella body"):
        kit.raised(world, for_unnamed_member=True)

    concern = kit.raised(
        world,
        partnership=world.umbrella_partnership,
        by=world.umbrella_lead,
        for_unnamed_member=True,
    )
    assert concern.institution == world.umbrella


@pytest.mark.parametrize("choice", ["answer", "help_me_decide"])
def test_nobody_makes_a_complaint_of_it_but_those_who_raised_it(world, choice):
    concern = kit.acknowledged(world, choice=choice)
    given = {"complaint_reference": "CO/1", "by": world.coordinator, "at": AT}

    with pytest.raises(NotNow, match="Only those who raised it"):
        answers.pass_to_complaints(concern=concern, **given)
    concern = concerns.choose_route(concern=concern, choice="complaint", by=world.imam, at=AT)
    assert answers.pass_to_complaints(concern=concern, **given).complaint_reference == "CO/1"


def test_the_database_itself_refuses_a_complaint_that_nobody_chose(world):
    concern = kit.acknowledged(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(
            state="passed_to_complaints", complaint_reference="CO/1"
        )


def test_an_answer_says_why_and_what_follows(world):
    concern = kit.in_hand(world)
    for parts, field in (
        ({"answer": "No."}, "reasons"),
        ({"answer": "No.", "reasons": "Because."}, "will_change"),
    ):
        with pytest.raises(ValidationError) as error:
            answers.answer_concern(concern=concern, parts=parts, by=world.officer, at=AT)
        assert field in error.value.message_dict

    parts = {"answer": "No.", "reasons": "Because.", "cannot_say": "A court decides."}
    assert answers.answer_concern(concern=concern, parts=parts, by=world.officer, at=AT)


def test_without_a_day_the_answer_is_due_within_ten_working_days(world):
    concern = kit.acknowledged(world)

    assert concern.due_on == concern.first_due_on == dt.date(2026, 3, 16)
    with pytest.raises(ValidationError):
        kit.acknowledged(world, due_on=dt.date(2026, 3, 1))


def test_who_answered_first_never_answers_the_challenge(world):
    concern = kit.challenged(world)

    with pytest.raises(ValidationError, match="other than the first answerer"):
        ladder.take_up(concern=concern, by=world.officer, at=AT)
    taken = ladder.take_up(concern=concern, by=world.inspector, at=AT)
    with pytest.raises(ValidationError, match="other than the first answerer"):
        kit.answer(taken, world.officer)
    assert kit.answer(taken, world.inspector).level == Concern.Level.INSPECTOR


def test_a_challenge_climbs_level_by_level_and_obliges_each_by_a_day(world):
    first = kit.challenged(world)
    assert (first.level, first.due_on) == (1, dt.date(2026, 3, 16))

    assert kit.with_commander(world).level == 2
    panel = kit.with_panel(world)
    assert (panel.level, panel.due_on, panel.challenges) == (3, None, 3)


def test_a_level_at_which_only_the_first_answerer_stands_is_passed_over(world):
    concern = kit.raised(world, partnership=world.umbrella_partnership, by=world.umbrella_lead)
    police = {"by": world.commander, "at": AT}
    concern = answers.acknowledge_concern(
        concern=concern, answerer=world.commander.contact, words="Read.", **police
    )
    concern = answers.take_in_hand(concern=concern, words="Looking.", **police)
    concern = kit.answer(concern, world.commander)

    assert kit.challenge(concern, world.umbrella_lead).level == Concern.Level.PANEL


def test_the_panel_speaks_before_anybody_answers_or_closes_at_its_level(world):
    concern = kit.with_panel(world)

    with pytest.raises(NotNow):
        kit.answer(concern, world.commander)
    with pytest.raises(NotNow):
        closing.state_view(
            concern=concern, statement="Ours.", side="police", by=world.commander, at=AT
        )
    assert kit.answer(kit.viewed(world), world.commander).state == "answered"


def test_closing_without_agreement_needs_four_weeks_and_both_statements(world):
    given = {"by": world.coordinator}
    with pytest.raises(NotNow, match="statement is missing"):
        closing.close_not_agreed(concern=kit.viewed(world), at=AT + 28 * DAY, **given)
    concern = kit.stated(world)
    with pytest.raises(NotNow, match="four weeks"):
        closing.close_not_agreed(concern=concern, at=AT + 28 * DAY - HOUR, **given)

    over = closing.close_not_agreed(concern=concern, at=AT + 28 * DAY, **given)
    statements = over.steps.filter(move="statement")
    assert {step.side for step in statements} == {"police", "institution"}


def test_it_closes_only_in_words_that_those_who_raised_it_approved(world):
    concern = kit.accepted(world)
    close = {"audience": "public", "by": world.imam, "at": AT}
    with pytest.raises(NotNow):
        closing.close_concern(concern=concern, **close)
    concern = closing.propose_closing(concern=concern, parts=kit.CLOSING, by=world.officer, at=AT)
    concern = closing.ask_rewording(concern=concern, words="Not quite.", by=world.imam, at=AT)
    with pytest.raises(NotNow):
        closing.close_concern(concern=concern, **close)
    parts = kit.CLOSING | {"we_could_not": "Change the law."}
    concern = closing.propose_closing(concern=concern, parts=parts, by=world.officer, at=AT)

    closed = closing.close_concern(concern=concern, **close)

    assert (closed.outcome, closed.audience) == ("both", "public")
    text = closed.steps.get(move="closing_proposed", text__isnull=False).text
    assert text.current_version == 2


def test_the_database_itself_refuses_to_close_without_approved_words(world):
    concern = kit.proposed(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(state="closed")


def test_still_settled_is_kept_and_asked_once(world):
    concern = kit.closed(world)
    given = {"is_settled": True, "by": world.imam, "at": AT + 28 * DAY}

    assert closing.say_settled(concern=concern, **given).settled == "yes"
    with pytest.raises(NotNow):
        closing.say_settled(concern=concern, **given)


def test_no_longer_settled_puts_the_same_words_to_police_again_and_links_them(world):
    concern = kit.closed(world)

    again = closing.say_settled(concern=concern, is_settled=False, by=world.imam, at=AT + 28 * DAY)

    assert (again.state, again.follows_id, kit.again(concern).settled) == (
        "raised",
        concern.pk,
        "no",
    )
    worry = again.steps.get().text.load_current().parts["worry"]
    assert concern.reference in worry
    assert kit.WORRY["worry"] in worry
