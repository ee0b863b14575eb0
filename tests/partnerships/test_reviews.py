"""A review moves as its table says, and each step has its guard."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contacts.actions.sharing import give_permission
from partnerships.actions import commitment_moves, published, review_meetings, review_panel, reviews
from partnerships.actions.published import ItemMovedOn, NoPublicityWanted
from partnerships.actions.review_meetings import NotYoursToSign
from partnerships.actions.review_states import ReviewMovedOn
from partnerships.models import Partnership, PartnershipReview, PublishedItem
from tests.factories import panel_member
from tests.partnerships import review_kit as kit
from tests.partnerships.review_kit import AT, DAY, INSTITUTION, POLICE
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
State = PartnershipReview.State


def end_partnership(world, state="ended"):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state=state)


def lapsed(world):
    review = kit.scheduled(world)
    end_partnership(world)
    reviews.let_reviews_lapse(at=AT)
    end_partnership(world, "active")
    return kit.again(review)


def published_one(world):
    item = kit.published_report(world)
    return PartnershipReview.objects.get(reports__item=item)


IN_STATE = {
    State.SCHEDULED: kit.scheduled,
    State.FIGURES_FROZEN: kit.frozen,
    State.SELF_ASSESSED: kit.opened,
    State.MET: kit.met,
    State.JOINT_STATEMENT: kit.joint_statement,
    State.TWO_STATEMENTS: kit.two_statements,
    State.PANEL_COMMENT: kit.commented,
    State.PUBLISHED: published_one,
    State.LAPSED: lapsed,
}


def swept(done):
    if not done:
        raise ReviewMovedOn("The sweep found nothing to do.")


def meet(world, review):
    kit.note_meeting(world, review)
    review_meetings.confirm_meeting(review=review, side=INSTITUTION, by=world.imam, at=AT + 3 * DAY)


def sign_joint(world, review):
    kit.propose_joint(world, review)
    kit.sign_joint(world, review)


def sign_own(world, review):
    kit.own(world, review, POLICE)
    kit.own(world, review, INSTITUTION)


def comment(world, review):
    panel = panel_member(world)
    review_panel.comment_on_review(review=review, words="Well said.", by=panel, at=AT + 4 * DAY)


def publish(world, review):
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = kit.draft_report(world, review)
    published.approve_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 6 * DAY)


def lapse(world, _review):
    end_partnership(world)
    swept(reviews.let_reviews_lapse(at=AT))


MOVES = {
    State.FIGURES_FROZEN: lambda world, review: kit.freeze_review(
        review=review, by=world.coordinator, at=AT
    ),
    State.SELF_ASSESSED: lambda *_: swept(reviews.open_reviews(at=AT + 15 * DAY)),
    State.MET: meet,
    State.JOINT_STATEMENT: sign_joint,
    State.TWO_STATEMENTS: sign_own,
    State.PANEL_COMMENT: comment,
    State.PUBLISHED: publish,
    State.LAPSED: lapse,
}


def leads_to(world, review, to):
    """Say whether the move was made; undo it."""
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            MOVES[to](world, review)
        assert kit.again(review).state == to
    except ValidationError:
        return False
    finally:
        transaction.savepoint_rollback(point)
    return True


def test_a_review_moves_as_the_table_says_and_in_no_other_way(world):
    panel_member(world)
    found = {}
    for state, make in IN_STATE.items():
        point = transaction.savepoint()
        review = make(world)
        assert review.state == state
        found[state] = {to for to in MOVES if leads_to(world, review, to)}
        transaction.savepoint_rollback(point)

    assert found == PartnershipReview.MOVES


# --- Guards --------------------------------------------------------------------------------------


def test_figures_are_not_frozen_before_the_period_is_over_nor_while_the_partnership_rests(world):
    review = kit.scheduled(world)

    with pytest.raises(ReviewMovedOn, match="not over"):
        kit.freeze_review(review=review, by=world.coordinator, at=AT - DAY)
    end_partnership(world, "paused_by_institution")
    with pytest.raises(ReviewMovedOn, match="rests"):
        kit.freeze_review(review=review, by=world.coordinator, at=AT)


def test_a_side_writes_once_and_within_its_time(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)

    with pytest.raises(ValidationError, match="already"):
        kit.assess(world, review, POLICE)
    with pytest.raises(ReviewMovedOn, match="time to write"):
        kit.assess(world, review, INSTITUTION, at=AT + 14 * DAY)


@pytest.mark.parametrize("parts", [{"worked": " "}, {"did_not": ""}, {"worked": "x" * 2001}])
def test_an_account_says_what_worked_and_what_did_not(world, parts):
    review = kit.frozen(world)

    with pytest.raises(ValidationError) as error:
        kit.assess(world, review, POLICE, **parts)
    assert set(error.value.message_dict) == set(parts)


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"met_on": dt.date(2026, 3, 1)}, "met_on"),
        ({"met_on": dt.date(2026, 3, 5)}, "met_on"),
        ({"police_roles": []}, "police_roles"),
        ({"institution_roles": []}, "institution_roles"),
    ],
)
def test_a_meeting_was_held_since_then_and_both_sides_were_there(world, how, field):
    review = kit.opened(world)

    with pytest.raises(ValidationError) as error:
        kit.note_meeting(world, review, **how)
    assert set(error.value.message_dict) == {field}


def test_nobody_confirms_a_meeting_or_signs_words_for_the_other_side(world):
    review = kit.note_meeting(world, kit.opened(world))
    with pytest.raises(NotYoursToSign):
        review_meetings.confirm_meeting(review=review, side=POLICE, by=world.sergeant, at=AT)
    review_meetings.confirm_meeting(review=review, side=INSTITUTION, by=world.imam, at=AT)
    kit.propose_joint(world, review)

    with pytest.raises(NotYoursToSign):
        kit.sign_joint(world, review, side=POLICE)


def test_a_joint_statement_is_signed_in_the_words_that_were_read(world):
    review = kit.propose_joint(world, kit.met(world))
    kit.propose_joint(world, review, side=INSTITUTION, words="Other words.")

    with pytest.raises(ReviewMovedOn, match="changed"):
        kit.sign_joint(world, review, side=POLICE)
    signed = kit.sign_joint(world, review, side=POLICE, words="Other words.")
    assert signed.state == State.JOINT_STATEMENT


def test_once_a_side_has_signed_its_own_there_is_no_joint_statement_any_more(world):
    review = kit.propose_joint(world, kit.met(world))
    kit.own(world, review, INSTITUTION)

    with pytest.raises(ReviewMovedOn):
        kit.sign_joint(world, review)
    with pytest.raises(ReviewMovedOn):
        kit.propose_joint(world, review)
    with pytest.raises(ValidationError), transaction.atomic():
        kit.own(world, review, INSTITUTION)


def test_nobody_signs_while_a_promise_that_was_asked_for_waits(world):
    review = kit.met(world)
    promise = review_meetings.promise_at_review(
        review=review,
        side=INSTITUTION,
        by=world.imam,
        at=AT + 3 * DAY,
        text="Walk past each evening.",
        owner_side=POLICE,
        due_on=dt.date(2026, 4, 1),
    )

    with pytest.raises(ReviewMovedOn, match="waits for an answer"):
        kit.own(world, review, POLICE)
    commitment_moves.agree_commitment(commitment=promise, by=world.sergeant, at=AT + 3 * DAY)
    assert kit.own(world, review, POLICE).state == State.MET


def test_a_light_review_ends_with_the_panel_and_has_no_report(world):
    review = kit.commented(world, kind="quarterly", since=dt.date(2025, 12, 2))
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)

    with pytest.raises(ReviewMovedOn, match="Only the yearly"):
        kit.draft_report(world, review)


def test_a_report_is_drafted_only_where_the_mosque_may_be_asked_and_one_at_a_time(world):
    review = kit.commented(world)
    with pytest.raises(NoPublicityWanted):
        kit.draft_report(world, review)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = kit.draft_report(world, review)
    with pytest.raises(ReviewMovedOn, match="There is a report"):
        kit.draft_report(world, review)

    published.decline_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 6 * DAY)
    assert kit.draft_report(world, review).state == PublishedItem.State.PROPOSED


def test_police_alone_publish_no_report(world):
    review = kit.commented(world)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = kit.draft_report(world, review)

    with pytest.raises(published.NotYoursToApprove):
        published.approve_item(item=item, side=POLICE, by=world.coordinator, at=AT + 6 * DAY)
    assert kit.again(review).state == State.PANEL_COMMENT


def test_a_report_taken_down_before_it_was_approved_is_not_published(world):
    review = kit.commented(world)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = kit.draft_report(world, review)
    published.take_down_item(item=item, side=POLICE, by=world.coordinator, at=AT + 6 * DAY)

    with pytest.raises(ItemMovedOn):
        published.approve_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 6 * DAY)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("review_opened_when_both_are_in", {"opened_at": AT + DAY}),
        ("review_met_as_both_say", {"state": State.MET}),
        ("review_goes_on_with_figures", {"state": State.SELF_ASSESSED, "frozen_at": None}),
    ],
)
def test_the_database_itself_keeps_to_the_order(world, constraint, changes):
    review = kit.frozen(world)
    with as_owner(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PartnershipReview.objects.filter(pk=review.pk).update(**changes)


def test_the_database_publishes_no_light_review(world):
    review = kit.commented(world, kind="quarterly", since=dt.date(2025, 12, 2))
    with as_owner(), pytest.raises(IntegrityError, match="yearly_alone"), transaction.atomic():
        PartnershipReview.objects.filter(pk=review.pk).update(state=State.PUBLISHED)
