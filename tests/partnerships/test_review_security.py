"""The second line under reviews: what the database shows when a view has forgotten its filter."""

import datetime as dt
import json
from contextlib import contextmanager
from dataclasses import asdict

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from config.actor import claims
from config.dashboard.own_record import gather
from contacts.models import BreakGlassGrant
from partnerships.models import (
    PartnershipReview,
    ReviewAssessment,
    ReviewComment,
    ReviewFigures,
    ReviewReport,
    ReviewStatement,
)
from tests.factories import panel_member
from tests.partnerships import concern_kit, panel_kit
from tests.partnerships import review_kit as kit
from tests.partnerships.review_kit import AT, DAY, INSTITUTION, POLICE
from tests.roles import as_owner, as_role

pytestmark = pytest.mark.django_db
TABLES = (PartnershipReview, ReviewFigures, ReviewAssessment, ReviewStatement, ReviewComment)
SIDES = {
    POLICE: ("sergeant", "inspector", "officer", "coordinator"),
    INSTITUTION: ("imam", "member"),
}
OTHERS = ("other_imam", "far_imam", "far_sergeant", "umbrella_lead", "stranger")


@contextmanager
def acting(user):
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        yield
        transaction.set_rollback(True)


def accounts(user):
    """Return the sides whose account somebody is shown with no filter at all."""
    with acting(user):
        return set(ReviewAssessment.objects.values_list("side", flat=True))


def told(institution):
    """Return all that stands in the copy of its record that an institution takes along."""
    return json.dumps([asdict(section) for section in gather(institution)], default=str)


def seen(user):
    with acting(user):
        return tuple(model._default_manager.count() for model in TABLES)


def shown(world, *sides):
    return {who: accounts(getattr(world, who)) for side in sides for who in SIDES[side]}


def test_one_side_is_not_shown_the_others_account_before_both_are_in(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)
    alone = shown(world, POLICE, INSTITUTION)
    kit.assess(world, review, INSTITUTION)
    both = shown(world, POLICE, INSTITUTION)

    assert alone == dict.fromkeys(SIDES[POLICE], {POLICE}) | dict.fromkeys(
        SIDES[INSTITUTION], set()
    )
    assert both == dict.fromkeys([*SIDES[POLICE], *SIDES[INSTITUTION]], {POLICE, INSTITUTION})


def test_nor_is_police_shown_the_mosques(world):
    kit.assess(world, kit.frozen(world), INSTITUTION)

    assert shown(world, POLICE) == dict.fromkeys(SIDES[POLICE], set())
    assert shown(world, INSTITUTION) == dict.fromkeys(SIDES[INSTITUTION], {INSTITUTION})


def test_it_is_the_policy_that_hides_it(world):
    """Without the second line, the same query shows the other side's account."""
    kit.assess(world, kit.frozen(world), POLICE)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE partnerships_reviewassessment DISABLE ROW LEVEL SECURITY")
    try:
        assert accounts(world.imam) == {POLICE}
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE partnerships_reviewassessment ENABLE ROW LEVEL SECURITY")
    assert accounts(world.imam) == set()


def test_nobody_writes_for_the_other_side(world):
    review = kit.frozen(world)
    with pytest.raises(DatabaseError, match="row-level security"), acting(world.imam):
        ReviewAssessment.objects.create(
            review=review,
            institution=world.mosque,
            side=POLICE,
            worked="x",
            did_not="x",
            written_at=AT,
            written_by=world.imam.contact,
        )


def test_no_side_opens_a_review_before_its_time_by_a_plain_update(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)
    with pytest.raises(DatabaseError, match="opened_when_both"), acting(world.imam):
        PartnershipReview.objects.filter(pk=review.pk).update(opened_at=AT + 13 * DAY)


def test_others_are_shown_nothing(world):
    kit.commented(world)

    for who in OTHERS:
        assert seen(getattr(world, who)) == (0, 0, 0, 0, 0), who


def test_a_panel_is_shown_the_figures_and_the_words_once_they_are_open(world):
    panel = panel_member(world)
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)
    before = seen(panel)
    kit.assess(world, review, INSTITUTION)

    assert (before, seen(panel)) == ((1, 1, 0, 0, 0), (1, 1, 2, 0, 0))


# --- Let in for a while --------------------------------------------------------------------------


def opened_in_an_emergency(world):
    """Return what whoever opened the mosque's record in an emergency is shown: (when, sides)."""
    hour = dt.timedelta(hours=1)
    with as_owner():
        BreakGlassGrant.objects.create(
            institution=world.mosque,
            contact=world.far_sergeant.contact,
            reason="emergency",
            opened_at=Now() - hour,
            closes_at=Now() + hour,
        )
    return lambda: accounts(world.far_sergeant)


def entered_for_a_concern(world):
    reader = panel_kit.member_of(panel_kit.panel_of(world))
    concern = concern_kit.with_panel(world)

    def look():
        with acting(reader):
            assert claims.enter_panel(concern.ref)
            return set(ReviewAssessment.objects.values_list("side", flat=True))

    return look


@pytest.mark.parametrize("let_in", [opened_in_an_emergency, entered_for_a_concern])
def test_whoever_is_let_in_for_a_while_is_no_side(world, let_in):
    look, review = let_in(world), kit.frozen(world)
    kit.assess(world, review, POLICE)
    before = look()
    kit.assess(world, review, INSTITUTION)

    assert (before, look()) == (set(), {POLICE, INSTITUTION})


def test_whoever_opened_the_record_in_an_emergency_writes_for_no_side(world):
    opened_in_an_emergency(world)
    review = kit.frozen(world)
    given = {"worked": "x", "did_not": "x", "written_at": AT}
    given["written_by"] = world.far_sergeant.contact
    for side in (POLICE, INSTITUTION):
        with pytest.raises(DatabaseError, match="row-level security"), acting(world.far_sergeant):
            ReviewAssessment.objects.create(
                review=review, institution=world.mosque, side=side, **given
            )


def test_a_stranger_is_shown_a_report_for_as_long_as_both_leave_it_there(world):
    item = kit.published_report(world)
    with as_role("portal_app"):
        up = ReviewReport.objects.count()
    kit.published.take_down_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 7 * DAY)
    with as_role("portal_app"):
        down = ReviewReport.objects.count()

    assert (up, down) == (1, 0)


def test_a_copy_of_ones_own_data_holds_ones_own_account_and_not_the_other_sides(world):
    """Whoever looks through the whole force for a person's data stands on no side."""
    review = kit.frozen(world)
    kit.assess(world, review, POLICE, did_not=world.imam.contact.name)
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(world.imam.pk)
        with claims.searching_for(world.imam.contact.pk, by=world.imam.pk):
            others = list(ReviewAssessment.objects.values_list("side", flat=True))
        with claims.searching_for(world.sergeant.contact.pk, by=world.imam.pk):
            own = list(ReviewAssessment.objects.values_list("side", flat=True))
        transaction.set_rollback(True)

    assert (others, own) == ([], [POLICE])


def test_the_copy_that_a_mosque_takes_along_leaves_out_what_it_may_not_read_yet(world):
    """The first line says so as well: the owner of the table sees every row."""
    review = kit.frozen(world)
    kit.assess(world, review, POLICE, did_not="Nobody rang back.")
    before = told(world.mosque)
    kit.assess(world, review, INSTITUTION)
    after = told(world.mosque)

    assert ("Nobody rang back." in before, "Nobody rang back." in after) == (False, True)
