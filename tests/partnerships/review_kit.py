"""A review at each of its states, made through the actions."""

import datetime as dt

from config.dashboard.reviews import freeze_review
from contacts.actions.sharing import give_permission
from contacts.models import Language
from partnerships.actions import published, review_meetings, review_panel, review_reports, reviews
from partnerships.models import PartnershipReview, Side
from partnerships.models.reviews import digest_of
from tests.factories import panel_member
from tests.roles import as_owner

UNTIL = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WORDS = {"worked": "The Friday rota held.", "did_not": "Nobody rang back in July."}
THERE = {"institution_roles": ["imam", "chair"], "police_roles": ["sgt"]}
POLICE, INSTITUTION = Side.POLICE, Side.INSTITUTION
STATEMENT = "We ring back within a day from now on."


def scheduled(world, *, kind="annual", since=dt.date(2025, 3, 2), until=UNTIL):
    with as_owner():
        return PartnershipReview.objects.create(
            partnership=world.partnership,
            institution=world.mosque,
            kind=kind,
            state_at=AT - 42 * DAY,
            period_from=since,
            period_until=until,
            scheduled_at=AT - 42 * DAY,
        )


def frozen(world, *, at=AT, **how):
    return freeze_review(review=scheduled(world, **how), by=world.coordinator, at=at)


def writer(world, side):
    return world.imam if side == INSTITUTION else world.sergeant


def assess(world, review, side, at=AT + DAY, **parts):
    by = writer(world, side)
    return reviews.assess(review=review, side=side, by=by, at=at, **(WORDS | parts))


def opened(world, **how):
    review = frozen(world, **how)
    assess(world, review, POLICE)
    return assess(world, review, INSTITUTION, worked="People know his name now.")


def note_meeting(world, review, side=POLICE, at=AT + 2 * DAY, **how):
    given = {"met_on": at.date(), **THERE} | how
    return review_meetings.note_meeting(
        review=review, side=side, by=writer(world, side), at=at, **given
    )


def met(world, **how):
    review = note_meeting(world, opened(world, **how))
    return review_meetings.confirm_meeting(
        review=review, side=INSTITUTION, by=world.imam, at=AT + 2 * DAY
    )


def own(world, review, side, words=STATEMENT, at=AT + 3 * DAY):
    return review_meetings.state_own(
        review=review, words=words, side=side, by=writer(world, side), at=at
    )


def two_statements(world, **how):
    review = met(world, **how)
    own(world, review, POLICE)
    return own(world, review, INSTITUTION, words="We want a number that is answered.")


def propose_joint(world, review, side=POLICE, words=STATEMENT, at=AT + 3 * DAY):
    return review_meetings.propose_joint(
        review=review, words=words, side=side, by=writer(world, side), at=at
    )


def sign_joint(world, review, side=INSTITUTION, words=STATEMENT, at=AT + 3 * DAY):
    return review_meetings.sign_joint(
        review=review, read=digest_of(words), side=side, by=writer(world, side), at=at
    )


def joint_statement(world, **how):
    return sign_joint(world, propose_joint(world, met(world, **how)))


def commented(world, **how):
    review = two_statements(world, **how)
    return review_panel.comment_on_review(
        review=review, words="Both could say when.", by=panel_member(world), at=AT + 4 * DAY
    )


def urdu():
    with as_owner():
        return Language.objects.get_or_create(
            code="ur", defaults={"labels": {"en": "Urdu"}, "direction": "rtl"}
        )[0]


def draft_report(world, review, at=AT + 5 * DAY, **changes):
    given = {
        "summary": "A good year with one bad month.",
        "language": urdu(),
        "translation": "ایک اچھا سال",
        "is_named": False,
    }
    return review_reports.draft_report(
        review=review, by=world.coordinator, at=at, **(given | changes)
    )


def published_report(world, **changes):
    """Return the published words of a yearly review's report."""
    review = commented(world)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = draft_report(world, review, **changes)
    return published.approve_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 6 * DAY)


def again(review):
    return PartnershipReview.objects.get(pk=review.pk)
