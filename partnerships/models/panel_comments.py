"""What a scrutiny panel says about an item, a measure or a concern, and what it is answered."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, PolicingArea
from partnerships.querysets.panel_comments import PanelAnswerQuerySet, PanelCommentQuerySet

from .concerns import Concern
from .lengths import require_lengths
from .panel import PanelItem, PanelSample
from .partnerships import Side

WORDS_LIMIT = 1500


class PanelComment(models.Model):
    """The panel's own words, which oblige a rank to answer by a day; nobody edits them.

    About one thing: an ``item``, a ``measure`` of a ``sample``, or a ``concern`` on which the
    panel gave its view. ``told_at`` is when both sides were told of it, ``late_told_at`` when it
    was said that the answer is late; a sweep tells them, since the panel may look up nobody.
    """

    class Asked(models.TextChoices):
        INSPECTOR = "inspector", _("An inspector")
        COMMANDER = "commander", _("A commander")
        COORDINATOR = "coordinator", _("The partnership coordinator")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(PolicingArea, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(
        PanelItem, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    sample = models.ForeignKey(
        PanelSample, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    measure = models.CharField(max_length=40, blank=True)
    concern = models.ForeignKey(
        Concern, models.PROTECT, null=True, blank=True, related_name="panel_comments"
    )
    words = models.TextField(max_length=WORDS_LIMIT)
    asked_role = CodeField(choices=Asked)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    late_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PanelCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, sample=None, measure="", concern=None)
                | (Q(item=None, sample__isnull=False, concern=None) & ~Q(measure=""))
                | Q(item=None, sample=None, measure="", concern__isnull=False),
                name="panel_comment_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-made_at", "-id"], name="panel_comment_force"),
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at=None, late_told_at=None),
                name="panel_comment_sweep_due",
            ),
            models.Index(
                fields=["made_at"], condition=Q(told_at=None), name="panel_comment_sweep_tell"
            ),
        ]

    def __str__(self):
        return f"PanelComment #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:panel-comment-detail", args=[self.ref])

    def clean(self):
        require_lengths(self, "words")
        if not self.words:
            raise ValidationError({"words": _("Enter what the panel says.")})
        if self.measure and self.asked_role == self.Asked.INSPECTOR:
            raise ValidationError({"asked_role": _("Ask somebody who answers for the force.")})

    @property
    def place(self):
        """The institution whose record it is about; None for a measure, and to the panel itself."""
        if self.concern_id:
            return self.concern and self.concern.institution
        origin = getattr(self.item, "origin", None)
        return origin and origin.institution

    @property
    def is_about_a_record(self):
        return not self.measure

    @property
    def is_answered(self):
        return self.answered_at is not None


class PanelAnswer(models.Model):
    """What one side answers; each side once."""

    force = models.ForeignKey(PolicingArea, models.PROTECT, related_name="+", db_index=False)
    comment = models.ForeignKey(
        PanelComment, models.PROTECT, related_name="answers", db_index=False
    )
    side = CodeField(choices=Side)
    words = models.TextField(max_length=WORDS_LIMIT)
    at = models.DateTimeField()
    by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    role = CodeField(choices=PanelComment.Asked, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PanelAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "side"],
                name="panel_answer_once_a_side",
                violation_error_message=_("Your side has answered."),
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(told_at=None), name="panel_answer_sweep_tell"),
        ]

    def __str__(self):
        return f"PanelAnswer #{self.pk}"

    def clean(self):
        require_lengths(self, "words")
        if not self.words:
            raise ValidationError({"words": _("Enter the answer.")})
