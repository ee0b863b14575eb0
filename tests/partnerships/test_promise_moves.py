import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from partnerships.actions import commitment_moves as moves
from partnerships.actions.commitment_steps import PromiseMovedOn
from partnerships.actions.commitments import withdraw_commitment
from partnerships.models import Commitment
from tests.partnerships.promise_kit import (
    AT,
    DUE,
    State,
    account,
    asked,
    claimed,
    later,
    promised,
    spoil,
    standing_at,
    theirs,
    told,
)

pytestmark = pytest.mark.django_db


def steps(promise):
    return list(promise.steps.order_by("at", "pk").values_list("move", "side", "words"))


# --- Every state and every move -----------------------------------------------------------------

ACTIONS = {
    "agree": ({"proposed"}, lambda w, **k: moves.agree_commitment(by=w.sergeant, **k)),
    "decline": (
        {"proposed"},
        lambda w, **k: moves.decline_commitment(reason="No.", by=w.sergeant, **k),
    ),
    "extend": (
        {"agreed"},
        lambda w, **k: moves.extend_commitment(
            due_on=dt.date(2027, 1, 5), reason="Away.", by=w.sergeant, **k
        ),
    ),
    "claim": ({"agreed"}, lambda w, **k: moves.claim_commitment(done="Sent.", by=w.sergeant, **k)),
    "keep": (
        {"done_claimed", "kept_unconfirmed"},
        lambda w, **k: moves.keep_commitment(by=w.imam, **k),
    ),
    "reopen": (
        {"done_claimed"},
        lambda w, **k: moves.reopen_commitment(missing="Page 2.", by=w.imam, **k),
    ),
    "fail": (
        {"agreed"},
        lambda w, **k: moves.fail_commitment(explanation="Lost.", by=w.sergeant, **k),
    ),
    "release": (
        {"proposed", "agreed", "done_claimed"},
        lambda w, **k: moves.release_commitment(by=w.imam, **k),
    ),
    "hand_over": (
        {"proposed", "agreed", "done_claimed"},
        lambda w, **k: moves.reassign_commitment(
            owner=w.officer.contact, note="Ring first.", by=w.sergeant, **k
        ),
    ),
    "ring": (
        {"proposed", "agreed", "done_claimed"},
        lambda w, **k: moves.log_call(by=w.sergeant, **k),
    ),
    "withdraw": (
        set(State) - {State.WITHDRAWN},
        lambda w, **k: withdraw_commitment(by=w.sergeant, **k),
    ),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(ACTIONS))
def test_every_move_happens_from_where_it_may_and_from_nowhere_else(world, state, action):
    promise = standing_at(world, state)
    assert promise.state == state
    allowed, act = ACTIONS[action]
    taken = promise.steps.count()

    if state in allowed:
        moved = act(world, commitment=promise, at=later(31))
        stays = moved.state == state
        assert stays or moved.state in Commitment.MOVES[state]
        assert moved.steps.count() == taken + 1
    else:
        with pytest.raises(PromiseMovedOn):
            act(world, commitment=promise, at=later(31))
        promise.refresh_from_db()
        assert (promise.state, promise.steps.count()) == (state, taken)


def test_every_state_is_reached_and_left_as_the_table_says():
    reached = set().union(*Commitment.MOVES.values())

    assert set(Commitment.MOVES) == set(State)
    assert reached == set(State) - {State.PROPOSED}
    assert all(State.WITHDRAWN in to for state, to in Commitment.MOVES.items() if to)


# --- The moves in between -----------------------------------------------------------------------


def test_agree_commitment_names_who_sees_to_it_and_tells_both(world):
    promise = asked(world)

    moved = moves.agree_commitment(
        commitment=promise, by=world.sergeant, at=later(1), owner=world.officer.contact
    )

    assert (moved.state, moved.owner) == (State.AGREED, world.officer.contact)
    assert ("agreed", account(world.imam)) in told(promise)
    assert ("agreed", account(world.officer)) in told(promise)


def test_decline_commitment_keeps_the_reason_and_tells_who_asked(world):
    moved = standing_at(world, State.NOT_AGREED)

    assert steps(moved)[-1] == ("not_agreed", "police", "Not ours.")
    assert ("not_agreed", account(world.imam)) in told(moved)
    assert moved.closed_on == dt.date(2026, 11, 5)


def test_extend_commitment_keeps_the_day_first_agreed(world):
    promise = promised(world)
    for day in (dt.date(2026, 12, 8), dt.date(2026, 12, 15)):
        promise = moves.extend_commitment(
            commitment=promise, due_on=day, reason="Printer.", by=world.sergeant, at=later(5)
        )

    assert promise.due_on == dt.date(2026, 12, 15)
    assert promise.original_due_on == DUE
    assert promise.was_moved
    assert promise.next_extension_needs_a_senior
    assert told(promise).count(("extended", account(world.imam))) == 2


@pytest.mark.parametrize("day", [DUE, dt.date(2026, 11, 30)])
def test_extend_commitment_never_brings_the_day_forward(world, day):
    with pytest.raises(ValidationError) as caught:
        moves.extend_commitment(
            commitment=promised(world), due_on=day, reason="R.", by=world.sergeant, at=later(1)
        )

    assert "due_on" in caught.value.message_dict


