"""What each side, both together, and the panel say at a review, and what of it becomes public."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Language, Tenant
from partnerships.querysets.review_words import (
    ReviewAssessmentQuerySet,
    ReviewReportQuerySet,
    ReviewStatementQuerySet,
)

from .commitments import Commitment
from .lengths import require_lengths
from .partnerships import Side
from .published import PublishedItem
from .reviews import PartnershipReview

WORDS_LIMIT = 2000


class ReviewAssessment(Tenant):
    """How one side sees it, written alone; the other side reads it once the review is opened.

    Until then the database shows the row to its own side only (events, ``review_security``).
    """

    PARTS = ("worked", "did_not", "next_year", "agreement_changes")

    review = models.ForeignKey(PartnershipReview, models.PROTECT, related_name="assessments")
    side = CodeField(choices=Side)
    worked = models.TextField(max_length=WORDS_LIMIT)
    did_not = models.TextField(max_length=WORDS_LIMIT)
    next_year = models.TextField(max_length=WORDS_LIMIT, blank=True)
    agreement_changes = models.TextField(max_length=WORDS_LIMIT, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    objects = ReviewAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "side"],
                name="review_assessment_once_a_side",
                violation_error_message=_("Your side has written its account already."),
            ),
        ]

    def __str__(self):
        return f"ReviewAssessment #{self.pk}"

    def clean(self):
        require_lengths(self, *self.PARTS)


class ReviewStatement(Tenant):
    """What comes of a review: one signed by both sides, or one of each. Never changed once it is.

    A joint one is proposed by ``side`` and stands when the other side has signed the same words.
    """

    review = models.ForeignKey(PartnershipReview, models.PROTECT, related_name="statements")
    is_joint = models.BooleanField()
    side = CodeField(choices=Side)
    words = models.TextField(max_length=WORDS_LIMIT)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    countersigned_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReviewStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(is_joint=True), name="review_one_joint_statement"
            ),
            models.UniqueConstraint(
                fields=["review", "side"],
                condition=Q(is_joint=False),
                name="review_one_statement_a_side",
                violation_error_message=_("Your side has signed its own statement already."),
            ),
            models.CheckConstraint(
                condition=Q(countersigned_at__isnull=True, countersigned_by__isnull=True)
                | Q(is_joint=True, countersigned_at__isnull=False, countersigned_by__isnull=False),
                name="review_statement_signed_by_both",
            ),
        ]

    def __str__(self):
        return f"ReviewStatement #{self.pk}"

    def clean(self):
        require_lengths(self, "words")
        if not self.words:
            raise ValidationError({"words": _("Enter what you want to say.")})

    @property
    def stands(self):
        return not self.is_joint or self.countersigned_at is not None


class ReviewComment(Tenant):
    """What the independent panel has to say. Who wrote it is nowhere shown: the panel speaks."""

    review = models.OneToOneField(PartnershipReview, models.PROTECT, related_name="comment")
    words = models.TextField(max_length=WORDS_LIMIT)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    def __str__(self):
        return f"ReviewComment #{self.pk}"

    def clean(self):
        require_lengths(self, "words")
        if not self.words:
            raise ValidationError({"words": _("Enter what the panel wants to say.")})


class ReviewCommitment(Tenant):
    """A promise that was made at a review."""

    review = models.ForeignKey(PartnershipReview, models.PROTECT, related_name="commitments")
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="review_commitment")

    def __str__(self):
        return f"ReviewCommitment #{self.pk}"


class ReviewReport(Tenant):
    """The public report of a yearly review: a copy of signed words, which both sides approve whole.

    It is read with its ``item``, whose words are the plain summary: not approved, or taken down by
    either side, nobody else reads it. ``parts`` map a code to words; ``figures`` are those that may
    leave, small numbers hidden.
    """

    SUMMARY_LIMIT = PublishedItem.WORDS_LIMIT

    review = models.ForeignKey(PartnershipReview, models.PROTECT, related_name="reports")
    item = models.OneToOneField(PublishedItem, models.PROTECT, related_name="review_report")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    parts = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    objects = ReviewReportQuerySet.as_manager()

    @property
    def partnership(self):
        return self.review.partnership

    def get_absolute_url(self):
        return reverse("partnerships:report-before", args=[self.item.ref])

    def __str__(self):
        return f"ReviewReport #{self.pk}"
