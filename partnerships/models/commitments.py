import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.commitments import CommitmentQuerySet, CommitmentStepQuerySet

from .partnerships import Partnership, Side
from .texts import SharedText, wording_field


class Commitment(Tenant):
    """A promise: one owner, one due day, one side that benefits and alone can call it kept."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the owner to agree")
        AGREED = "agreed", _("Agreed")
        NOT_AGREED = "not_agreed", _("Not agreed")
        DONE_CLAIMED = "done_claimed", _("Said to be done")
        KEPT = "kept", _("Kept")
        KEPT_UNCONFIRMED = "kept_unconfirmed", _("Said to be done, not confirmed")
        COULD_NOT = "could_not", _("Could not be kept")
        RELEASED = "released", _("Released")
        WITHDRAWN = "withdrawn", _("Removed")

    class Rung(models.TextChoices):
        """To whom an overdue police promise climbed; a mosque's never climbs."""

        SERGEANT = "sergeant", _("Sergeant")
        INSPECTOR = "inspector", _("Inspector")
        COMMANDER = "commander", _("Commander")

    MOVES = {
        State.PROPOSED: {State.AGREED, State.NOT_AGREED, State.RELEASED, State.WITHDRAWN},
        State.AGREED: {State.DONE_CLAIMED, State.COULD_NOT, State.RELEASED, State.WITHDRAWN},
        State.DONE_CLAIMED: {
            State.KEPT,
            State.AGREED,
            State.KEPT_UNCONFIRMED,
            State.RELEASED,
            State.WITHDRAWN,
        },
        State.KEPT_UNCONFIRMED: {State.KEPT, State.WITHDRAWN},
        State.NOT_AGREED: {State.WITHDRAWN},
        State.KEPT: {State.WITHDRAWN},
        State.COULD_NOT: {State.WITHDRAWN},
        State.RELEASED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }
    OPEN = (State.PROPOSED, State.AGREED, State.DONE_CLAIMED)
    AWAITED = (State.PROPOSED, State.AGREED)
    EXTENSIONS_OF_ONES_OWN = 2

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="commitments", db_index=False
    )
    workstream = models.ForeignKey(
        "partnerships.Workstream",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    text = models.TextField(max_length=500, blank=True)
    owner_side = CodeField(choices=Side)
    owner = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="commitments_owned"
    )
    due_on = models.DateField()
    original_due_on = models.DateField(editable=False)
    state = CodeField(choices=State, default=State.PROPOSED)
    state_at = models.DateTimeField()
    extensions = models.PositiveSmallIntegerField(default=0, editable=False)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    proposed_side = CodeField(choices=Side)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    escalated_to = CodeField(choices=Rung, blank=True, editable=False)
    withdrawal = CodeField(choices=SharedText.Withdrawal, blank=True, editable=False)
    wording = wording_field()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="withdrawn") | ~models.Q(text=""),
                name="commitment_says_something",
                violation_error_message=_("Enter what is promised."),
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("original_due_on")),
                name="commitment_never_due_earlier",
                violation_error_message=_("The new day must come after the day first agreed."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-proposed_at", "-id"], name="commitment_timeline"),
            models.Index(
                fields=["partnership", "due_on"],
                include=["owner_side", "state"],
                name="commitment_due",
            ),
            models.Index(
                fields=["partnership", "due_on"],
                condition=models.Q(state="agreed"),
                name="commitment_open",
            ),
            models.Index(
                fields=["partnership", "due_on"],
                condition=models.Q(state__in=["proposed", "agreed", "done_claimed"]),
                name="commitment_not_over",
            ),
            models.Index(
                fields=["institution", "-proposed_at", "-id"], name="commitment_institution_line"
            ),
            models.Index(fields=["force", "due_on", "id"], name="commitment_force_due"),
            models.Index(fields=["institution", "due_on", "id"], name="commitment_institution_due"),
            models.Index(
                fields=["due_on"],
                condition=models.Q(state__in=["proposed", "agreed"]),
                name="commitment_sweep_due",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=models.Q(state="done_claimed"),
                name="commitment_sweep_claimed",
            ),
        ]

    def __str__(self):
        return f"Commitment #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:promise-detail", args=[self.ref])

    def clean(self):
        if len(self.text) > 500:
            raise ValidationError({"text": _("The promise must be 500 characters or fewer.")})

    @property
    def beneficiary_side(self):
        return Side(self.owner_side).other

    @property
    def claim(self):
        """The step that said it was done, while that stands; reads the loaded steps."""
        if self.state not in (self.State.DONE_CLAIMED, self.State.KEPT_UNCONFIRMED):
            return None
        claims = [s for s in self.steps.all() if s.move == CommitmentStep.Move.DONE_CLAIMED]
        return claims[-1] if claims else None

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def was_moved(self):
        return self.due_on != self.original_due_on

    @property
    def next_extension_needs_a_senior(self):
        return self.extensions >= self.EXTENSIONS_OF_ONES_OWN

    def is_overdue(self, on):
        return self.state in self.AWAITED and self.due_on < on


class CommitmentStep(Tenant):
    """One move of a promise with the words said at it; both sides read the same."""

    class Move(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        NOT_AGREED = "not_agreed", _("Not agreed")
        EXTENDED = "extended", _("New day")
        DONE_CLAIMED = "done_claimed", _("Said to be done")
        KEPT = "kept", _("Confirmed as kept")
        REOPENED = "reopened", _("Not done yet")
        KEPT_UNCONFIRMED = "kept_unconfirmed", _("No reply within the time to confirm")
        COULD_NOT = "could_not", _("Could not be kept")
        RELEASED = "released", _("Released")
        REASSIGNED = "reassigned", _("Handed over")
        RANG = "rang", _("Rang the other side")
        TO_SERGEANT = "to_sergeant", _("Late: passed to the sergeant")
        TO_INSPECTOR = "to_inspector", _("Late: passed to the inspector")
        TO_COMMANDER = "to_commander", _("Late: passed to the commander")
        WITHDRAWN = "withdrawn", _("Removed")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    move = CodeField(choices=Move)
    side = CodeField(choices=Side, blank=True)
    by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=1000, blank=True)
    due_on = models.DateField(null=True, blank=True)
    handed_to = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    wording = wording_field()

    objects = CommitmentStepQuerySet.as_manager()

    def __str__(self):
        return f"CommitmentStep #{self.pk}"

    def get_absolute_url(self):
        return self.commitment.get_absolute_url()

    def clean(self):
        if len(self.words) > 1000:
            raise ValidationError({"words": _("This must be 1,000 characters or fewer.")})
