import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.disclosures import DisclosureQuerySet

from .people import Contact
from .tenancy import Tenant


class Disclosure(Tenant):
    """That something of an institution's record left the portal: to whom, why, what and when.

    Codes and dates only. The database lets nobody change or delete one: what was wrong is put right
    by another. ``reference`` is the number of a file that is kept elsewhere.
    """

    class Recipient(models.TextChoices):
        COURT = "court", _("A court or tribunal")
        CORONER = "coroner", _("A coroner")
        REQUESTER = "requester", _("Somebody who asked under freedom of information")
        PERSON = "person", _("The person whom it is about")
        POLICE_FORCE = "police_force", _("Another police force")
        COUNCIL = "council", _("A council")
        REGULATOR = "regulator", _("A regulator or inspectorate")
        PANEL = "panel", _("A scrutiny panel")
        OWN_FORCE = "own_force", _("Our own force, as a file")
        OTHER = "other", _("Somebody else")

    class Gateway(models.TextChoices):
        """The legal way by which it left."""

        FOI = "foi", _("Freedom of information")
        SUBJECT_ACCESS = "subject_access", _("A person’s right of access")
        COURT_ORDER = "court_order", _("An order of a court")
        LEGAL_DUTY = "legal_duty", _("Another duty in law")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        PREVENTING_CRIME = "preventing_crime", _("Preventing or detecting crime")
        CONSENT = "consent", _("The institution agreed")
        REPORTING = "reporting", _("Reporting on the partnership")
        PLANNING = "planning", _("Planning contact")

    class Content(models.TextChoices):
        WHOLE = "whole", _("The whole record")
        VISITS = "visits", _("Visits and their notes")
        REQUESTS = "requests", _("Requests and their answers")
        PROMISES = "promises", _("Promises")
        PEOPLE = "people", _("People and their roles")
        TABLE = "table", _("A table in which the institution is named")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = CodeField(choices=Recipient)
    gateway = CodeField(choices=Gateway)
    content = CodeField(choices=Content)
    reference = models.CharField(
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9/.-]*\Z", _("Use letters, digits, dashes and slashes only"))
        ],
    )
    left_on = models.DateField()
    recorded_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-left_on", "-id"], name="disclosure_institution")
        ]

    def __str__(self):
        return f"Disclosure #{self.pk}"
