"""What happened outside, so that figures are not read without it."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, PolicingArea, Tenant
from partnerships.querysets.wider import TouchedQuerySet, WiderEventQuerySet

from .commitments import Commitment
from .lengths import require_lengths
from .partnerships import Partnership


class WiderEvent(models.Model):
    """Something beyond the portal that partnerships feel: never about a person or a mosque.

    ``happened_on`` is a London day. Those whom it touches read the same words as police.
    """

    class Kind(models.TextChoices):
        ATTACK = "attack", _("Attack on a place of worship or on people")
        ABROAD = "abroad", _("War or events abroad")
        POLICY = "policy", _("National policy or debate")
        OPERATION = "operation", _("Police operation that is public")
        CLIP = "clip", _("Film or rumour that went round")
        DISORDER = "disorder", _("Protest or disorder")
        OTHER = "other", _("Something else")

    TITLE_LIMIT, WORDS_LIMIT = 120, 1000
    LONGEST_AGO = 92  # days

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(PolicingArea, models.PROTECT, related_name="+", db_index=False)
    kind = CodeField(choices=Kind)
    title = models.CharField(max_length=TITLE_LIMIT)
    words = models.TextField(max_length=WORDS_LIMIT)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WiderEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="") | models.Q(withdrawn_at__isnull=False),
                name="wider_event_has_a_heading",
                violation_error_message=_("Enter what happened."),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-happened_on", "-id"], name="wider_event_force"),
        ]

    def __str__(self):
        return f"WiderEvent #{self.pk}"

    def get_absolute_url(self):
        return reverse("wider-event-detail", args=[self.ref])

    def clean(self):
        require_lengths(self, "words")

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None


class TouchedPartnership(Tenant):
    """A partnership that the event touches, and the promise to get in touch about it."""

    event = models.ForeignKey(WiderEvent, models.PROTECT, related_name="touched", db_index=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+", db_index=False)
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="+")

    objects = TouchedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "partnership"], name="touched_partnership_once"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "event"], name="touched_institution"),
        ]

    def __str__(self):
        return f"TouchedPartnership #{self.pk}"
