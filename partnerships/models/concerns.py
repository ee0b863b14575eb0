"""What worries people, how police answered it, and what became of it."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, RoleType, Tenant, Topic
from partnerships.querysets.concerns import ConcernQuerySet, ConcernStepQuerySet

from .partnerships import Partnership, Side
from .texts import SharedText, wording_field


class Concern(Tenant):
    """One concern of a mosque or umbrella body; police answer it, the side that raised it closes.

    Its words are shared texts, each carried by the step at which they were said.
    """

    class State(models.TextChoices):
        RAISED = "raised", _("Waiting for a person’s answer")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        PASSED_TO_COMPLAINTS = "passed_to_complaints", _("Passed on as a formal complaint")
        IN_HAND = "in_hand", _("In hand")
        ANSWERED = "answered", _("Answered")
        ACCEPTED = "accepted", _("Answer accepted")
        CHALLENGED = "challenged", _("Answer challenged")
        ESCALATED = "escalated", _("With a higher level")
        CLOSED = "closed", _("Closed")
        CLOSED_NOT_AGREED = "closed_not_agreed", _("Closed without agreement")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        State.RAISED: {State.ACKNOWLEDGED, State.WITHDRAWN},
        State.ACKNOWLEDGED: {State.PASSED_TO_COMPLAINTS, State.IN_HAND, State.WITHDRAWN},
        State.IN_HAND: {State.ANSWERED, State.WITHDRAWN},
        State.ANSWERED: {State.ACCEPTED, State.CHALLENGED, State.WITHDRAWN},
        State.ACCEPTED: {State.CLOSED, State.WITHDRAWN},
        State.CHALLENGED: {State.ESCALATED, State.WITHDRAWN},
        State.ESCALATED: {State.ANSWERED, State.CLOSED_NOT_AGREED, State.WITHDRAWN},
        State.PASSED_TO_COMPLAINTS: set(),
        State.CLOSED: set(),
        State.CLOSED_NOT_AGREED: set(),
        State.WITHDRAWN: set(),
    }
    OPEN = tuple(state for state, onward in MOVES.items() if onward)

    class About(models.TextChoices):
        POLICY = "policy", _("A policy")
        OPERATION = "operation", _("An operation that is already public")
        INCIDENT = "incident", _("Something that happened")
        SERVICE = "service", _("A service, or how it was given")
        PORTAL = "portal", _("Something in this portal")

    class Urgency(models.TextChoices):
        ROUTINE = "routine", _("No hurry")
        WITHIN_2_WEEKS = "within_2_weeks", _("Within two weeks")
        THIS_WEEK = "this_week", _("This week")

    class Choice(models.TextChoices):
        ANSWER = "answer", _("We want an answer")
        COMPLAINT = "complaint", _("We want this to be a formal complaint")
        HELP_ME_DECIDE = "help_me_decide", _("Help us decide")

    class Channel(models.TextChoices):
        """How it was raised; all but the portal was written down by an officer."""

        PORTAL = "portal", _("Through the portal")
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By phone")
        LETTER = "letter", _("By letter")

    class Audience(models.TextChoices):
        SIDES = "sides", _("Only the two sides")
        MEMBERS = "members", _("The members of our umbrella body, too")
        PUBLIC = "public", _("Everybody")

    class Level(models.IntegerChoices):
        """Who owes the answer: whoever was named first, and after a challenge the next one up."""

        FIRST = 0, _("First answer")
        INSPECTOR = 1, _("Level 1: inspector")
        COMMANDER = 2, _("Level 2: commander")
        PANEL = 3, _("Level 3: independent panel")

    class Rung(models.TextChoices):
        """To whom a late answer climbed."""

        SERGEANT = "sergeant", _("Sergeant")
        INSPECTOR = "inspector", _("Inspector")
        COMMANDER = "commander", _("Commander")

    class Recourse(models.TextChoices):
        NONE = "none", _("Not used")
        WITH_INSPECTOR = "with_inspector", _("With the inspector")
        WITH_COMMANDER = "with_commander", _("With the commander")
        ANSWERED = "answered", _("Answered")

    class Closing(models.TextChoices):
        """Where the wording of “you said, we did” stands, once the answer is accepted."""

        NONE = "none", _("Not written")
        PROPOSED = "proposed", _("Waiting for those who raised it")
        REWORDING = "rewording", _("Other words asked for")
        APPROVED = "approved", _("Approved")

    class Outcome(models.TextChoices):
        DID = "did", _("We did")
        COULD_NOT = "could_not", _("We could not")
        BOTH = "both", _("We did some, and could not do some")

    class Settled(models.TextChoices):
        YES = "yes", _("Still settled")
        NO = "no", _("No longer settled")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=10, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="concerns", db_index=False
    )
    raised_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    asked_role = models.ForeignKey(
        RoleType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    channel = CodeField(choices=Channel, default=Channel.PORTAL)
    for_unnamed_member = models.BooleanField(default=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", db_index=False)
    about = CodeField(choices=About)
    urgency = CodeField(choices=Urgency, default=Urgency.ROUTINE)
    may_see = CodeField(choices=Audience, default=Audience.SIDES)
    choice = CodeField(choices=Choice, default=Choice.ANSWER)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    state = CodeField(choices=State, default=State.RAISED)
    state_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    answerer = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="concerns_to_answer"
    )
    first_answerer = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    first_due_on = models.DateField(null=True, blank=True, editable=False)
    first_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FIRST)
    challenges = models.PositiveSmallIntegerField(default=0, editable=False)
    late_with = CodeField(choices=Rung, blank=True, editable=False)
    recourse = CodeField(choices=Recourse, default=Recourse.NONE)
    recourse_at = models.DateTimeField(null=True, blank=True, editable=False)
    recourse_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    complaint_reference = models.CharField(
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9][A-Za-z0-9/-]{2,}$", _("Enter the number alone, like CO/01234/26.")
            )
        ],
    )
    panel_viewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closing = CodeField(choices=Closing, default=Closing.NONE)
    outcome = CodeField(choices=Outcome, blank=True, editable=False)
    audience = CodeField(choices=Audience, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled = CodeField(choices=Settled, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True)
                | models.Q(acknowledged_at__gte=models.F("raised_at")),
                name="concern_acknowledged_after_it_came",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="passed_to_complaints")
                | (models.Q(choice="complaint") & ~models.Q(complaint_reference="")),
                name="concern_passed_on_as_they_chose",
                violation_error_message=_("Only those who raised it can choose a complaint."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closing="approved"),
                name="concern_closed_with_approved_words",
                violation_error_message=_("Those who raised it approve the words first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed_not_agreed")
                | models.Q(panel_viewed_at__isnull=False),
                name="concern_panel_before_no_agreement",
                violation_error_message=_("The panel gives its view first."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-raised_at", "-id"], name="concern_timeline"),
            models.Index(fields=["institution", "-raised_at", "-id"], name="concern_institution"),
            models.Index(fields=["force", "-raised_at", "-id"], name="concern_force"),
            models.Index(
                fields=["due_on"],
                condition=models.Q(
                    state__in=["acknowledged", "in_hand", "challenged", "escalated"]
                ),
                name="concern_sweep_due",
            ),
            models.Index(
                fields=["state_at"],
                condition=models.Q(state__in=["raised", "challenged"]),
                name="concern_sweep_state",
            ),
            models.Index(
                fields=["recourse_at"],
                condition=models.Q(recourse="with_inspector"),
                name="concern_sweep_recourse",
            ),
        ]

    def __str__(self):
        return f"Concern #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:concern-detail", args=[self.ref])

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def takes_promises(self):
        """Whether a promise may still follow from its answer."""
        return self.is_open and self.first_answered_at is not None

    @property
    def level_name(self):
        return self.Level(self.level).label

    @property
    def was_written_down(self):
        return self.channel != self.Channel.PORTAL


class ConcernStep(Tenant):
    """One move of a concern; both sides read it, with the words or the shared text said at it."""

    class Move(models.TextChoices):
        RAISED = "raised", _("Raised")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        CHOSE = "chose", _("Chose what it should be")
        PASSED_TO_COMPLAINTS = "passed_to_complaints", _("Passed on as a formal complaint")
        REASSIGNED = "reassigned", _("Handed to another officer")
        IN_HAND = "in_hand", _("Taken in hand")
        UPDATED = "updated", _("Word on how it stands")
        ANSWERED = "answered", _("Answered")
        ACCEPTED = "accepted", _("Answer accepted")
        CHALLENGED = "challenged", _("Answer challenged")
        ESCALATED = "escalated", _("Taken up at the next level")
        PANEL_VIEW = "panel_view", _("The panel’s view")
        STATEMENT = "statement", _("A side’s own statement")
        CLOSING_PROPOSED = "closing_proposed", _("“You said, we did” proposed")
        REWORDING = "rewording", _("Other words asked for")
        CLOSED = "closed", _("Closed by those who raised it")
        CLOSED_NOT_AGREED = "closed_not_agreed", _("Closed without agreement")
        SETTLED = "settled", _("Asked after four weeks: still settled")
        UNSETTLED = "unsettled", _("Asked after four weeks: no longer settled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RECOURSE = "recourse", _("Asked the inspector to step in")
        RECOURSE_ANSWERED = "recourse_answered", _("The inspector or commander answered")
        RECOURSE_CLIMBED = "recourse_climbed", _("Passed up to the commander")
        TO_SERGEANT = "to_sergeant", _("Late: passed to the sergeant")
        TO_INSPECTOR = "to_inspector", _("Late: passed to the inspector")
        TO_COMMANDER = "to_commander", _("Late: passed to the commander")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="steps")
    move = CodeField(choices=Move)
    side = CodeField(choices=Side, blank=True)
    by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(choices=Concern.Level, default=Concern.Level.FIRST)
    words = models.TextField(max_length=1500, blank=True)
    wording = wording_field()
    text = models.OneToOneField(
        SharedText, models.PROTECT, null=True, blank=True, related_name="concern_step"
    )
    due_on = models.DateField(null=True, blank=True)

    objects = ConcernStepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["concern", "at", "id"], name="concern_step_history")]

    def __str__(self):
        return f"ConcernStep #{self.pk}"

    def get_absolute_url(self):
        return self.concern.get_absolute_url()
