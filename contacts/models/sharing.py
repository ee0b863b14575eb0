"""What a mosque permits beyond its own partnership: each by itself, dated, withdrawn at will."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.sharing import SharingPermissionQuerySet

from .institutions import Institution
from .people import Contact
from .tenancy import Tenant


class SharingPermission(Tenant):
    """One permission from a day on; for an invited unit until a day (that day excluded).

    ``grantee`` is the umbrella body or police unit that is let in, ``contact`` the person who
    agrees to be named. Withdrawing takes effect at once and leaves the row.
    """

    class Kind(models.TextChoices):
        LISTED = "listed", _("Being listed to other mosques")
        UMBRELLA = "umbrella", _("Sharing with an umbrella body")
        INVITED_UNIT = "invited_unit", _("Inviting a police unit")
        PUBLICITY = "publicity", _("Being asked about publicity")
        NAMING = "naming", _("Naming a person")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = CodeField(choices=Kind)
    grantee = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="permissions_received"
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharingPermissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["umbrella", "invited_unit"], grantee__isnull=False)
                | (~Q(kind__in=["umbrella", "invited_unit"]) & Q(grantee__isnull=True)),
                name="sharing_permission_names_whom",
                violation_error_message=_("Select who is let in."),
            ),
            models.CheckConstraint(
                condition=Q(kind="naming", contact__isnull=False)
                | (~Q(kind="naming") & Q(contact__isnull=True)),
                name="sharing_permission_names_the_person",
                violation_error_message=_("Select who is named."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="invited_unit") | Q(valid_until__isnull=False),
                name="sharing_permission_of_a_unit_ends",
                violation_error_message=_("Enter the last day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
                name="sharing_permission_ends_after_it_begins",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "kind"], name="sharing_permission_place"),
            models.Index(
                fields=["grantee"],
                condition=Q(withdrawn_at__isnull=True, grantee__isnull=False),
                name="sharing_permission_open",
            ),
        ]

    def __str__(self):
        return f"SharingPermission #{self.pk}"

    @property
    def last_day(self):
        return self.valid_until and self.valid_until - timedelta(days=1)

    def is_over(self, on):
        ended = self.valid_until is not None and self.valid_until <= on
        return self.withdrawn_at is not None or ended
