"""The agreement between a mosque and its police, and who signed it."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.agreements import PartnershipAgreementQuerySet, SignatureQuerySet

from .meetings import every_field
from .partnerships import Partnership, Side
from .texts import SharedText


class PartnershipAgreement(Tenant):
    """One agreement: its words (a shared text), how often, and when it is looked at again.

    It is in force once two leads and an inspector have signed the wording that stands. A later
    one supersedes it; none is ever changed after it came into force, and none is lost.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Replaced by a later one")
        DROPPED = "dropped", _("Dropped before it was signed")

    MOVES = {
        State.DRAFTED: {State.IN_FORCE, State.DROPPED},
        State.IN_FORCE: {State.SUPERSEDED},
        State.SUPERSEDED: set(),
        State.DROPPED: set(),
    }

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agreements")
    text = models.OneToOneField(SharedText, models.PROTECT, related_name="agreement")
    number = models.PositiveSmallIntegerField()
    state = CodeField(choices=State, default=State.DRAFTED)
    cadence_days = models.PositiveSmallIntegerField(null=True, blank=True)
    senior_months = every_field()
    working_months = every_field()
    review_on = models.DateField()
    drafted_at = models.DateTimeField()
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = PartnershipAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["partnership", "state"],
                condition=models.Q(state__in=["drafted", "in_force"]),
                name="agreement_one_drafted_one_in_force",
                violation_error_message=_("There is a draft already. Change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(cadence_days__isnull=True)
                | models.Q(cadence_days__gte=7, cadence_days__lte=730),
                name="agreement_cadence_sensible",
                violation_error_message=_("Choose from 7 to 730 days, or leave it empty."),
            ),
        ]

    def __str__(self):
        return f"PartnershipAgreement #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:agreement-detail", args=[self.ref])

    @property
    def is_drafted(self):
        return self.state == self.State.DRAFTED

    def is_due_for_review(self, on):
        return self.state == self.State.IN_FORCE and self.review_on <= on


class Signature(Tenant):
    """Somebody's name under one wording of an agreement; another wording needs a new one."""

    agreement = models.ForeignKey(PartnershipAgreement, models.PROTECT, related_name="signatures")
    version_number = models.PositiveSmallIntegerField()
    side = CodeField(choices=Side)
    signed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "version_number", "signed_by"],
                name="signature_once_a_person",
                violation_error_message=_("You have signed this already."),
            ),
        ]

    def __str__(self):
        return f"Signature #{self.pk}"
