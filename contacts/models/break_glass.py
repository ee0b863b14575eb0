import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.break_glass import BreakGlassQuerySet

from .people import Contact
from .tenancy import Tenant

LONGEST = timedelta(hours=4)


class BreakGlassGrant(Tenant):
    """Somebody from elsewhere reads one institution's record for a few hours, and says why.

    It opens reading alone. Each read is logged with it, and the institution is told when it ends.
    """

    class Reason(models.TextChoices):
        EMERGENCY = "emergency", _("An emergency there or near it")
        SAFETY = "safety", _("Somebody’s safety")
        COMPLAINT = "complaint", _("A complaint that cannot wait")
        FAULT = "fault", _("A fault of the portal with this record")
        LEGAL_DUTY = "legal_duty", _("A duty in law that cannot wait")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="grants", db_index=False)
    reason = CodeField(choices=Reason)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at"), closes_at__lte=F("opened_at") + LONGEST),
                name="break_glass_lasts_four_hours_at_most",
                violation_error_message=_("Choose four hours at most."),
            )
        ]
        indexes = [
            models.Index(fields=["contact", "closes_at"], name="break_glass_contact"),
            models.Index(fields=["institution", "-opened_at", "-id"], name="break_glass_list"),
        ]

    def __str__(self):
        return f"BreakGlassGrant #{self.pk}"
