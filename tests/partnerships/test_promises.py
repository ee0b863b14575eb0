import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from partnerships.actions.commitments import PartnershipTakesNoPromises
from partnerships.models import Commitment, CommitmentStep
from partnerships.presenters import PROMISE_SENTENCES
from tests.factories import make_institution, make_partnership, make_person
from tests.partnerships.promise_kit import (
    DUE,
    State,
    account,
    asked,
    claimed,
    promised,
    theirs,
    told,
)
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def steps(promise):
    return list(promise.steps.order_by("at", "pk").values_list("move", "side", "words"))


# --- Making one ---------------------------------------------------------------------------------


def test_propose_commitment_for_ones_own_side_is_agreed_at_once(world):
    promise = promised(world)

    assert promise.state == State.AGREED
    assert promise.owner == world.sergeant.contact
    assert promise.original_due_on == DUE
    assert steps(promise) == [("agreed", "police", "")]
    assert told(promise) == [("agreed", account(world.imam))]


def test_propose_commitment_of_the_other_side_waits_for_its_answer(world):
    promise = asked(world)

    assert promise.state == State.PROPOSED
    assert promise.owner == world.sergeant.contact, "the named officer, so that it has an owner"
    assert told(promise) == [("proposed", account(world.sergeant))]


def test_propose_commitment_needs_no_person_at_the_mosque(world):
    promise = promised(world, owner_side="institution")

    assert promise.owner is None
    assert promise.state == State.PROPOSED
    assert told(promise) == [("proposed", account(world.imam))]


def test_propose_commitment_records_who_and_whom_but_no_words(world):
    promise = promised(world)

    entry = Entry.objects.get(action="partnerships.commitment_agreed")
    assert (entry.actor_id, entry.subject_id) == (world.sergeant.pk, str(promise.pk))
    assert entry.institution_id == world.mosque.pk
    assert entry.details == {"step": promise.steps.get().pk}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"due_on": dt.date(2026, 11, 2)}, "due_on"),
    ],
)
def test_propose_commitment_declines(world, changes, field):
    with pytest.raises(ValidationError) as caught:
        promised(world, **changes)

    assert field in str(caught.value) or "Enter what is promised." in caught.value.messages


@pytest.mark.parametrize(
    ("owner_side", "owner"), [("police", "imam"), ("institution", "officer"), ("police", "member")]
)
def test_propose_commitment_declines_an_owner_of_the_other_side(world, owner_side, owner):
    with pytest.raises(ValidationError) as caught:
        promised(world, owner_side=owner_side, owner=getattr(world, owner).contact)

    assert "owner" in caught.value.message_dict


@pytest.mark.parametrize("state", ["not_joined", "invited"])
def test_propose_commitment_notes_only_police_promises_until_they_join(world, state):
    mosque = make_institution("mosque", "Quay Street Mosque", world.neighbourhood)
    partnership = make_partnership(mosque, world.team, state=state)

    assert promised(world, partnership=partnership).state == State.AGREED
    with pytest.raises(PartnershipTakesNoPromises):
        promised(world, partnership=partnership, owner_side="institution")


@pytest.mark.parametrize("state", ["paused_by_institution", "paused_by_police", "ended"])
def test_propose_commitment_declines_when_paused_or_ended(world, state):
    mosque = make_institution("mosque", "Quay Street Mosque", world.neighbourhood)
    partnership = make_partnership(mosque, world.team, state=state)

    with pytest.raises(PartnershipTakesNoPromises):
        promised(world, partnership=partnership)


def test_propose_commitment_takes_the_day_from_london(world):
    just_past_midnight = dt.datetime(2026, 7, 6, 23, 30, tzinfo=dt.UTC)

    with pytest.raises(ValidationError):
        promised(world, at=just_past_midnight, due_on=dt.date(2026, 7, 6))
    assert promised(world, at=just_past_midnight, due_on=dt.date(2026, 7, 7))


# --- What pages and figures ask -----------------------------------------------------------------


def test_querysets_answer_home_digest_and_figures(world):
    late = promised(world)
    coming = theirs(world, due_on=dt.date(2026, 12, 20))
    waiting = asked(world)
    done = claimed(world)
    on = dt.date(2026, 12, 8)
    rows = Commitment.objects

    assert set(rows.overdue(on=on)) == {late, waiting}
    assert set(rows.due_between(on, dt.date(2026, 12, 20))) == {coming}
    assert set(rows.owed_to_side("police")) == {coming}
    assert set(rows.claimed_unconfirmed()) == {done}
    assert set(rows.escalated_to(world.inspector, on=on)) == {late, waiting}
    assert not rows.escalated_to(world.commander, on=on)
    assert set(rows.escalated_to(world.commander, on=dt.date(2026, 12, 15))) == {late, waiting}


def test_to_hand_over_lists_what_people_who_left_still_owe(world):
    left = promised(world, owner=world.officer.contact)
    promised(world)
    elsewhere = make_person(world.other_team, "officer")
    from_afar = promised(world, owner=elsewhere.contact)

    assert set(Commitment.objects.to_hand_over(on=DUE)) == {from_afar}
    with as_owner():
        world.officer.contact.holdings.update(held_until=dt.date(2026, 11, 20))

    assert set(Commitment.objects.to_hand_over(on=DUE)) == {left, from_afar}


def test_every_step_has_its_sentence_in_the_trail():
    codes = {f"partnerships.commitment_{move}" for move in CommitmentStep.Move}

    assert set(PROMISE_SENTENCES) == codes
