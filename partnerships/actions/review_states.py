"""How a review moves: its table of moves, the trail, the mail. Every action stands on these."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.audit.actions import record
from contacts.models import User
from partnerships.models import PartnershipReview

from .notices import tell_institution, tell_police

State = PartnershipReview.State
# What the database does not show to a panel, and what a panel does not change.
UNSEEN_BY_PANEL = ("partnership", "met_noted_by", "met_confirmed_by")


class ReviewMovedOn(ValidationError):
    """The review is not in a state from which that is possible, or it is too late or too early."""


def lock(review: PartnershipReview) -> PartnershipReview:
    """Load the review anew and keep others from moving it until the transaction ends."""
    return PartnershipReview.objects.for_action().get(pk=review.pk)


def require(review: PartnershipReview, *states: str) -> None:
    if review.state not in states:
        raise ReviewMovedOn(
            _("This review now stands at “%(state)s”, so that is no longer possible.")
            % {"state": review.get_state_display()}
        )


def move(review: PartnershipReview, to: str, *, at: datetime, unseen: tuple[str, ...] = ()) -> None:
    """Move the review to another state and save it; ``unseen`` names what the actor cannot look up.

    Raises:
        ReviewMovedOn: the table of moves does not have it.
    """
    if to not in PartnershipReview.MOVES[State(review.state)]:
        require(review)
    review.state, review.state_at = to, at
    save(review, unseen=unseen)


def save(review: PartnershipReview, *, unseen: tuple[str, ...] = ()) -> None:
    review.full_clean(exclude=unseen)
    review.save()


def note_review(
    code: str, review: PartnershipReview, *, by: User | None, at: datetime, **details
) -> None:
    """Write what happened at a review into the trail."""
    record(
        f"partnerships.review_{code}",
        subject=review,
        by=by,
        at=at,
        institution=review.institution,
        state=str(review.state),
        **details,
    )


def tell_both(letter: str, review: PartnershipReview, *, at: datetime) -> None:
    """Promise the letter to the leads of the institution and to its police."""
    tell_institution(letter, review.partnership, at=at, about=review)
    tell_police(letter, review.partnership, at=at, about=review)
