"""The part of a record about reviews: one at each place where somebody has a part in it.

What one side wrote alone, and the other may not read yet, holds ``review-alone``.
"""

import datetime as dt

from config.dashboard.reviews import freeze_review
from contacts.models import Language
from partnerships.actions import review_meetings as meetings
from partnerships.actions.review_panel import comment_on_review
from partnerships.actions.review_reports import draft_report
from partnerships.actions.reviews import assess
from partnerships.models import PartnershipReview, ReviewAssessment
from tests.roles import as_owner

DAY = dt.timedelta(days=1)
NEWEST = dt.date(2026, 11, 1)
ALONE = "review-alone"
PARTS = ReviewAssessment.PARTS


def make_reviews(record, *, at, before):
    things = record.things
    things["review_scheduled"] = _scheduled(record, before)
    things["review_frozen"] = _frozen(record, before)
    _assess(record, things["review_frozen"], "police", ALONE, at=before)
    things["review_opened"] = _opened(record, before)
    things["review_noted"] = _noted(record, before)
    things["review_met"] = _met(record, before)
    things["review_joint"] = _joint(record, before)
    things["review_panel"] = _stated(record, before)
    things["review_commented"] = _commented(record, before)
    _report(record, _commented(record, before), at=at)


def _scheduled(record, at):
    """Make one of a period of its own, also where a second record is made of the same mosque."""
    number = PartnershipReview.objects.filter(partnership=record.partnership).count()
    until = NEWEST - number * DAY
    with as_owner():
        return PartnershipReview.objects.create(
            partnership=record.partnership,
            institution=record.institution,
            kind="annual",
            state_at=at,
            period_from=until - 365 * DAY,
            period_until=until,
            scheduled_at=at,
        )


def _frozen(record, at):
    return freeze_review(review=_scheduled(record, at), by=record.sergeant, at=at)


def _writer(record, side):
    return record.sergeant if side == "police" else record.lead


def _assess(record, review, side, what, *, at):
    return assess(
        review=review,
        side=side,
        by=_writer(record, side),
        at=at,
        **{part: record.say(f"{what}-{part.replace('_', '-')}") for part in PARTS},
    )


def _opened(record, at):
    review = _frozen(record, at)
    for side in ("police", "institution"):
        review = _assess(record, review, side, "review", at=at)
    return review


def _noted(record, at):
    return meetings.note_meeting(
        review=_opened(record, at),
        met_on=at.date(),
        institution_roles=["treasurer"],
        police_roles=["sgt"],
        side="police",
        by=record.sergeant,
        at=at,
    )


def _met(record, at):
    review = _noted(record, at)
    return meetings.confirm_meeting(review=review, side="institution", by=record.lead, at=at)


def _joint(record, at):
    review = _met(record, at)
    meetings.promise_at_review(
        review=review,
        side="police",
        by=record.sergeant,
        at=at,
        text=record.say("review-promise"),
        owner_side="police",
        due_on=at.date() + 30 * DAY,
    )
    words = record.say("review-joint")
    return meetings.propose_joint(
        review=review, words=words, side="police", by=record.sergeant, at=at
    )


def _stated(record, at):
    review = _met(record, at)
    for side in ("police", "institution"):
        review = meetings.state_own(
            review=review,
            words=record.say(f"review-statement-{side}"),
            side=side,
            by=_writer(record, side),
            at=at,
        )
    return review


def _commented(record, at):
    words = record.say("review-comment")
    return comment_on_review(review=_stated(record, at), words=words, by=record.sergeant, at=at)


def _report(record, review, *, at):
    with as_owner():
        language, _made = Language.objects.get_or_create(
            code="ur", defaults={"labels": {"en": "Urdu"}, "direction": "rtl"}
        )
    record.things["report_item"] = item = draft_report(
        review=review,
        summary=record.say("report-summary"),
        language=language,
        translation=record.say("report-translation"),
        is_named=False,
        by=record.sergeant,
        at=at,
    )
    record.things["report"] = item.review_report


def review_rows(row, *, lead, heads, readers, listed):
    """Return the rows of the table."""
    coordinator = frozenset({"coordinator"})
    sides = lead | heads

    def named(pages):
        return {
            f"partnerships:review-{name}": row(may, f"review_{of}", readers)
            for name, (may, of) in pages.items()
        }

    return {
        "partnerships:review-list": row(listed, methods="GET"),
        "partnerships:review-detail": row(readers, "review_commented", readers, methods="GET"),
        "partnerships:review-figures": row(readers, "review_frozen", readers, methods="GET"),
        "review-freeze": row(coordinator, "review_scheduled", readers),
        **named(
            {
                "assess": (sides, "frozen"),
                "met": (sides, "opened"),
                "met-confirm": (sides, "noted"),
                "promise": (sides, "met"),
                "joint": (sides, "met"),
                "joint-sign": (sides, "joint"),
                "own": (sides, "met"),
                "report": (coordinator, "commented"),
            }
        ),
        "partnerships:review-panel": row(frozenset({"scrutineer"}), "review_panel"),
        "partnerships:report-before": row(readers, "report_item", readers, methods="GET"),
    }


def _day(name, number, month, year=2026):
    return {f"{name}_0": number, f"{name}_1": month, f"{name}_2": year}


STATED = {"words": "We ring back within a day."}
REVIEW_MOVES = {
    "partnerships:review-panel": ("scrutineer", {"words": "Both could say when."}),
    "review-freeze": ("coordinator", {}),
    "partnerships:review-assess": ("imam", {"worked": "The rota.", "did_not": "The phone."}),
    "partnerships:review-met": (
        "imam",
        _day("met_on", 20, 11) | {"institution_roles": ["treasurer"], "police_roles": ["sgt"]},
    ),
    "partnerships:review-met-confirm": ("imam", {}),
    "partnerships:review-promise": (
        "imam",
        _day("due_on", 20, 12) | {"text": "Bring the key.", "owner_side": "institution"},
    ),
    "partnerships:review-joint": ("imam", STATED),
    "partnerships:review-own": ("imam", STATED),
    "partnerships:review-report": (
        "coordinator",
        {"summary": "A good year.", "language": "ur", "translation": "Acha saal."},
    ),
}
