"""The panel's say on a review, its silence, and who hears of both.

Who signs for a mosque, and a panel, may not look up everybody who is to be told, so the mail about
both is promised by the worker within minutes.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.sweeps import each_alone
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import SharingPermission, User
from partnerships.models import PartnershipReview, ReviewComment

from .notices import promise_to
from .review_states import (
    UNSEEN_BY_PANEL,
    ReviewMovedOn,
    State,
    move,
    note_review,
    require,
    save,
    tell_both,
)


@transaction.atomic
def comment_on_review(
    *, review: PartnershipReview, words: str, by: User, at: datetime
) -> PartnershipReview:
    """Say for the panel what it thinks; both sides read it, and it goes with a public report.

    Raises:
        ReviewMovedOn: the sides have not signed yet, it has had its say, or its time is over.
        ValidationError: no words.
    """
    review = PartnershipReview.objects.for_panel_action().get(pk=review.pk)
    require(review, *PartnershipReview.WITH_PANEL)
    if at >= review.panel_until:
        raise ReviewMovedOn(_("The panel’s time to comment is over."))
    comment = ReviewComment(
        institution=review.institution,
        review=review,
        words=words.strip(),
        written_at=at,
        written_by=by.contact,
    )
    comment.full_clean()
    comment.save()
    move(review, State.PANEL_COMMENT, at=at, unseen=UNSEEN_BY_PANEL)
    note_review("commented", review, by=by, at=at)
    return review


def note_silence(*, at: datetime) -> int:
    """Write down where the panel let its time go by; return how many. Each alone."""
    numbers = PartnershipReview.objects.left_by_panel(at=at).order_by("pk")
    return each_alone(
        numbers.values_list("pk", flat=True),
        partial(_note_silence, at=at),
        sweep="partnerships.note_silence",
    )


@transaction.atomic
def _note_silence(number, *, at):
    left = PartnershipReview.objects.left_by_panel(at=at).skipping_locked()
    review = left.filter(pk=number).first()
    if review is None:  # it spoke meanwhile
        return 0
    review.panel_was_silent = True
    move(review, State.PANEL_COMMENT, at=at)
    note_review("panel_silent", review, by=None, at=at)
    return 1


def tell_of_statements(*, at: datetime) -> int:
    """Tell the panel, and umbrella bodies that are let in, that the sides have signed."""
    numbers = PartnershipReview.objects.to_tell_of_statements().order_by("pk")
    return each_alone(
        numbers.values_list("pk", flat=True),
        partial(_tell_of_statements, at=at),
        sweep="partnerships.tell_of_statements",
    )


@transaction.atomic
def _tell_of_statements(number, *, at):
    waiting = PartnershipReview.objects.to_tell_of_statements().skipping_locked()
    review = waiting.filter(pk=number).first()
    if review is None:
        return 0
    on = localdate(at)
    panel = on_rung("scrutineer", over=review.institution, on=on)
    promise_to("review_with_panel", review, to_people(panel), at=at)
    given = SharingPermission.objects.given_by_place(review.institution).of_kind("umbrella")
    leads = [
        lead
        for permission in given.open_on(on).select_related("grantee").order_by("pk")
        for lead in leads_of(permission.grantee, on=on)
    ]
    promise_to("review_stated", review, to_people(leads), at=at)
    review.stated_told_at = at
    save(review)
    return 1


def tell_of_comments(*, at: datetime) -> int:
    """Tell both sides that the panel has had its say, or said nothing."""
    numbers = PartnershipReview.objects.to_tell_of_comment().order_by("pk")
    return each_alone(
        numbers.values_list("pk", flat=True),
        partial(_tell_of_comment, at=at),
        sweep="partnerships.tell_of_comments",
    )


@transaction.atomic
def _tell_of_comment(number, *, at):
    waiting = PartnershipReview.objects.to_tell_of_comment().skipping_locked()
    review = waiting.filter(pk=number).first()
    if review is None:
        return 0
    tell_both("review_commented", review, at=at)
    review.panel_told_at = at
    save(review)
    return 1
