"""Leads of an institution end the role of one of them, or of all, though too few would stay."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.standing_down import StandingDownQuerySet

from .people import Contact
from .tenancy import Tenant


class StandingDown(Tenant):
    """Proposed by one lead, and done when another confirms; nobody of the police has a part in it.

    Without a ``contact`` all leads stand down. No words are kept.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed by one of two")
        CONFIRMED = "confirmed", _("Confirmed by the other")
        DROPPED = "dropped", _("Not confirmed")

    MOVES = {
        State.PROPOSED: {State.CONFIRMED, State.DROPPED},
        State.CONFIRMED: set(),
        State.DROPPED: set(),
    }

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    state = CodeField(choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = StandingDownQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state="proposed"),
                name="standing_down_one_open",
                violation_error_message=_("That is proposed already. Answer it first."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by"))),
                name="standing_down_by_two",
                violation_error_message=_("Another lead must confirm it."),
            ),
        ]

    def __str__(self):
        return f"StandingDown #{self.pk}"
