import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Institution, Tenant
from partnerships.querysets.partnerships import LeadAssignmentQuerySet, PartnershipQuerySet

from .meetings import every_field


class Side(models.TextChoices):
    """The two sides of a partnership; ``institution`` is the mosque or umbrella body."""

    POLICE = "police", _("Police")
    INSTITUTION = "institution", _("Mosque or umbrella body")

    @property
    def other(self):
        return Side.INSTITUTION if self == Side.POLICE else Side.POLICE


class Partnership(Tenant):
    """A police unit and a mosque or umbrella body on one shared record.

    A row in state ``not_joined`` exists as soon as a team adds the institution; against it only the
    fact of a visit can be logged.
    """

    class State(models.TextChoices):
        NOT_JOINED = "not_joined", _("Not joined")
        INVITED = "invited", _("Invited")
        APPLIED = "applied", _("Has asked to join")
        VERIFIED = "verified", _("Checked")
        MET = "met", _("Met")
        AGREEMENT_DRAFTED = "agreement_drafted", _("Agreement drafted")
        DECLINED = "declined", _("Asked to be left out")
        ACTIVE = "active", _("Active")
        PAUSED_BY_INSTITUTION = "paused_by_institution", _("Paused by the mosque")
        PAUSED_BY_POLICE = "paused_by_police", _("Paused by police")
        ENDED = "ended", _("Ended")

    MOVES = {
        State.NOT_JOINED: {State.INVITED, State.APPLIED, State.DECLINED, State.ENDED},
        State.INVITED: {State.VERIFIED, State.DECLINED, State.ENDED},
        State.APPLIED: {State.VERIFIED, State.DECLINED, State.ENDED},
        State.VERIFIED: {State.MET, State.DECLINED, State.ENDED},
        State.MET: {State.AGREEMENT_DRAFTED, State.DECLINED, State.ENDED},
        State.AGREEMENT_DRAFTED: {State.ACTIVE, State.MET, State.DECLINED, State.ENDED},
        State.DECLINED: {State.INVITED, State.APPLIED, State.ENDED},
        State.ACTIVE: {State.PAUSED_BY_INSTITUTION, State.PAUSED_BY_POLICE, State.ENDED},
        State.PAUSED_BY_INSTITUTION: {State.ACTIVE, State.ENDED},
        State.PAUSED_BY_POLICE: {State.ACTIVE, State.ENDED},
        State.ENDED: set(),
    }

    # On the way to a signed agreement: the mosque has not joined yet.
    JOINING = (
        State.NOT_JOINED,
        State.INVITED,
        State.APPLIED,
        State.VERIFIED,
        State.MET,
        State.AGREEMENT_DRAFTED,
        State.DECLINED,
    )

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    police_unit = models.ForeignKey(Institution, models.PROTECT, related_name="partnerships_served")
    state = CodeField(choices=State, default=State.NOT_JOINED)
    is_primary = models.BooleanField(default=True)
    cadence_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("How often the mosque wants contact, in days; empty: only when it asks."),
    )
    added_on = models.DateField()
    joined_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    state_since = models.DateField()
    left_alone_until = models.DateField(
        null=True, blank=True, help_text=_("The mosque asked not to be invited before that day.")
    )
    last_contact_on = models.DateField(null=True, blank=True, editable=False)
    senior_months = every_field()
    working_months = every_field()
    meetings_since = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the two sides agreed how often they meet, as it stands."),
    )
    senior_met_on = models.DateField(null=True, blank=True, editable=False)
    working_met_on = models.DateField(null=True, blank=True, editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "police_unit"],
                condition=~models.Q(state="ended"),
                name="partnership_one_live_row_a_pair",
                violation_error_message=_("These two have a partnership already."),
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=models.Q(is_primary=True) & ~models.Q(state="ended"),
                name="partnership_one_primary",
                violation_error_message=_("The institution has a primary partnership already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(institution=models.F("police_unit")),
                name="partnership_of_two",
                violation_error_message=_("A partnership needs two institutions."),
            ),
            models.CheckConstraint(
                condition=models.Q(cadence_days__isnull=True)
                | models.Q(cadence_days__gte=7, cadence_days__lte=730),
                name="partnership_cadence_sensible",
                violation_error_message=_("Choose from 7 to 730 days, or leave it empty."),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "state", "id"], name="partnership_force_state"),
            models.Index(fields=["district", "state", "id"], name="partnership_district_state"),
            models.Index(fields=["police_unit", "state", "id"], name="partnership_unit_state"),
        ]

    def __str__(self):
        return f"Partnership #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:partnership-detail", args=[self.ref])

    @property
    def has_joined(self):
        return self.state == self.State.ACTIVE

    @property
    def may_still_join(self):
        """Whether the mosque has yet to join: only the fact of a visit is kept, and it is told."""
        return self.state in self.JOINING

    @property
    def is_verified(self):
        """Whether the three checks are done, or were before they were kept here."""
        unchecked = (
            self.State.NOT_JOINED,
            self.State.INVITED,
            self.State.APPLIED,
            self.State.DECLINED,
        )
        return self.state not in unchecked

    @property
    def may_draft(self):
        """Whether this is a time at which an agreement can be drafted."""
        return self.state == self.State.MET or self.takes_new_work or self.is_paused

    @property
    def takes_new_work(self):
        """Whether new visits, requests and promises may be recorded whole."""
        return self.state == self.State.ACTIVE

    @property
    def is_paused(self):
        return self.state in (self.State.PAUSED_BY_INSTITUTION, self.State.PAUSED_BY_POLICE)

    def side_of(self, standing):
        """Return the side on which a ``contacts.standing.Standing`` stands here, or None."""
        if self.institution_id in standing.own_ids:
            return Side.INSTITUTION
        if self.police_unit_id in standing.unit_ids or standing.reaches(self.institution):
            return Side.POLICE
        return None


class LeadAssignment(Tenant):
    """Who is the institution's named officer, and who covers. Both are mandatory."""

    class Role(models.TextChoices):
        NAMED_OFFICER = "named_officer", _("Named officer")
        COVER = "cover", _("Cover")

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="leads")
    role = CodeField(choices=Role)
    officer = models.ForeignKey(Contact, models.PROTECT, related_name="lead_assignments")
    held_from = models.DateField()
    held_until = models.DateField(null=True, blank=True)

    objects = LeadAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "role"],
                condition=models.Q(held_until__isnull=True),
                name="lead_assignment_one_of_each",
                violation_error_message=_("Somebody holds that already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["officer"],
                condition=models.Q(held_until__isnull=True),
                name="lead_assignment_open",
            )
        ]

    def __str__(self):
        return f"LeadAssignment #{self.pk}"
