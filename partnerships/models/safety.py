"""What a mosque keeps for emergencies and shows to hardly anybody: who has keys, alarm, layout.

It is the mosque's own and no shared text. Who reads it besides: an officer with a dated need.
"""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from config.web.sealed_safety import SafeCharField, SafeTextField
from contacts.models import Contact, Tenant
from partnerships.querysets.safety import (
    KeyHolderQuerySet,
    PremisesSafetyDetailQuerySet,
    SafetyNeedQuerySet,
)

from .lengths import require_lengths

LONGEST_NEED = timedelta(days=30)
STALE_AFTER = timedelta(days=182)


class PremisesSafetyDetail(Tenant):
    """One for an institution. Key-holders hang on it; every word is sealed.

    The words are the institution's and no person's: who wrote them says the trail alone.
    """

    LIMIT = 2000

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alarm = SafeTextField(max_length=LIMIT, blank=True)
    layout = SafeTextField(max_length=LIMIT, blank=True)
    written_at = models.DateTimeField()
    verified_on = models.DateField()

    objects = PremisesSafetyDetailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                name="safety_detail_once",
                violation_error_message=_("It is written already. Go back and change it."),
            )
        ]

    def __str__(self):
        return f"PremisesSafetyDetail #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:safety-words", args=[self.ref])

    def clean(self):
        require_lengths(self, "alarm", "layout")

    def is_stale(self, on: date) -> bool:
        return on - self.verified_on > STALE_AFTER


class KeyHolder(Tenant):
    """Somebody who can open the building. ``contact`` where they hold a role there."""

    MOST = 10
    NAME_LIMIT = 120

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    detail = models.ForeignKey(PremisesSafetyDetail, models.PROTECT, related_name="key_holders")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    name = SafeCharField(max_length=NAME_LIMIT)
    phone = SafeCharField(max_length=30)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    objects = KeyHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "contact"],
                name="key_holder_once",
                violation_error_message=_("They are written down already."),
            )
        ]

    def __str__(self):
        return f"KeyHolder #{self.pk}"

    def get_absolute_url(self):
        return self.detail.get_absolute_url()


class SafetyNeed(Tenant):
    """One officer may read an institution's safety details until a day (that day excluded)."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("The institution asked for it")
        ON_CALL = "on_call", _("Goes there when the alarm rings")
        INCIDENT = "incident", _("After something that happened there")
        EVENT = "event", _("A large event or festival")
        ADVICE = "advice", _("Advice on keeping the building safe")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Contact, models.PROTECT, related_name="safety_needs")
    reason = CodeField(choices=Reason)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = SafetyNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_on"), until__lte=F("starts_on") + LONGEST_NEED),
                name="safety_need_lasts_30_days_at_most",
                violation_error_message=_("Choose from one day to 30; it can be assigned anew."),
            ),
            models.CheckConstraint(
                condition=~Q(officer=F("assigned_by")),
                name="safety_need_is_given_by_another",
                violation_error_message=_("Somebody else assigns it to you."),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-assigned_at", "-id"], name="safety_need_list"),
            models.Index(
                fields=["officer"], condition=Q(ended_at__isnull=True), name="safety_need_open"
            ),
        ]

    def __str__(self):
        return f"SafetyNeed #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:safety", args=[self.institution.ref])

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    def is_over(self, on: date) -> bool:
        return self.ended_at is not None or self.until <= on
