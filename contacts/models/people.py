import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from config.web.sealed import SealedCharField, SealedEmailField
from contacts.querysets.people import (
    ContactQuerySet,
    DeputyshipQuerySet,
    InvitationQuerySet,
    RoleHoldingQuerySet,
)

from .reference import Language, Rank, RoleType
from .tenancy import Tenant
from .users import User


class Contact(Tenant):
    """A person who holds a public-facing role, on either side.

    Until the person agrees to be named, others see the role instead. Officers are always named.
    ``institution`` is the person's home; further roles are further ``RoleHolding``s.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    name = models.CharField(max_length=200)
    name_agreed_on = models.DateField(null=True, blank=True)
    shown_role = models.ForeignKey(
        RoleType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone = SealedCharField(max_length=30, blank=True)
    email = SealedEmailField(blank=True, help_text=_("Where mail goes; it may be shared."))
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    not_asked_for_information = models.BooleanField(
        default=False, help_text=_("“I do not wish to be asked for information.”")
    )
    added_on = models.DateField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["institution", "name", "id"], name="contact_institution_name"),
            models.Index(fields=["force"], name="contact_force"),
        ]

    def __str__(self):
        return f"Contact #{self.pk}"

    @property
    def is_named(self):
        return self.name_agreed_on is not None


class OfficerProfile(Tenant):
    """What makes a contact an officer. Never an officer's religion, never a comfort rating."""

    class Prefix(models.TextChoices):
        """Whether the rank is held for good, in somebody's place, or for a time."""

        ACTING = "acting", _("Acting")
        TEMPORARY = "temporary", _("Temporary")

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="officer")
    rank = models.ForeignKey(Rank, models.PROTECT, related_name="+")
    prefix = CodeField(choices=Prefix, blank=True, default="", db_default="")
    is_detective = models.BooleanField(default=False)
    shoulder_number = models.CharField(max_length=20, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    def __str__(self):
        return f"OfficerProfile #{self.pk}"


class RoleHolding(Tenant):
    """A person's role at an institution, from a day until a day (that day excluded).

    ``access_role`` says what the person may do here; without one, nothing.
    """

    class AccessRole(models.TextChoices):
        MOSQUE_LEAD = "mosque_lead", _("Lead of the institution")
        MOSQUE_MEMBER = "mosque_member", _("Member of the institution")
        MOSQUE_SAFETY = "mosque_safety", _("Safety lead of the institution")
        UMBRELLA_LEAD = "umbrella_lead", _("Lead of an umbrella body")
        OFFICER = "officer", _("Officer")
        SERGEANT = "sergeant", _("Sergeant")
        INSPECTOR = "inspector", _("Inspector")
        COMMANDER = "commander", _("Commander")
        COORDINATOR = "coordinator", _("Coordinator")
        LIAISON = "liaison", _("Liaison officer")
        INVITED_UNIT = "invited_unit", _("Invited unit")
        SCRUTINEER = "scrutineer", _("Scrutiny panel member")
        RECORDS_OFFICER = "records_officer", _("Records officer")
        PLATFORM_ADMIN = "platform_admin", _("Platform administrator")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="holdings")
    role_type = models.ForeignKey(RoleType, models.PROTECT, null=True, blank=True, related_name="+")
    access_role = CodeField(choices=AccessRole, blank=True)
    held_from = models.DateField()
    held_until = models.DateField(null=True, blank=True)

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_until__isnull=True)
                | models.Q(held_until__gte=models.F("held_from")),
                name="role_holding_ends_after_it_begins",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.UniqueConstraint(
                fields=["institution", "contact", "access_role"],
                condition=models.Q(held_until__isnull=True),
                name="role_holding_once",
                violation_error_message=_("They hold that role already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "access_role"],
                condition=models.Q(held_until__isnull=True),
                name="role_holding_open",
            )
        ]

    def __str__(self):
        return f"RoleHolding #{self.pk}"


class Deputyship(Tenant):
    """Who acts for the holder of a role while they are away, from a day until a day."""

    holding = models.ForeignKey(RoleHolding, models.PROTECT, related_name="deputyships")
    deputy = models.ForeignKey(Contact, models.PROTECT, related_name="deputyships")
    acts_from = models.DateField()
    acts_until = models.DateField(null=True, blank=True)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acts_until__isnull=True)
                | models.Q(acts_until__gt=models.F("acts_from")),
                name="deputyship_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            )
        ]

    def __str__(self):
        return f"Deputyship #{self.pk}"

    @property
    def last_day(self):
        return self.acts_until and self.acts_until - timedelta(days=1)


class Invitation(Tenant):
    """A way in for one person: a token, of which only the digest is kept."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    by_card = models.BooleanField(default=False, db_default=False, editable=False)
    invited_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "-invited_at"], name="invitation_list")]

    def __str__(self):
        return f"Invitation #{self.pk}"


class Preferences(models.Model):
    """How a person wants to be written to. Hours are London wall-clock."""

    class Cadence(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")
        OFF = "off", _("Never")

    user = models.OneToOneField(User, models.PROTECT, related_name="preferences")
    digest = CodeField(choices=Cadence, default=Cadence.WEEKLY)
    digest_weekday = models.PositiveSmallIntegerField(
        choices=[
            (0, _("Monday")),
            (1, _("Tuesday")),
            (2, _("Wednesday")),
            (3, _("Thursday")),
            (4, _("Friday")),
            (5, _("Saturday")),
            (6, _("Sunday")),
        ],
        default=0,
    )
    digest_hour = models.PositiveSmallIntegerField(default=8)
    reminders = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_weekday__lte=6),
                name="preferences_weekday_exists",
                violation_error_message=_("Select a day of the week."),
            ),
            models.CheckConstraint(
                condition=models.Q(digest_hour__gte=8) & models.Q(digest_hour__lte=20),
                name="preferences_hour_is_in_the_day",
                violation_error_message=_("Choose an hour from 8 to 20; nights are kept quiet."),
            ),
        ]

    def __str__(self):
        return f"Preferences #{self.pk}"
