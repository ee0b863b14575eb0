import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Institution, Tenant
from events.querysets.engagements import EngagementQuerySet
from partnerships.models import AgreedMeeting, Commitment, Partnership, Side, Workstream

from .kinds import EngagementKind
from .requests import EngagementRequest


class Engagement(Tenant):
    """Any contact worth recording, planned or held. ``partnership`` hosts; see ``EngagementParty``.

    ``on`` and ``starts`` are London wall-clock; ``starts_at`` is the instant derived from them.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.PLANNED: {State.HELD, State.CANCELLED},
        State.HELD: {State.CANCELLED},
        State.CANCELLED: set(),
    }

    class InitiatedBy(models.TextChoices):
        POLICE = "police", _("Police")
        INSTITUTION = "institution", _("The mosque")
        UMBRELLA = "umbrella", _("The umbrella body")
        JOINT = "joint", _("Both together")
        OTHER = "other", _("Somebody else")

    class Unannounced(models.TextChoices):
        """Why officers came without an appointment."""

        INVITED_ON_THE_DAY = "invited_on_the_day", _("We were asked in on the day")
        PASSING = "passing", _("We were passing and said hello")
        KEEPING_A_PROMISE = "keeping_a_promise", _("To keep a promise")
        REASSURANCE = "reassurance", _("To reassure after something happened")
        OTHER = "other", _("Another reason")

    class CancelReason(models.TextChoices):
        OPERATIONAL = "operational", _("Officers were needed elsewhere")
        MOSQUE_ASKED = "mosque_asked", _("The mosque asked")
        ILLNESS = "illness", _("Illness")
        FUNERAL = "funeral", _("A funeral or another event")
        LOGGED_IN_ERROR = "logged_in_error", _("It was logged in error")
        OTHER = "other", _("Another reason")

    class Photography(models.TextChoices):
        NONE = "none", _("None")
        AGREED = "agreed", _("Agreed by the mosque")

    class PhotographyFor(models.TextChoices):
        POLICE_NEWS = "police_news", _("The police’s news or social media")
        INSTITUTION_NEWS = "institution_news", _("The mosque’s news or social media")
        KEEPSAKE = "keepsake", _("A keepsake, not to be published")

    class BodyWornVideo(models.TextChoices):
        OFF = "off", _("Off")
        BY_AGREEMENT = "by_agreement", _("On, by agreement")
        OPERATIONAL = "operational", _("On, operationally")

    class Hospitality(models.TextChoices):
        NONE = "none", _("None")
        LIGHT = "light", _("Light refreshments")
        MEAL = "meal", _("A meal")
        GIFT = "gift", _("A gift")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="engagements", db_index=False
    )
    request = models.ForeignKey(
        EngagementRequest, models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    lead_unit = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kind = CodeField(choices=EngagementKind)
    meeting = CodeField(
        choices=AgreedMeeting,
        blank=True,
        db_default="",
        help_text=_("Which of the agreed meetings it counts as, once it was held."),
    )
    workstream = models.ForeignKey(
        Workstream, models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    purposes = ArrayField(models.CharField(max_length=40))
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    roles_met = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    initiated_by = CodeField(choices=InitiatedBy)
    funding = models.CharField(
        max_length=200, blank=True, help_text=_("Who pays, where money or equipment is involved.")
    )
    state = CodeField(choices=State)
    was_planned = models.BooleanField(default=False)
    unannounced = CodeField(choices=Unannounced, blank=True)
    invited_at_busy_time = models.BooleanField(default=False)
    on = models.DateField()
    starts = models.TimeField()
    starts_at = models.DateTimeField(editable=False)
    duration_minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=200, blank=True)
    children_present = models.BooleanField(null=True, blank=True)
    children_supervised = models.BooleanField(null=True, blank=True)
    safeguarding_told = models.BooleanField(null=True, blank=True)
    photography = CodeField(choices=Photography, default=Photography.NONE)
    photography_for = CodeField(choices=PhotographyFor, blank=True, db_default="")
    photography_agreed_by = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("The code of a role at the mosque."),
    )
    body_worn_video = CodeField(choices=BodyWornVideo, default=BodyWornVideo.OFF)
    hospitality = CodeField(choices=Hospitality, default=Hospitality.NONE)
    logged_side = CodeField(choices=Side)
    logged_by = models.ForeignKey(Contact, models.PROTECT, related_name="engagements_logged")
    logged_at = models.DateTimeField()
    held_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_recorded_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    client_draft = models.UUIDField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_side = CodeField(choices=Side, blank=True)
    cancel_reason = CodeField(choices=CancelReason, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="held")
                | models.Q(starts_at__lte=models.F("held_recorded_at")),
                name="engagement_held_is_past",
                violation_error_message=_("A visit cannot be logged before it happens."),
            ),
            models.CheckConstraint(
                condition=models.Q(duration_minutes__gte=5, duration_minutes__lte=720),
                name="engagement_duration_sensible",
                violation_error_message=_("Enter a length from 5 minutes to 12 hours."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled")
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancel_reason="")),
                name="engagement_cancelled_with_a_reason",
                violation_error_message=_("Select why it is cancelled."),
            ),
            models.CheckConstraint(
                condition=models.Q(meeting="") | models.Q(kind="meeting"),
                name="engagement_meeting_is_one",
                violation_error_message=_("Only a meeting counts as one that was agreed."),
            ),
            models.UniqueConstraint(
                fields=["institution", "client_draft"],
                condition=models.Q(client_draft__isnull=False),
                name="engagement_draft_logged_once",
                violation_error_message=_("You have logged this visit already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "-starts_at", "-id"],
                include=["initiated_by", "state"],
                name="engagement_timeline",
            ),
            models.Index(fields=["force", "-starts_at", "-id"], name="engagement_force"),
            models.Index(fields=["district", "-starts_at", "-id"], name="engagement_district"),
            models.Index(
                fields=["institution", "-starts_at", "-id"], name="engagement_institution"
            ),
            models.Index(
                fields=["partnership", "-on", "-id"],
                condition=~models.Q(meeting=""),
                name="engagement_agreed_meeting",
            ),
            models.Index(
                fields=["starts_at"],
                condition=models.Q(state="planned"),
                name="engagement_planned",
            ),
        ]

    def __str__(self):
        return f"Engagement #{self.pk}"

    def get_absolute_url(self):
        return reverse("events:visit-detail", args=[self.ref])


class EngagementParty(Tenant):
    """An institution that takes part, through its partnership; the host is one of them.

    ``is_guest`` says that another one hosts; a trigger keeps it, so that the few guests are found
    without reading every host.
    """

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="parties")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="engagement_parties")
    is_guest = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "engagement"], name="engagement_party_once"
            )
        ]
        indexes = [
            models.Index(fields=["engagement", "institution"], name="engagement_party_of"),
            models.Index(
                fields=["institution", "engagement"],
                condition=models.Q(is_guest=True),
                name="engagement_party_guest",
            ),
        ]

    def __str__(self):
        return f"EngagementParty #{self.pk}"


class Attendance(Tenant):
    """An officer at an engagement. Nobody else's presence is ever recorded by name."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="attendances")
    officer = models.ForeignKey(Contact, models.PROTECT, related_name="attendances")
    in_uniform = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "officer"],
                name="attendance_once",
                violation_error_message=_("That officer is listed already."),
            )
        ]

    def __str__(self):
        return f"Attendance #{self.pk}"


class EngagementCommitment(Tenant):
    """A promise that an engagement gave rise to."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="promises")
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="engagement_commitment"
    )

    def __str__(self):
        return f"EngagementCommitment #{self.pk}"


class EngagementFeedback(Tenant):
    """What one side says afterwards: was it what we agreed, and what should happen next."""

    class AsAgreed(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="feedback")
    side = CodeField(choices=Side)
    as_agreed = CodeField(choices=AsAgreed)
    next_words = models.TextField(max_length=1000, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "side"],
                name="engagement_feedback_once_a_side",
                violation_error_message=_("Your side has given feedback already."),
            ),
        ]

    def __str__(self):
        return f"EngagementFeedback #{self.pk}"
