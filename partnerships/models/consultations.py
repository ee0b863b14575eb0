"""Police ask before they decide: one question to many, co-signed by an umbrella body."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Institution, Tenant
from partnerships.querysets.consultations import (
    ANSWERABLE,
    UNOPENED,
    ConsultationInviteeQuerySet,
    ConsultationQuerySet,
)

from .lengths import require_lengths
from .published import PublishedItem

LABELS = {
    "title": _("Title"),
    "question": _("The question"),
    "open_to_change": _("What is open to change"),
    "not_open": _("What is not, and why"),
    "options": _("The options"),
    "effect": _("Likely effect on people"),
    "materials": _("What there is to read, and in which languages"),
    "events": _("Where it can be talked about"),
}
ADVICE_STATES = {
    "open": _("Waits for advice"),
    "closed": _("The time for advice is over"),
    "reported_back": _("Police have said what they did"),
}
PARTS = tuple(LABELS)
ADVICE_LABELS = {
    "question": _("What advice is asked for"),
    "urgency": _("Why it cannot wait"),
    "withheld": _("What was not disclosed, and why"),
}


class Consultation(Tenant):
    """``institution`` is the police unit that asks; ``co_convenor`` the umbrella body beside it.

    Without ``areas`` (ids) it is for the unit's whole force. ``closes_on`` is the last day. Whom
    it was sent to, ``invitees`` say; the counts are for those who may read no more than numbers.
    ``positions`` counts, once it is considered, how many of each kind of respondent took which
    position, both in the order of ``ConsultationResponse``. The umbrella body's name is kept for
    those who were asked and see nothing else of it.
    """

    class Kind(models.TextChoices):
        """Advice is asked of the umbrella body alone, for hours; it is no consultation."""

        CONSULTATION = "consultation", _("Consultation")
        RAPID_ADVICE = "rapid_advice", _("Advice, not consultation")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CO_SIGNED = "co_signed", _("The umbrella body has had its say")
        OPEN = "open", _("Open for answers")
        CLOSED = "closed", _("Closed, being read")
        CONSIDERING = "considering", _("Being considered")
        DECIDED = "decided", _("Decided")
        REPORTED_BACK = "reported_back", _("Reported back")
        ABANDONED = "abandoned", _("Given up")

    class OwnerRole(models.TextChoices):
        """The rank that decides; it reaches the unit."""

        INSPECTOR = "inspector", _("Inspector")
        COMMANDER = "commander", _("Commander")

    class Visibility(models.TextChoices):
        POLICE = "police", _("Police alone read an answer")
        SHAREABLE = "shareable", _("Police, and the umbrella body where its author says so")

    MOVES = {
        State.DRAFT: {State.CO_SIGNED, State.ABANDONED},
        State.CO_SIGNED: {State.DRAFT, State.OPEN, State.ABANDONED},
        State.OPEN: {State.CLOSED, State.ABANDONED},
        State.CLOSED: {State.CONSIDERING, State.ABANDONED},
        State.CONSIDERING: {State.DECIDED, State.ABANDONED},
        State.DECIDED: {State.REPORTED_BACK},
        State.REPORTED_BACK: set(),
        State.ABANDONED: set(),
    }
    ADVICE_MOVES = {
        State.OPEN: {State.CLOSED, State.REPORTED_BACK},
        State.CLOSED: {State.REPORTED_BACK},
        State.REPORTED_BACK: set(),
    }
    ADVICE_HOURS = (2, 4, 8, 24, 48)
    PARTS = PARTS
    UNOPENED = UNOPENED
    ANSWERABLE = ANSWERABLE

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = CodeField(choices=Kind, default=Kind.CONSULTATION, editable=False)
    state = CodeField(choices=State, default=State.DRAFT)
    state_at = models.DateTimeField()
    title = models.CharField(max_length=120)
    question = models.TextField(max_length=600)
    open_to_change = models.TextField(max_length=1500, blank=True)
    not_open = models.TextField(max_length=1500, blank=True)
    options = models.TextField(max_length=1500, blank=True)
    effect = models.TextField(max_length=1500, blank=True)
    materials = models.TextField(max_length=1500, blank=True)
    events = models.TextField(max_length=1500, blank=True)
    withheld = models.TextField(max_length=1000, blank=True)
    owner_role = CodeField(choices=OwnerRole, default=OwnerRole.INSPECTOR)
    decides_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, editable=False)
    areas = ArrayField(models.BigIntegerField(), default=list, blank=True)
    visibility = CodeField(choices=Visibility, default=Visibility.SHAREABLE)
    co_convenor = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    convenor_name = models.CharField(max_length=200)
    asked_by = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_by = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    convenor_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_public = models.BooleanField(default=False)
    umbrella_public = models.BooleanField(default=False)
    public_item = models.OneToOneField(
        PublishedItem, models.PROTECT, null=True, blank=True, related_name="+"
    )
    objection = models.TextField(max_length=1000, blank=True)
    cosigned_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cosigned_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    urgency = models.TextField(max_length=500, blank=True)
    opened_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    invited_members = models.PositiveIntegerField(default=0, editable=False)
    invited_others = models.PositiveIntegerField(default=0, editable=False)
    answered_members = models.PositiveIntegerField(default=0, editable=False)
    answered_others = models.PositiveIntegerField(default=0, editable=False)
    answered_umbrella = models.PositiveIntegerField(default=0, editable=False)
    positions = ArrayField(
        ArrayField(models.PositiveIntegerField()), default=list, blank=True, editable=False
    )
    decision = models.TextField(max_length=1500, blank=True)
    decided_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    abandonment = models.TextField(max_length=500, blank=True)
    abandoned_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "abandoned"])
                | Q(cosigned_at__isnull=False)
                | Q(kind="rapid_advice"),
                name="consultation_seen_by_the_umbrella",
                violation_error_message=_("The umbrella body has not had its say."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "co_signed"], opened_at__isnull=True)
                | Q(state="abandoned")
                | (~Q(state__in=["draft", "co_signed"]) & Q(opened_at__isnull=False)),
                name="consultation_opened_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(decides_on__isnull=True) | Q(decides_on__gt=F("closes_on")),
                name="consultation_decides_after_it_closes",
                violation_error_message=_(
                    "The day of the decision must come after the last day for answers."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gt=F("closes_on")),
                name="consultation_decided_after_it_closed",
                violation_error_message=_("It cannot be decided before it has closed."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "reported_back"])
                | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="consultation_decided_in_words",
                violation_error_message=_("Say what was decided."),
            ),
            models.CheckConstraint(
                condition=Q(kind="consultation", answer_by__isnull=True, withheld="")
                | (Q(kind="rapid_advice", answer_by__isnull=False) & ~Q(withheld="")),
                name="consultation_advice_says_what_is_withheld",
                violation_error_message=_("Say what you could not tell them, and why."),
            ),
            models.CheckConstraint(
                condition=Q(kind="consultation")
                | Q(
                    state__in=["open", "closed", "reported_back"],
                    closes_on__isnull=True,
                    is_public=False,
                    umbrella_public=False,
                    public_item__isnull=True,
                ),
                name="consultation_advice_is_none",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(urgency=""),
                name="consultation_urgent_with_a_reason",
                violation_error_message=_("Say why it cannot wait."),
            ),
            models.CheckConstraint(
                condition=~Q(state="abandoned") | ~Q(abandonment=""),
                name="consultation_given_up_with_a_reason",
                violation_error_message=_("Say why it is given up."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=Q(kind="rapid_advice", state="open"),
                name="consultation_advice_to_close",
            ),
            models.Index(fields=["force", "-drafted_at", "-id"], name="consultation_force_list"),
            models.Index(fields=["institution", "-id"], name="consultation_unit_list"),
            models.Index(
                fields=["closes_on"], condition=Q(state="open"), name="consultation_to_close"
            ),
            models.Index(
                fields=["id"],
                condition=Q(state="draft", convenor_told_at__isnull=True),
                name="consultation_to_tell",
            ),
        ]

    def __str__(self):
        return f"Consultation #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:consultation-detail", args=[self.ref])

    def clean(self):
        require_lengths(
            self, *PARTS[1:], "withheld", "objection", "urgency", "decision", "abandonment"
        )

    @property
    def unit(self):
        """The police unit that asks; its badge stands wherever the consultation does."""
        return self.institution

    @property
    def is_advice(self):
        return self.kind == self.Kind.RAPID_ADVICE

    @property
    def state_label(self):
        """Its state in words; of advice, nobody reads answers or considers."""
        if self.is_advice and self.takes_answers and self.answered_umbrella:
            return _("Advice was given")
        return ADVICE_STATES[self.state] if self.is_advice else self.get_state_display()

    @property
    def moves(self):
        return self.ADVICE_MOVES if self.is_advice else self.MOVES

    @property
    def is_out(self):
        """Whether it was ever opened; what was given up before that, nobody else reads."""
        return self.opened_at is not None

    @property
    def takes_answers(self):
        return self.state in ANSWERABLE

    @property
    def told(self):
        """The parts below the title, each with its heading; what is empty was not said yet."""
        if self.is_advice:
            return [(label, getattr(self, part)) for part, label in ADVICE_LABELS.items()]
        return [(LABELS[part], getattr(self, part)) for part in PARTS[1:]]

    def missing(self):
        """Return the codes of the parts that say nothing yet."""
        return [part for part in PARTS if not getattr(self, part).strip()]

    @property
    def is_whole(self):
        """Whether nothing is missing that opening needs, so that the umbrella body is asked."""
        return not self.missing() and bool(self.closes_on and self.decides_on)


class ConsultationInvitee(Tenant):
    """An institution that was asked when it opened, the umbrella body among them.

    ``is_member`` says whether it was a member of the umbrella body on that day.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="invitees")
    is_member = models.BooleanField(default=False)
    invited_at = models.DateTimeField()

    objects = ConsultationInviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "consultation"], name="consultation_invitee_once"
            ),
        ]

    def __str__(self):
        return f"ConsultationInvitee #{self.pk}"
