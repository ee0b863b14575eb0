"""What follows for a review when the other side approves its report."""

from datetime import datetime

from contacts.models import User
from partnerships.models import PublishedItem, ReviewReport

from .review_states import State, lock, move, note_review, tell_both


def publish_review(*, item: PublishedItem, by: User, at: datetime) -> None:
    """Move the review whose report stands in the open from now on, in the caller's transaction.

    A second report, after the first was taken down, finds it published already.

    Raises:
        ReviewMovedOn: the panel has not had its say.
    """
    report = ReviewReport.objects.select_related("review").get(item=item)
    review = lock(report.review)
    if review.state == State.PUBLISHED:
        return
    review.published_at = at
    move(review, State.PUBLISHED, at=at)
    note_review("published", review, by=by, at=at)
    tell_both("review_published", review, at=at)
