"""Where the law forbids it, an institution is told later that something of its record left."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.held_notices import HeldNoticeQuerySet

from .disclosures import Disclosure
from .people import Contact
from .tenancy import Tenant

LONGEST = timedelta(days=90)
UNSIGNED = timedelta(days=3)  # then the institution is told after all


class HeldNotice(Tenant):
    """Asked for by whoever keeps the records, countersigned by a commander; ends by itself.

    Until ``told_at`` the disclosure is hidden from the institution. A renewal waits as
    ``renew_until`` for the commander's word; without it the day of review stands.
    """

    class Ground(models.TextChoices):
        """The laws under which telling is forbidden; never that it would be awkward."""

        COURT = "court", _("A court has forbidden it")
        TIPPING_OFF = "tipping_off", _("Proceeds of Crime Act 2002, section 333A")
        TERRORISM = "terrorism", _("Terrorism Act 2000, section 21D or 39")
        WARRANT = "warrant", _("Investigatory Powers Act 2016, section 57, 82 or 132")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Awaits a commander")
        HELD = "held", _("Held back")
        TOLD = "told", _("The institution was told")

    MOVES = {
        State.PROPOSED: {State.HELD, State.TOLD},
        State.HELD: {State.TOLD},
        State.TOLD: set(),
    }

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="held_back")
    state = CodeField(choices=State, default=State.PROPOSED)
    ground = CodeField(choices=Ground)
    review_on = models.DateField()
    asked_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    renew_until = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = HeldNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held")
                | (
                    Q(signed_by__isnull=False)
                    & (Q(renew_until__isnull=False) | ~Q(signed_by=F("asked_by")))
                ),
                name="held_notice_by_two",
                violation_error_message=_("Somebody else must countersign it."),
            ),
            models.CheckConstraint(
                condition=Q(state="told", told_at__isnull=False)
                | (~Q(state="told") & Q(told_at__isnull=True)),
                name="held_notice_told_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"], condition=Q(told_at__isnull=True), name="held_notice_due"
            )
        ]

    def __str__(self):
        return f"HeldNotice #{self.pk}"

    @property
    def awaits_signature(self):
        return self.state == self.State.PROPOSED or self.renew_until is not None
