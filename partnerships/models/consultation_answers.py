"""What institutions answer to a consultation, the themes found in it, and what came of each."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.consultation_answers import (
    ConsultationResponseQuerySet,
    ConsultationThemeQuerySet,
)

from .commitments import Commitment
from .consultations import Consultation
from .lengths import require_lengths
from .partnerships import Side


class ConsultationResponse(Tenant):
    """One answer of an institution; a later one supersedes it and the earlier stays.

    ``themes`` (ids) are those that a coder found in it.
    """

    class Capacity(models.TextChoices):
        """Counted apart and never merged."""

        MEMBER = "member", _("A member of the umbrella body, for itself")
        OTHER = "other", _("An institution that is no member, for itself")
        UMBRELLA = "umbrella", _("The umbrella body, as a body")

    class Position(models.TextChoices):
        FOR = "for", _("We agree")
        WITH_CHANGES = "with_changes", _("We agree if things change")
        AGAINST = "against", _("We disagree")
        NEITHER = "neither", _("Neither: we say something else")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="responses")
    capacity = CodeField(choices=Capacity)
    position = CodeField(choices=Position)
    text = models.TextField(max_length=3000)
    is_shared = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    answered_by = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    themes = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = ConsultationResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "consultation"],
                condition=Q(superseded_at__isnull=True),
                name="consultation_response_once",
                violation_error_message=_("Somebody else answered meanwhile. Look at it again."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="consultation_response_says_something",
                violation_error_message=_("Enter your answer."),
            ),
        ]

    def __str__(self):
        return f"ConsultationResponse #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:consultation-response", args=[self.ref])

    def clean(self):
        require_lengths(self, "text")


class ConsultationTheme(Tenant):
    """What was heard, named by somebody of one side and read again by somebody of the other.

    ``institution`` is the unit that asks. Where the second reader hears it otherwise, ``dissent``
    stays beside it. ``raised_by_…`` count the answers in which either found it.
    """

    class Outcome(models.TextChoices):
        CHANGED = "changed", _("Changed")
        PARTLY = "partly", _("Partly changed")
        UNCHANGED = "unchanged", _("Not changed")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="themes", db_index=False
    )
    title = models.CharField(max_length=120)
    heard = models.TextField(max_length=1000)
    named_side = CodeField(choices=Side)
    named_by = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    second_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    dissent = models.TextField(max_length=600, blank=True)
    raised_by_members = models.PositiveIntegerField(default=0, editable=False)
    raised_by_others = models.PositiveIntegerField(default=0, editable=False)
    raised_by_umbrella = models.PositiveIntegerField(default=0, editable=False)
    outcome = CodeField(choices=Outcome, blank=True)
    changed = models.TextField(max_length=1000, blank=True)
    unchanged = models.TextField(max_length=1000, blank=True)
    why = models.TextField(max_length=1000, blank=True)
    promise = models.TextField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    promise_due_on = models.DateField(null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsultationThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("named_by")),
                name="consultation_theme_read_by_two",
                violation_error_message=_("Somebody else, of the other side, reads it again."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(why=""),
                name="consultation_theme_says_why",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(promise="") | Q(promise_due_on__isnull=False),
                name="consultation_theme_promise_has_a_day",
                violation_error_message=_("Say by which day it is done."),
            ),
        ]
        indexes = [models.Index(fields=["consultation", "id"], name="consultation_theme_list")]

    def __str__(self):
        return f"ConsultationTheme #{self.pk}"

    def get_absolute_url(self):
        page = reverse("partnerships:consultation-detail", args=[self.consultation.ref])
        return f"{page}#t-{self.ref}"

    def clean(self):
        words = ("heard", "dissent", "changed", "unchanged", "why", "promise")
        require_lengths(self, *words)
        need = {
            self.Outcome.CHANGED: ["changed"],
            self.Outcome.PARTLY: ["changed", "unchanged"],
            self.Outcome.UNCHANGED: ["unchanged"],
        }.get(self.outcome, [])
        if empty := [name for name in need if not getattr(self, name)]:
            raise ValidationError({name: _("Say what changed and what did not.") for name in empty})

    @property
    def second_side(self):
        return Side(self.named_side).other

    @property
    def is_coded(self):
        """Whether both sides have read it."""
        return self.second_at is not None
