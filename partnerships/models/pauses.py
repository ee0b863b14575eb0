"""A pause that police ask for: with a reason, a second name, notice and the mosque's reply."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.pauses import PolicePauseQuerySet

from .partnerships import Partnership
from .texts import SharedText, wording_field


class PolicePause(Tenant):
    """Both sides read every word from the first moment on. ``starts_on`` is set with the notice."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for a second name")
        ANNOUNCED = "announced", _("Announced")
        IN_FORCE = "in_force", _("In force")
        DROPPED = "dropped", _("Dropped")
        LIFTED = "lifted", _("Lifted")

    MOVES = {
        State.PROPOSED: {State.ANNOUNCED, State.IN_FORCE, State.DROPPED},
        State.ANNOUNCED: {State.IN_FORCE, State.DROPPED},
        State.IN_FORCE: {State.LIFTED},
        State.DROPPED: set(),
        State.LIFTED: set(),
    }
    OPEN = (State.PROPOSED, State.ANNOUNCED, State.IN_FORCE)
    NOTICE_DAYS = 14

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="police_pauses", db_index=False
    )
    state = CodeField(choices=State, default=State.PROPOSED)
    reason = models.TextField(max_length=1500)
    is_for_safety = models.BooleanField(
        default=False, help_text=_("Somebody’s safety: it begins without notice.")
    )
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    reply = models.TextField(max_length=1500, blank=True)
    replied_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    wording = wording_field()
    reply_wording = models.OneToOneField(
        SharedText, models.PROTECT, null=True, blank=True, editable=False, related_name="reply_of"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PolicePauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state__in=["proposed", "announced", "in_force"]),
                name="police_pause_one_open",
                violation_error_message=_("A pause is proposed or in force already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(wording__isnull=False),
                name="police_pause_has_a_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(countersigned_by__isnull=False),
                name="police_pause_countersigned",
                violation_error_message=_("A second name is missing."),
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | ~Q(countersigned_by=models.F("proposed_by")),
                name="police_pause_by_two",
                violation_error_message=_("The second name must be somebody else’s."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_on"], condition=Q(state="announced"), name="police_pause_to_begin"
            ),
        ]

    def __str__(self):
        return f"PolicePause #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:police-pause-detail", args=[self.ref])

    def clean(self):
        for field in ("reason", "reply"):
            if len(getattr(self, field)) > 1500:
                raise ValidationError({field: _("This must be 1,500 characters or fewer.")})

    @property
    def is_open(self):
        return self.state in self.OPEN
