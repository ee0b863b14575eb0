"""Counting the figures of a review, and freezing them."""

from datetime import datetime

from django.utils.timezone import localdate

from contacts.models import User
from partnerships.actions.reviews import freeze_figures
from partnerships.models import PartnershipReview
from partnerships.review_figures import FIGURES

from .figures.answers import outcomes, response_times
from .figures.concerns import concerns
from .figures.promises import promises_kept
from .figures.scope import Period, Scope
from .figures.visits import agreed_record, reciprocity


def freeze_review(*, review: PartnershipReview, by: User, at: datetime) -> PartnershipReview:
    """Count the figures of the review's period as they are now, and keep them for good.

    Raises:
        ReviewMovedOn: see ``partnerships.actions.reviews.freeze_figures``.
    """
    figures = figures_of(review, by=by, at=at)
    return freeze_figures(review=review, figures=figures, by=by, at=at)


def figures_of(review: PartnershipReview, *, by: User, at: datetime) -> dict:
    """Return the figures of one partnership over the period, as plain numbers by their codes.

    Comfort, pulse, consultations and support cases are not among them: nothing counts those yet.
    """
    scope = Scope.of(by).of_partnerships({review.partnership_id})
    asked = {"scope": scope, "period": Period(review.period_from, review.period_until)}
    on = localdate(at)
    promises = promises_kept(**asked, on=on)
    found = {
        "promises_police": promises.police,
        "promises_institution": promises.institutions,
        "response_times": response_times(**asked, at=at),
        "outcomes": outcomes(**asked),
        "concerns": concerns(**asked, on=on),
        "agreed_record": agreed_record(**asked, on=on),
        "reciprocity": reciprocity(**asked),
    }
    return {
        "figures": {code: _numbers(code, figure) for code, figure in found.items()},
        "period": [review.period_from.isoformat(), review.last_day.isoformat()],
        "review": str(review.ref),
        "version": 1,
    }


def _numbers(code, figure):
    values = {name: getattr(figure, name) for name in FIGURES[code].numbers}
    return {k: round(v, 1) if isinstance(v, float) else v for k, v in values.items()}
