import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.institutions import (
    InstitutionQuerySet,
    MembershipQuerySet,
    WeeklyTimeQuerySet,
)
from contacts.standing import INVITED_FUNCTIONS

from .areas import PolicingArea
from .tenancy import Tenant


class Institution(models.Model):
    """Any organisation in the portal: a mosque, an umbrella body, a police team, a panel."""

    class Kind(models.TextChoices):
        MOSQUE = "mosque", _("Mosque")
        ISLAMIC_CENTRE = "islamic_centre", _("Islamic centre")
        MADRASAH = "madrasah", _("Madrasah")
        UMBRELLA_BODY = "umbrella_body", _("Umbrella body")
        COUNCIL = "council", _("Council")
        SCHOOL = "school", _("School")
        CHARITY_OTHER = "charity_other", _("Other charity")
        POLICE_TEAM = "police_team", _("Police team")
        POLICE_UNIT = "police_unit", _("Police unit")
        POLICE_FORCE = "police_force", _("Police force")
        PANEL = "panel", _("Scrutiny panel")

    class UnitFunction(models.TextChoices):
        """What a police unit is for; shown as a badge wherever the unit or its people are."""

        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood policing")
        COMMUNITY_ENGAGEMENT = "community_engagement", _("Community engagement")
        HATE_CRIME = "hate_crime", _("Hate crime")
        PROTECTIVE_SECURITY = "protective_security", _("Protective security")
        COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism")
        RECRUITMENT = "recruitment", _("Recruitment")
        TRAINING = "training", _("Training")

    class DropIn(models.TextChoices):
        """What the mosque wants of officers who come without an appointment."""

        WELCOME = "welcome", _("You are welcome to drop in")
        ENTRANCE_ONLY = "entrance_only", _("Drop in, but stay at the entrance")
        CALL_FIRST = "please_call_first", _("Please call first")

    POLICE_KINDS = (Kind.POLICE_TEAM, Kind.POLICE_UNIT, Kind.POLICE_FORCE)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = CodeField(choices=Kind)
    name = models.CharField(max_length=200)
    local_name = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey(PolicingArea, models.PROTECT, related_name="institutions")
    force = models.ForeignKey(
        PolicingArea, models.PROTECT, related_name="+", blank=True, editable=False, db_index=False
    )
    district = models.ForeignKey(
        PolicingArea, models.PROTECT, related_name="+", blank=True, editable=False, db_index=False
    )
    public_phone = models.CharField(max_length=30, blank=True)
    inbox_email = models.EmailField(
        blank=True, help_text=_("A shared inbox, so that nothing waits for one person.")
    )
    unit_function = CodeField(choices=UnitFunction, blank=True)
    drop_in = CodeField(choices=DropIn, default=DropIn.CALL_FIRST)
    before_you_come = models.TextField(max_length=2000, blank=True)
    before_you_come_at = models.DateTimeField(null=True, blank=True, editable=False)
    added_on = models.DateField()
    joined_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("From then on its own leads speak for it, whatever comes after."),
    )
    leads_ended_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Its leads stood down together, and nobody has come in their place yet."),
    )
    ended_on = models.DateField(null=True, blank=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["police_team", "police_unit"])
                | ~models.Q(unit_function=""),
                name="institution_police_unit_says_what_it_is_for",
                violation_error_message=_("Select what the unit is for."),
            ),
            models.UniqueConstraint(
                fields=["force", "area", "name"],
                condition=models.Q(ended_on__isnull=True),
                name="institution_named_once_in_an_area",
                violation_error_message=_("There is an institution of that name in that area."),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "name", "id"], name="institution_force_name"),
            models.Index(fields=["district", "name", "id"], name="institution_district_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("institution-detail", args=[self.ref])

    @property
    def has_joined(self):
        return self.joined_on is not None

    @property
    def is_police(self):
        return self.kind in self.POLICE_KINDS

    @property
    def is_invited_unit(self):
        """Whether it is a unit that sees nothing unless a mosque invites it."""
        return self.unit_function in INVITED_FUNCTIONS


class Membership(models.Model):
    """A member institution of an umbrella body, with its role there, from a day until a day."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        COMMITTEE = "committee", _("Member, on the committee")
        CHAIR = "chair", _("Member, in the chair")

    umbrella = models.ForeignKey(Institution, models.PROTECT, related_name="memberships_held")
    member = models.ForeignKey(Institution, models.PROTECT, related_name="memberships")
    role = CodeField(choices=Role, default=Role.MEMBER, db_default=Role.MEMBER)
    member_from = models.DateField()
    member_until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["umbrella", "member"],
                condition=models.Q(member_until__isnull=True),
                name="membership_once",
                violation_error_message=_("It is a member already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(umbrella=models.F("member")),
                name="membership_of_another",
                violation_error_message=_("A body cannot be its own member."),
            ),
        ]

    def __str__(self):
        return f"Membership #{self.pk}"


class WeeklyTime(Tenant):
    """A time of the week that an institution keeps for itself, typed by the institution.

    Wall-clock London time. Police see "busy", with the institution's own label.
    """

    class Kind(models.TextChoices):
        JUMUAH = "jumuah", _("Jumuʿah")
        PRAYER = "prayer", _("Prayer")
        MADRASAH = "madrasah", _("Madrasah")
        OTHER = "other", _("Other")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    kind = CodeField(choices=Kind)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()
    kept_from = models.DateField()
    kept_until = models.DateField(null=True, blank=True)

    objects = WeeklyTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="weekly_time_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
        ]
        indexes = [models.Index(fields=["institution", "weekday"], name="weekly_time_institution")]

    def __str__(self):
        return f"WeeklyTime #{self.pk}"
