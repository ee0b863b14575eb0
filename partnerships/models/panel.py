"""What a force's scrutiny panel reads: a quarter's sample, kept as it was drawn."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import PolicingArea, Tenant
from partnerships.querysets.panel import (
    PanelItemQuerySet,
    PanelOriginQuerySet,
    PanelSampleQuerySet,
)


class PanelSample(models.Model):
    """One quarter of a force. Written once: the database lets nobody change or remove it.

    ``since`` and ``until`` are London days; what came before the midnight that begins ``until``
    was there to be drawn. ``seed`` follows from force, quarter and ``number``, the head of the
    sealed trail on the day it was drawn, which leaves the portal daily. ``listed`` and ``digest``
    are SHA-256: of which records were drawn, and of all that is shown. ``counts`` and ``measures``
    hold codes and numbers.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(PolicingArea, models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    until = models.DateField()
    number = models.CharField(max_length=120)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    counts = models.JSONField(default=dict, blank=True)
    measures = models.JSONField(default=list, blank=True)
    listed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = PanelSampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["force", "since"], name="panel_sample_once_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="panel_sample_has_days"
            ),
        ]

    def __str__(self):
        return f"PanelSample #{self.pk}"

    def get_absolute_url(self):
        return reverse("panel-sample", args=[self.ref])


class PanelItem(models.Model):
    """One record of a sample without names and words: ``facts`` hold codes, numbers and days.

    ``letter`` stands for the institution, and says so in this sample alone. Whose record it is
    stands in a row of its own, which the panel may not read.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", _("A visit")
        PROMISE = "promise", _("A promise")
        CONCERN = "concern", _("A concern")
        REQUEST = "request", _("A request answered late")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(PolicingArea, models.PROTECT, related_name="+", db_index=False)
    sample = models.ForeignKey(PanelSample, models.PROTECT, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = CodeField(choices=Kind)
    letter = models.CharField(max_length=3)
    facts = models.JSONField(default=dict, blank=True)

    objects = PanelItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="panel_item_in_its_place"),
        ]

    def __str__(self):
        return f"PanelItem #{self.pk}"

    def get_absolute_url(self):
        return reverse("panel-item", args=[self.ref])

    @property
    def place(self):
        """The institution whose record it is; None where the database hides that."""
        origin = getattr(self, "origin", None)
        return origin and origin.institution


class PanelOrigin(Tenant):
    """Of which record an item was made; for the two sides of that record, not for the panel."""

    item = models.OneToOneField(PanelItem, models.PROTECT, related_name="origin")
    subject_ref = models.UUIDField()

    objects = PanelOriginQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "item"], name="panel_origin_institution")]

    def __str__(self):
        return f"PanelOrigin #{self.pk}"
