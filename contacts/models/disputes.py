"""Who leads an institution is disputed among its own people; police take no side."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.disputes import LeadershipDisputeQuerySet

from .people import Contact
from .tenancy import Tenant


class LeadershipDispute(Tenant):
    """Stands once a coordinator and an inspector both say so; then nobody's role changes there.

    No words are kept: who reported what would be one side's message in the other's sight.
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("Reported by one of two")
        STANDS = "stands", _("Stands")
        DROPPED = "dropped", _("Not confirmed")
        LIFTED = "lifted", _("Settled")

    MOVES = {
        State.REPORTED: {State.STANDS, State.DROPPED},
        State.STANDS: {State.LIFTED},
        State.DROPPED: set(),
        State.LIFTED: set(),
    }

    class Reporter(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        INSPECTOR = "inspector", _("Inspector")

        @property
        def other(self):
            kinds = type(self)
            return kinds.INSPECTOR if self == kinds.COORDINATOR else kinds.COORDINATOR

    class Ground(models.TextChoices):
        """By what it was settled; never by police."""

        REGULATOR = "regulator", _("The charity regulator has said who leads")
        COURT = "court", _("A court has said who leads")
        BOTH_GROUPS = "both_groups", _("Both groups say that it is settled")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = CodeField(choices=State, default=State.REPORTED)
    reported_as = CodeField(choices=Reporter)
    reported_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ground = CodeField(choices=Ground, blank=True)
    ended_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LeadershipDisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state__in=["reported", "stands"]),
                name="leadership_dispute_one_open",
                violation_error_message=_("It is reported already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stands", "lifted"]) | Q(confirmed_by__isnull=False),
                name="leadership_dispute_by_two",
                violation_error_message=_("A second person must confirm it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="lifted") | ~Q(ground=""),
                name="leadership_dispute_settled_by_somebody",
                violation_error_message=_("Select by what it was settled."),
            ),
        ]

    def __str__(self):
        return f"LeadershipDispute #{self.pk}"
