"""An agreement: drafted by either side, signed by two leads and an inspector, replaced, kept."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from config.outbox.models import Message
from partnerships.actions import agreements, leads, partnerships
from partnerships.actions.texts import NothingChanged, NotYourMove
from partnerships.models import LeadAssignment, Partnership, PartnershipAgreement, Signature
from tests.roles import as_owner

from .joining_kit import (
    AT,
    PARTS,
    REVIEW,
    TODAY,
    asked,
    draft,
    drafted,
    met,
    set_state,
    sign,
    sign_all,
)

pytestmark = pytest.mark.django_db
State = PartnershipAgreement.State


def change(agreement, by, *, side="institution", **changes):
    given = {"parts": PARTS, "cadence_days": 60, "review_on": REVIEW} | changes
    return agreements.change_agreement(agreement=agreement, side=side, by=by, at=AT, **given)


def state_of(agreement):
    return PartnershipAgreement.objects.get(pk=agreement.pk).state


@pytest.mark.parametrize("side", ["police", "institution"])
def test_draft_agreement_is_for_either_side(world, side):
    new = met(world)
    by = world.sergeant if side == "police" else new.chair

    agreement = draft(new, by, side=side)

    assert (agreement.number, agreement.state) == (1, State.DRAFTED)
    assert agreement.text.drafted_side == side
    assert new.state == Partnership.State.AGREEMENT_DRAFTED
    told = Message.objects.filter(kind="partnerships.agreement_drafted")
    assert {str(new.chair.pk), str(world.inspector.pk)} <= {row.recipient_id for row in told}


def test_draft_agreement_waits_until_both_sides_have_met(world):
    with pytest.raises(partnerships.PartnershipMovedOn, match="once both sides have met"):
        draft(asked(world), world.sergeant)


def test_the_days_stand_in_the_words_that_are_signed(world):
    _new, agreement = drafted(world)

    assert agreement.text.load_current().parts["terms"] == (
        "Contact every 60 days. We look at this agreement again by 1 October 2027."
    )


@pytest.mark.parametrize("review_on", [TODAY, TODAY + dt.timedelta(days=400)])
def test_an_agreement_is_looked_at_again_within_a_year(world, review_on):
    with pytest.raises(agreements.ReviewTooLate):
        draft(met(world), world.sergeant, review_on=review_on)


# --- Names under it ------------------------------------------------------------------------------


def test_two_leads_and_an_inspector_make_it_active(world):
    new, agreement = drafted(world)

    for lead in (new.chair, new.secretary):
        sign(agreement, lead, side="institution")
    assert new.state == Partnership.State.AGREEMENT_DRAFTED
    sign(agreement, world.inspector, side="police")

    partnership = Partnership.objects.get(pk=new.partnership.pk)
    assert (partnership.state, partnership.joined_on) == ("active", TODAY)
    assert partnership.cadence_days == 60
    assert state_of(agreement) == State.IN_FORCE


@pytest.mark.parametrize("missing", ["chair", "secretary", "inspector"])
def test_it_is_not_in_force_without_every_name(world, missing):
    new, agreement = drafted(world)
    people = {
        "chair": (new.chair, "institution"),
        "secretary": (new.secretary, "institution"),
        "inspector": (world.inspector, "police"),
    }
    for who, (person, side) in people.items():
        if who != missing:
            sign(agreement, person, side=side)

    assert state_of(agreement) == State.DRAFTED
    assert new.state == Partnership.State.AGREEMENT_DRAFTED


def test_one_lead_who_signs_twice_is_one_name(world):
    new, agreement = drafted(world)
    sign(agreement, new.chair, side="institution")

    with pytest.raises(ValidationError, match="signed this already"):
        sign(agreement, new.chair, side="institution")


def test_a_lead_signs_after_the_talk_about_limits_only(world):
    new, agreement = drafted(world)
    with as_owner():
        new.partnership.limits_talks.filter(lead=new.secretary.contact).delete()

    with pytest.raises(agreements.MayNotSign, match="can’t promise"):
        sign(agreement, new.secretary, side="institution")


def test_names_under_former_words_lapse(world):
    new, agreement = drafted(world)
    sign(agreement, new.chair, side="institution")
    sign(agreement, world.inspector, side="police")
    change(agreement, new.secretary, parts=PARTS | {"purposes": "We meet twice a year."})
    sign(agreement, new.secretary, side="institution", version=2)

    assert state_of(agreement) == State.DRAFTED
    assert Signature.objects.filter(agreement=agreement).count() == 3

    sign(agreement, new.chair, side="institution", version=2)
    sign(agreement, world.inspector, side="police", version=2)
    assert state_of(agreement) == State.IN_FORCE


def test_a_changed_cadence_is_another_wording(world):
    new, agreement = drafted(world)
    sign(agreement, new.chair, side="institution")

    change(agreement, new.chair, cadence_days=None)

    agreement.refresh_from_db()
    assert agreement.text.load_current().number == 2
    with pytest.raises(NothingChanged):
        change(agreement, new.chair, cadence_days=None)


def test_nobody_signs_words_that_have_changed_meanwhile(world):
    new, agreement = drafted(world)
    change(agreement, new.chair, parts=PARTS | {"purposes": "Other words."})

    with pytest.raises(agreements.AgreementMovedOn, match="have changed"):
        sign(agreement, world.inspector, side="police", version=1)


def test_the_last_name_waits_for_named_officer_and_cover(world):
    new = met(world)
    agreement = draft(new, world.sergeant)
    sign(agreement, new.chair, side="institution")
    sign(agreement, new.secretary, side="institution")

    with pytest.raises(partnerships.NotReadyYet, match="named officer"):
        sign(agreement, world.inspector, side="police")

    assert not LeadAssignment.objects.filter(partnership=new.partnership).exists()
    assert state_of(agreement) == State.DRAFTED


# --- A later one ---------------------------------------------------------------------------------


def test_a_later_agreement_replaces_the_one_in_force_once_it_is_signed(world):
    new, first = drafted(world)
    sign_all(world, new, first)
    second = draft(new, new.chair, side="institution", cadence_days=None)
    assert (second.number, state_of(first)) == (2, State.IN_FORCE)

    sign_all(world, new, second)

    assert [state_of(one) for one in (first, second)] == [State.SUPERSEDED, State.IN_FORCE]
    assert first.text.load_current().parts["purposes"] == PARTS["purposes"]
    assert Partnership.objects.get(pk=new.partnership.pk).cadence_days is None
    assert new.state == "active"


def test_there_is_one_draft_at_a_time(world):
    new, _agreement = drafted(world)
    set_state(new.partnership, "active")

    with pytest.raises(ValidationError, match="draft already"):
        draft(new, world.sergeant)


def test_a_dropped_draft_leads_back_to_where_both_had_met(world):
    new, agreement = drafted(world)

    agreements.drop_agreement(agreement=agreement, by=world.sergeant, at=AT)

    assert (state_of(agreement), new.state) == (State.DROPPED, Partnership.State.MET)
    assert draft(new, new.chair, side="institution").number == 2


MOVES = {
    "drop": lambda world, new, one: agreements.drop_agreement(
        agreement=one, by=world.sergeant, at=AT
    ),
    "change": lambda world, new, one: change(one, new.chair, cadence_days=30),
    "sign": lambda world, new, one: sign(one, world.inspector, side="police"),
}


@pytest.mark.parametrize(("move", "state"), list(product(MOVES, State.values)))
def test_nothing_moves_an_agreement_that_is_no_draft(world, move, state):
    new, agreement = drafted(world)
    with as_owner():
        PartnershipAgreement.objects.filter(pk=agreement.pk).update(state=state)

    if state == State.DRAFTED:
        MOVES[move](world, new, agreement)
    else:
        with pytest.raises(agreements.AgreementMovedOn):
            MOVES[move](world, new, agreement)
        assert state_of(agreement) == state


def test_review_is_due_on_the_day(world):
    new, agreement = drafted(world)
    sign_all(world, new, agreement)
    due = PartnershipAgreement.objects.due_for_review

    assert not due(on=REVIEW - dt.timedelta(days=1)).exists()
    assert list(due(on=REVIEW)) == [agreement]


def test_nobody_makes_a_partnership_active_by_hand(world):
    new, _agreement = drafted(world)

    with pytest.raises(partnerships.NotReadyYet, match="must be signed"):
        partnerships.activate_partnership(partnership=new.partnership, by=world.coordinator, at=AT)


def test_leads_are_two_at_least(world):
    new, agreement = drafted(world)
    with as_owner():
        PartnershipAgreement.objects.filter(pk=agreement.pk).update(state="in_force")
        new.secretary.contact.holdings.update(held_until=TODAY)

    with pytest.raises(partnerships.NotReadyYet, match="Two leads"):
        partnerships.activate_partnership(partnership=new.partnership, by=world.coordinator, at=AT)
    assert leads.Role.COVER in new.partnership.leads.values_list("role", flat=True)


# --- Disagreement, removal -----------------------------------------------------------------------


def test_disagreement_stands_beside_the_words_whatever_becomes_of_them(world):
    new, agreement = drafted(world)
    agreements.disagree_with_agreement(
        agreement=agreement,
        statement="Monthly was agreed.",
        side="institution",
        by=new.chair,
        at=AT,
    )
    sign_all(world, new, agreement)

    assert state_of(agreement) == State.IN_FORCE
    assert agreement.text.disagreements.get().statement == "Monthly was agreed."
    assert Message.objects.filter(kind="partnerships.agreement_disagreed").exists()


def test_the_side_that_drafted_changes_the_words_instead(world):
    _new, agreement = drafted(world)

    with pytest.raises(NotYourMove):
        agreements.disagree_with_agreement(
            agreement=agreement, statement="No.", side="police", by=world.sergeant, at=AT
        )


def test_removed_words_are_gone_from_every_version_and_the_draft_with_them(world):
    new, agreement = drafted(world)
    change(agreement, new.chair, parts=PARTS | {"purposes": "Other words."})

    agreements.withdraw_agreement_words(
        agreement=agreement, reason="names_a_child", by=world.sergeant, at=AT
    )

    assert {str(version.parts) for version in agreement.text.versions.all()} == {"{}"}
    assert (state_of(agreement), new.state) == (State.DROPPED, Partnership.State.MET)


def test_what_was_signed_stays_as_it_was(world):
    new, agreement = drafted(world)
    sign_all(world, new, agreement)

    with pytest.raises(agreements.AgreementMovedOn):
        agreements.withdraw_agreement_words(
            agreement=agreement, reason="mistake", by=world.sergeant, at=AT
        )
