"""The two sides meet, promise, and sign what comes of it: one statement, or each its own."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.clocks import span
from contacts.models import User
from partnerships.models import (
    Commitment,
    PartnershipReview,
    ReviewCommitment,
    ReviewStatement,
)
from partnerships.models.reviews import digest_of

from .commitments import propose_commitment
from .review_states import ReviewMovedOn, State, lock, move, note_review, require, save


class NotYoursToSign(ValidationError):
    """Nobody confirms or signs for the other side what their own side wrote."""


@transaction.atomic
def note_meeting(
    *,
    review: PartnershipReview,
    met_on: date,
    institution_roles: list[str],
    police_roles: list[str],
    side: str,
    by: User,
    at: datetime,
) -> PartnershipReview:
    """Say for one side that both have met, and which roles were there; the other says so, too.

    Whoever has it otherwise notes it anew, and then the first side confirms.

    Raises:
        ReviewMovedOn: the accounts cannot be read yet, or both have said that they met.
        ValidationError: a day before the figures were frozen or to come, or a side was not there.
    """
    review = lock(review)
    require(review, State.SELF_ASSESSED)
    if not localdate(review.frozen_at) <= met_on <= localdate(at):
        raise ValidationError({"met_on": _("Enter a day since the figures were frozen.")})
    there = {"institution_roles": institution_roles, "police_roles": police_roles}
    missing = [name for name, roles in there.items() if not roles]
    if missing:
        raise ValidationError({name: _("Select who was there.") for name in missing})
    review.met_on, review.met_side, review.met_noted_by = met_on, side, by.contact
    review.met_institution_roles, review.met_police_roles = institution_roles, police_roles
    save(review)
    note_review("meeting_noted", review, by=by, at=at, side=side)
    return review


@transaction.atomic
def confirm_meeting(
    *, review: PartnershipReview, side: str, by: User, at: datetime
) -> PartnershipReview:
    """Say for the other side that they met as it was noted.

    Raises:
        ReviewMovedOn: nobody noted a meeting, or it is confirmed.
        NotYoursToSign: ``side`` noted it.
    """
    review = lock(review)
    require(review, State.SELF_ASSESSED)
    if not review.met_on:
        raise ReviewMovedOn(_("Nobody has noted a meeting yet."))
    if side == review.met_side:
        raise NotYoursToSign(_("Your own side noted this. The other side confirms it."))
    review.met_confirmed_by = by.contact
    move(review, State.MET, at=at)
    note_review("met", review, by=by, at=at, side=side)
    return review


@transaction.atomic
def promise_at_review(
    *, review: PartnershipReview, side: str, by: User, at: datetime, **promised
) -> Commitment:
    """Make a promise, or ask for one, as something new that was agreed at the review.

    Raises:
        ReviewMovedOn: the sides have not read each other yet, or have signed.
    """
    review = lock(review)
    require(review, State.SELF_ASSESSED, State.MET)
    commitment = propose_commitment(
        partnership=review.partnership, side=side, by=by, at=at, **promised
    )
    link = ReviewCommitment(institution=review.institution, review=review, commitment=commitment)
    link.full_clean()
    link.save()
    return commitment


@transaction.atomic
def propose_joint(
    *, review: PartnershipReview, words: str, side: str, by: User, at: datetime
) -> PartnershipReview:
    """Sign words for both sides, for one's own; they stand when the other signs the same.

    Other words by either side replace them.

    Raises:
        ReviewMovedOn: see :func:`_require_time_to_state`, or a side has signed its own statement.
    """
    review = lock(review)
    _require_time_to_state(review)
    if ReviewStatement.objects.own_of(review).exists():
        raise ReviewMovedOn(_("One side has signed a statement of its own. Sign yours."))
    found = ReviewStatement.objects.joint_of(review).first()
    joint = found or ReviewStatement(institution=review.institution, review=review, is_joint=True)
    _sign(joint, words=words, side=side, by=by, at=at)
    note_review("joint_proposed", review, by=by, at=at, side=side)
    return review


@transaction.atomic
def sign_joint(
    *, review: PartnershipReview, read: str, side: str, by: User, at: datetime
) -> PartnershipReview:
    """Sign the other side's words for both; ``read`` is the digest of the words that were read.

    Raises:
        ReviewMovedOn: there are none, they have changed, or see :func:`_require_time_to_state`.
        NotYoursToSign: ``side`` proposed them.
    """
    review = lock(review)
    _require_time_to_state(review)
    joint = ReviewStatement.objects.joint_of(review).first()
    if joint is None or ReviewStatement.objects.own_of(review).exists():
        raise ReviewMovedOn(_("There is no joint statement to sign."))
    if joint.side == side:
        raise NotYoursToSign(_("Your own side proposed these words. The other side signs them."))
    if digest_of(joint.words) != read:
        raise ReviewMovedOn({"read": _("The words have changed meanwhile. Read them again.")})
    joint.countersigned_at, joint.countersigned_by = at, by.contact
    joint.full_clean()
    joint.save()
    _finish(review, State.JOINT_STATEMENT, side=side, by=by, at=at)
    return review


@transaction.atomic
def state_own(
    *, review: PartnershipReview, words: str, side: str, by: User, at: datetime
) -> PartnershipReview:
    """Sign a statement of one's own side; when both have, the review goes to the panel.

    Raises:
        ReviewMovedOn: see :func:`_require_time_to_state`.
        ValidationError: no words, or the side has signed one.
    """
    review = lock(review)
    _require_time_to_state(review)
    own = ReviewStatement(institution=review.institution, review=review, is_joint=False)
    _sign(own, words=words, side=side, by=by, at=at)
    note_review("own_stated", review, by=by, at=at, side=side)
    if ReviewStatement.objects.own_of(review).count() > 1:
        _finish(review, State.TWO_STATEMENTS, side=side, by=by, at=at)
    return review


def _require_time_to_state(review):
    """Let statements be signed once both have met and every promise asked for was answered."""
    require(review, State.MET)
    if PartnershipReview.objects.with_open_promises().get(pk=review.pk).has_open_promises:
        raise ReviewMovedOn(
            _("A promise that was asked for at this review still waits for an answer.")
        )


def _sign(statement, *, words, side, by, at):
    statement.words, statement.side = words.strip(), side
    statement.signed_at, statement.signed_by = at, by.contact
    statement.full_clean()
    statement.save()


def _finish(review, state, *, side, by, at):
    review.stated_at, review.panel_until = at, at + span("review_panel_days")
    move(review, state, at=at)
    note_review("stated", review, by=by, at=at, side=side)
