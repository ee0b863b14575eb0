"""A review begins: announced ahead, its figures frozen, each side writes alone, both are opened."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.clocks import span
from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import User
from partnerships.models import (
    Partnership,
    PartnershipAgreement,
    PartnershipReview,
    ReviewAssessment,
    ReviewFigures,
    Side,
)
from partnerships.models.reviews import canonical, digest_of
from partnerships.review_dates import Due, is_announced, next_due

from .notices import promise_to
from .review_states import ReviewMovedOn, State, lock, move, note_review, require, save, tell_both


def schedule_reviews(*, at: datetime) -> int:
    """Announce each review six weeks ahead, where an agreement is in force; return how many."""
    today = localdate(at)
    in_force = PartnershipAgreement.objects.of_active_partnerships()
    dues = {number: next_due(day, on=today) for number, day in in_force}
    soon = [number for number, due in dues.items() if is_announced(due, on=today)]
    return each_alone(
        soon,
        lambda number: int(schedule_review(number, due=dues[number], at=at) is not None),
        sweep="partnerships.schedule_reviews",
    )


@transaction.atomic
def schedule_review(number: int, *, due: Due, at: datetime) -> PartnershipReview | None:
    """Announce one review of the partnership with that id; None where it is announced already."""
    partnership = Partnership.objects.for_action().get(pk=number)
    if PartnershipReview.objects.of_period_until(partnership, due.until).exists():
        return None
    review = PartnershipReview(
        partnership=partnership,
        institution=partnership.institution,
        kind=due.kind,
        state_at=at,
        period_from=due.since,
        period_until=due.until,
        scheduled_at=at,
    )
    save(review)
    note_review("scheduled", review, by=None, at=at, kind=due.kind)
    tell_both("review_scheduled", review, at=at)
    return review


def let_reviews_lapse(*, at: datetime) -> int:
    """Lay down the reviews whose partnership has ended before anything was signed."""
    numbers = PartnershipReview.objects.of_ended_partnerships().order_by("pk")
    return each_alone(
        numbers.values_list("pk", flat=True),
        partial(_lapse, at=at),
        sweep="partnerships.let_reviews_lapse",
    )


@transaction.atomic
def _lapse(number, *, at):
    ended = PartnershipReview.objects.of_ended_partnerships().skipping_locked()
    review = ended.filter(pk=number).first()
    if review is None:
        return 0
    move(review, State.LAPSED, at=at)
    note_review("lapsed", review, by=None, at=at)
    return 1


@transaction.atomic
def freeze_figures(
    *, review: PartnershipReview, figures: dict, by: User, at: datetime
) -> PartnershipReview:
    """Keep the figures for good, with their hash; from now on each side writes its account alone.

    Raises:
        ReviewMovedOn: they are frozen already, the period is not over, or the partnership rests.
    """
    review = lock(review)
    require(review, State.SCHEDULED)
    if localdate(at) < review.period_until:
        raise ReviewMovedOn(_("The period is not over yet, so its figures are not whole."))
    if not review.partnership.takes_new_work:
        raise ReviewMovedOn(_("The partnership rests. Its review waits until it goes on."))
    payload = canonical(figures)
    frozen = ReviewFigures(
        institution=review.institution,
        review=review,
        payload=payload,
        digest=digest_of(payload),
        frozen_at=at,
        frozen_by=by.contact,
    )
    frozen.full_clean()
    frozen.save()
    review.frozen_at, review.assess_until = at, at + span("review_assess_days")
    move(review, State.FIGURES_FROZEN, at=at)
    note_review("figures_frozen", review, by=by, at=at, digest=frozen.digest)
    tell_both("review_frozen", review, at=at)
    panel = on_rung("scrutineer", over=review.institution, on=localdate(at))
    promise_to("review_frozen_for_panel", review, to_people(panel), at=at)
    return review


@transaction.atomic
def assess(
    *, review: PartnershipReview, side: str, by: User, at: datetime, **parts: str
) -> PartnershipReview:
    """Write one side's account, which the other reads once both are in.

    Raises:
        ReviewMovedOn: the figures are not frozen, both can be read already, or time is up.
        ValidationError: words are missing, or the side has written before.
    """
    review = lock(review)
    require(review, State.FIGURES_FROZEN)
    if at >= review.assess_until:
        raise ReviewMovedOn(_("The time to write alone is over."))
    if review.assessed_at(side):
        raise ValidationError(_("Your side has written its account already."))
    account = ReviewAssessment(
        institution=review.institution,
        review=review,
        side=side,
        written_at=at,
        written_by=by.contact,
        **{name: words.strip() for name, words in parts.items()},
    )
    account.full_clean()
    account.save()
    _mark_assessed(review, side, at=at)
    note_review("assessed", review, by=by, at=at, side=side)
    return review


def _mark_assessed(review, side, *, at):
    if side == Side.POLICE:
        review.police_assessed_at = at
    else:
        review.institution_assessed_at = at
    if review.police_assessed_at and review.institution_assessed_at:
        _open(review, at=at)
    else:
        save(review)


def _open(review, *, at):
    review.opened_at = at
    move(review, State.SELF_ASSESSED, at=at)
    note_review("opened", review, by=None, at=at)
    tell_both("review_opened", review, at=at)


def open_reviews(*, at: datetime) -> int:
    """Open those where a side let its time go by; that it wrote nothing stays to be seen."""
    numbers = PartnershipReview.objects.to_open(at=at).order_by("pk")
    return each_alone(
        numbers.values_list("pk", flat=True),
        partial(_open_late, at=at),
        sweep="partnerships.open_reviews",
    )


@transaction.atomic
def _open_late(number, *, at):
    due = PartnershipReview.objects.to_open(at=at).skipping_locked()
    review = due.filter(pk=number).first()
    if review is None:  # the second account came meanwhile
        return 0
    _open(review, at=at)
    return 1
