import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Institution, Language, RoleType, Tenant
from events.querysets.requests import EngagementRequestQuerySet, RequestStepQuerySet
from partnerships.models import Partnership, Side
from partnerships.models.texts import wording_field

from .kinds import EngagementKind


class EngagementRequest(Tenant):
    """One side asks the other for an engagement and is answered by a person within 72 hours."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for an answer")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ALTERNATIVE_PROPOSED = "alternative_proposed", _("Another time or way proposed")
        DECLINE_ASKED = "decline_asked", _("With the inspector")
        ACCEPTED = "accepted", _("Accepted")
        SCHEDULED = "scheduled", _("In the calendar")
        FEEDBACK_DUE = "feedback_due", _("Held; feedback due")
        CLOSED = "closed", _("Closed")
        REDIRECTED = "redirected", _("Passed to another team")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CANCELLED_BY_POLICE = "cancelled_by_police", _("Cancelled by police")

    MOVES = {
        State.SUBMITTED: {State.ACKNOWLEDGED, State.WITHDRAWN},
        State.ACKNOWLEDGED: {
            State.ACCEPTED,
            State.ALTERNATIVE_PROPOSED,
            State.REDIRECTED,
            State.DECLINE_ASKED,
            State.DECLINED,
            State.WITHDRAWN,
        },
        State.ALTERNATIVE_PROPOSED: {State.ACCEPTED, State.ACKNOWLEDGED, State.WITHDRAWN},
        State.DECLINE_ASKED: {State.DECLINED, State.ACKNOWLEDGED, State.WITHDRAWN},
        State.ACCEPTED: {State.SCHEDULED, State.WITHDRAWN},
        State.SCHEDULED: {
            State.FEEDBACK_DUE,
            State.CANCELLED_BY_POLICE,
            State.WITHDRAWN,
        },
        State.FEEDBACK_DUE: {State.CLOSED},
        State.CANCELLED_BY_POLICE: {State.SCHEDULED, State.WITHDRAWN},
        State.REDIRECTED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
        State.CLOSED: set(),
    }

    class Urgency(models.TextChoices):
        ROUTINE = "routine", _("No hurry")
        WITHIN_2_WEEKS = "within_2_weeks", _("Within two weeks")
        THIS_WEEK = "this_week", _("This week")

    class Channel(models.TextChoices):
        """How the request reached us; anything but the portal was captured on behalf."""

        PORTAL = "portal", _("Through the portal")
        PHONE = "phone", _("By phone")
        IN_PERSON = "in_person", _("In person")
        LETTER = "letter", _("By letter")
        MESSAGE = "message", _("By message or e-mail")

    class Recourse(models.TextChoices):
        NONE = "none", _("Not used")
        WITH_INSPECTOR = "with_inspector", _("With the inspector")
        WITH_COMMANDER = "with_commander", _("With the commander")
        ANSWERED = "answered", _("Answered")

    class Band(models.TextChoices):
        UP_TO_5 = "1-5", _("1 to 5")
        UP_TO_20 = "6-20", _("6 to 20")
        UP_TO_50 = "21-50", _("21 to 50")
        UP_TO_200 = "51-200", _("51 to 200")
        OVER_200 = "200+", _("More than 200")

    class DeclineReason(models.TextChoices):
        NOT_POLICE = "not_police", _("It is not something police can do")
        NO_CAPACITY = "no_capacity", _("There is nobody free to do it properly")
        CONFLICT = "conflict", _("It conflicts with an operation or a legal duty")
        OTHER = "other", _("Another reason")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=10, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="requests", db_index=False
    )
    raised_side = CodeField(choices=Side)
    raised_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    channel = CodeField(choices=Channel, default=Channel.PORTAL)
    asked_role = models.ForeignKey(
        RoleType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    kind = CodeField(choices=EngagementKind)
    purposes = ArrayField(models.CharField(max_length=40))
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    why = models.TextField(max_length=1500, blank=True)
    times_to_avoid = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    expected_band = CodeField(choices=Band, blank=True)
    children_likely = models.BooleanField(default=False)
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    wants_woman_officer = models.BooleanField(default=False)
    wants_known_officer = models.BooleanField(default=False)
    urgency = CodeField(choices=Urgency, default=Urgency.ROUTINE)
    share_with_umbrella = models.BooleanField(default=False)
    state = CodeField(choices=State, default=State.SUBMITTED)
    state_at = models.DateTimeField()
    submitted_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    attending = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="requests_attending"
    )
    police_counters = models.PositiveSmallIntegerField(default=0, editable=False)
    institution_counters = models.PositiveSmallIntegerField(default=0, editable=False)
    decline_reason = CodeField(choices=DeclineReason, blank=True)
    decline_asked_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    redirected_to = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    warm_handover = models.BooleanField(
        null=True, blank=True, help_text=_("Whether somebody has spoken to the team it went to.")
    )
    recourse = CodeField(choices=Recourse, default=Recourse.NONE)
    recourse_at = models.DateTimeField(null=True, blank=True)
    recourse_answered_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    wording = wording_field()

    objects = EngagementRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(police_counters__lte=1, institution_counters__lte=1),
                name="request_one_counter_each_way",
                violation_error_message=_("Each side has proposed once. Please ring."),
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True)
                | models.Q(acknowledged_at__gte=models.F("submitted_at")),
                name="request_acknowledged_after_it_came",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "-submitted_at", "-id"],
                include=["acknowledged_at"],
                name="request_timeline",
            ),
            models.Index(
                fields=["partnership", "submitted_at"],
                condition=models.Q(state="submitted"),
                name="request_unacknowledged",
            ),
            models.Index(fields=["force", "-submitted_at", "-id"], name="request_force"),
            models.Index(
                fields=["institution", "-submitted_at", "-id"], name="request_institution"
            ),
            models.Index(
                fields=["recourse_at"],
                condition=models.Q(recourse="with_inspector"),
                name="request_sweep_recourse",
            ),
            models.Index(
                fields=["held_at"],
                condition=models.Q(state="feedback_due"),
                name="request_sweep_feedback",
            ),
        ]

    def __str__(self):
        return f"EngagementRequest #{self.pk}"

    def get_absolute_url(self):
        return reverse("events:request-detail", args=[self.ref])

    @property
    def answering_side(self):
        return Side(self.raised_side).other

    @property
    def written_side(self):
        """The side whose people wrote it down: police, where somebody rang."""
        return self.raised_side if self.channel == self.Channel.PORTAL else Side.POLICE

    @property
    def is_open(self):
        return bool(self.MOVES[self.State(self.state)])


class RequestSlot(Tenant):
    """A time that a side could do: a London day, a wall-clock start, a length."""

    request = models.ForeignKey(EngagementRequest, models.PROTECT, related_name="slots")
    side = CodeField(choices=Side)
    round = models.PositiveSmallIntegerField(default=0)
    on = models.DateField()
    starts = models.TimeField()
    duration_minutes = models.PositiveSmallIntegerField(default=60)

    def __str__(self):
        return f"RequestSlot #{self.pk}"


class RequestStep(Tenant):
    """One move of a request with the words said at it; both sides read the same."""

    class Move(models.TextChoices):
        SUBMITTED = "submitted", _("Asked")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ACCEPTED = "accepted", _("Accepted")
        COUNTERED = "countered", _("Another time or way proposed")
        RANG = "rang", _("Spoke by phone")
        REDIRECTED = "redirected", _("Passed to another team")
        DECLINE_ASKED = "decline_asked", _("Inspector asked to decide")
        DECLINE_REFUSED = "decline_refused", _("Inspector did not agree to decline")
        DECLINED = "declined", _("Declined")
        SCHEDULED = "scheduled", _("Put in the calendar")
        MOVED = "moved", _("Moved to another time")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled by police")
        RECOURSE = "recourse", _("Asked the inspector to step in")
        RECOURSE_ANSWERED = "recourse_answered", _("The inspector answered")
        TO_COMMANDER = "to_commander", _("Passed up to the commander")
        FEEDBACK = "feedback", _("Feedback given")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REASSIGNED = "reassigned", _("Handed to another officer")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(EngagementRequest, models.PROTECT, related_name="steps")
    move = CodeField(choices=Move)
    side = CodeField(choices=Side, blank=True)
    by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=1500, blank=True)
    wording = wording_field()

    objects = RequestStepQuerySet.as_manager()

    def __str__(self):
        return f"RequestStep #{self.pk}"

    def get_absolute_url(self):
        return self.request.get_absolute_url()