def test_extend_commitment_of_a_late_one_needs_a_day_to_come(world):
    with pytest.raises(ValidationError):
        moves.extend_commitment(
            commitment=promised(world),
            due_on=dt.date(2026, 12, 5),
            reason="R.",
            by=world.sergeant,
            at=dt.datetime(2026, 12, 6, 9, tzinfo=dt.UTC),
        )


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (moves.decline_commitment, "reason"),
        (moves.claim_commitment, "done"),
        (moves.fail_commitment, "explanation"),
        (moves.reopen_commitment, "missing"),
    ],
)
def test_a_move_that_owes_an_explanation_is_declined_without(world, action, field):
    start = {"reason": State.PROPOSED, "missing": State.DONE_CLAIMED}.get(field, State.AGREED)

    with pytest.raises(ValidationError) as caught:
        action(commitment=standing_at(world, start), by=world.sergeant, at=later(3), **{field: " "})

    assert field in caught.value.message_dict


def test_claim_commitment_is_not_kept_until_the_other_side_says_so(world):
    promise = claimed(world)
    assert (promise.state, promise.closed_on) == (State.DONE_CLAIMED, None)
    assert ("done_claimed", account(world.imam)) in told(promise)

    kept = moves.keep_commitment(commitment=promise, by=world.imam, at=later(3))

    assert (kept.state, kept.closed_on) == (State.KEPT, dt.date(2026, 11, 6))
    assert ("kept", account(world.sergeant)) in told(promise)


def test_reopen_commitment_tells_the_owner_and_the_sergeant_what_is_missing(world):
    promise = claimed(world, owner=world.officer.contact)

    moved = moves.reopen_commitment(
        commitment=promise, missing="Page two.", by=world.imam, at=later(3)
    )

    assert (moved.state, moved.claimed_at) == (State.AGREED, None)
    assert steps(moved)[-1] == ("reopened", "institution", "Page two.")
    heard = {to for move, to in told(promise) if move == "reopened"}
    assert heard == {account(world.officer), account(world.sergeant)}


@pytest.mark.parametrize(("days", "lapses"), [(20, False), (21, True)])
def test_lapse_commitments_after_21_days_without_a_word(world, days, lapses):
    promise = claimed(world)

    moves.lapse_commitments(at=later(1 + days))
    moves.lapse_commitments(at=later(1 + days))

    promise.refresh_from_db()
    assert promise.state == (State.KEPT_UNCONFIRMED if lapses else State.DONE_CLAIMED)
    assert promise.steps.filter(move="kept_unconfirmed").count() == lapses


def test_lapse_commitments_goes_on_past_one_that_cannot_be_saved(world):
    stuck, other = claimed(world), claimed(world)
    spoil(stuck)

    assert moves.lapse_commitments(at=later(30)) == 1

    other.refresh_from_db()
    assert other.state == State.KEPT_UNCONFIRMED


def test_keep_commitment_comes_late_and_still_counts(world):
    promise = standing_at(world, State.KEPT_UNCONFIRMED)

    kept = moves.keep_commitment(commitment=promise, by=world.imam, at=later(40))

    assert kept.state == State.KEPT


def test_reassign_commitment_says_to_whom_and_stays_on_its_side(world):
    promise = promised(world)

    moved = moves.reassign_commitment(
        commitment=promise,
        owner=world.officer.contact,
        note="They like a call first.",
        by=world.sergeant,
        at=later(1),
    )

    assert moved.owner == world.officer.contact
    step = moved.steps.get(move="reassigned")
    assert (step.handed_to, step.words) == (world.officer.contact, "They like a call first.")
    with pytest.raises(ValidationError):
        moves.reassign_commitment(
            commitment=promise, owner=world.imam.contact, note="N.", by=world.sergeant, at=later(2)
        )


def test_reassign_commitment_from_somebody_to_themselves_is_nothing(world):
    with pytest.raises(ValidationError):
        moves.reassign_commitment(
            commitment=promised(world),
            owner=world.sergeant.contact,
            note="N.",
            by=world.sergeant,
            at=later(1),
        )


def test_withdraw_commitment_removes_the_words_everywhere(world):
    promise = claimed(world)

    removed = withdraw_commitment(
        commitment=promise, reason="names_a_child", by=world.sergeant, at=later(2)
    )

    assert (removed.text, removed.withdrawal) == ("", "names_a_child")
    assert {words for _move, _side, words in steps(removed)} == {""}
    assert ("withdrawn", account(world.imam)) in told(promise)


def test_withdraw_commitment_within_the_time_to_undo_tells_nobody(world):
    promise = promised(world)

    withdraw_commitment(commitment=promise, by=world.sergeant, at=AT + dt.timedelta(minutes=14))

    assert told(promise) == [(None, account(world.imam))], "called off, and emptied"


def test_mosque_promise_walks_the_same_way(world):
    promise = theirs(world)
    promise = moves.claim_commitment(
        commitment=promise, done="Key is with us.", by=world.imam, at=later(1)
    )
    assert ("done_claimed", account(world.officer)) in told(promise), "the cover hears too"

    kept = moves.keep_commitment(commitment=promise, by=world.sergeant, at=later(2))

    assert steps(kept)[-1] == ("kept", "police", "")
