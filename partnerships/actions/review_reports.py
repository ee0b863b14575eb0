"""The public report of a yearly review: drafted whole, and approved whole or not at all."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Language, User
from partnerships.models import (
    PartnershipReview,
    PublishedItem,
    ReviewReport,
    ReviewStatement,
    Side,
)
from partnerships.review_figures import for_outsiders

from .published import propose_item
from .review_states import ReviewMovedOn, State, lock, note_review, require


@transaction.atomic
def draft_report(
    *,
    review: PartnershipReview,
    summary: str,
    language: Language,
    translation: str,
    is_named: bool,
    by: User,
    at: datetime,
) -> PublishedItem:
    """Put the whole report before the institution; it is public once one of its leads approves.

    Raises:
        ReviewMovedOn: the panel has not had its say, the review is a light one, or a report waits
            or stands.
        NoPublicityWanted: the institution has not said that it may be asked.
        ValidationError: words are missing or too long.
    """
    review = lock(review)
    require(review, State.PANEL_COMMENT, State.PUBLISHED)
    if not review.is_annual:
        raise ReviewMovedOn(_("Only the yearly review has a public report."))
    if PublishedItem.objects.not_down().filter(review_report__review=review).exists():
        raise ReviewMovedOn(_("There is a report already. It is approved or taken down first."))
    item = propose_item(
        partnership=review.partnership,
        kind=PublishedItem.Kind.REVIEW,
        title=_heading(review),
        words=summary,
        is_named=is_named,
        side=Side.POLICE,
        by=by,
        at=at,
    )
    report = ReviewReport(
        institution=review.institution,
        review=review,
        item=item,
        language=language,
        parts=_parts(review) | {"translation": translation.strip()},
        figures=for_outsiders(review.figures.told),
        digest=review.figures.digest,
        drafted_at=at,
        drafted_by=by.contact,
    )
    report.full_clean()
    report.save()
    note_review("report_drafted", review, by=by, at=at)
    return item


def _heading(review):
    days = {
        "since": date_format(review.period_from, "F Y"),
        "until": date_format(review.last_day, "F Y"),
    }
    return _("A year together, %(since)s to %(until)s") % days


def _parts(review) -> dict[str, str]:
    """Copy what was signed, and what the panel said; silence is a part that is not there."""
    parts = {
        "joint" if statement.is_joint else statement.side: statement.words
        for statement in ReviewStatement.objects.standing_of(review)
    }
    comment = getattr(review, "comment", None)
    return parts | ({"panel": comment.words} if comment else {})
