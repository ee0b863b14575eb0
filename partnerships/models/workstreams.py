"""Themes on which the two sides work together, each led by one person of each side."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.workstreams import WorkstreamQuerySet

from .lengths import require_lengths
from .partnerships import Partnership, Side
from .texts import wording_field


class Workstream(Tenant):
    """One theme with its purpose; it is open once each side has named its lead.

    Promises and meetings point to it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the other side’s lead")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    MOVES = {
        State.PROPOSED: {State.OPEN, State.CLOSED},
        State.OPEN: {State.CLOSED},
        State.CLOSED: set(),
    }

    class CloseReason(models.TextChoices):
        DONE = "done", _("What it was for is done")
        ELSEWHERE = "elsewhere", _("It goes on in another workstream")
        NOBODY = "nobody", _("There is nobody to lead it at the moment")
        NOT_WANTED = "not_wanted", _("One side does not want it any more")

    TITLE_LIMIT, PURPOSE_LIMIT = 120, 1000

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="workstreams", db_index=False
    )
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    purpose = models.TextField(max_length=PURPOSE_LIMIT, blank=True)
    state = CodeField(choices=State, default=State.PROPOSED)
    police_lead = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="workstreams_for_police"
    )
    institution_lead = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="workstreams_for_institution"
    )
    proposed_side = CodeField(choices=Side)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    opened_on = models.DateField(null=True, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_side = CodeField(choices=Side, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    close_reason = CodeField(choices=CloseReason, blank=True)
    wording = wording_field()

    objects = WorkstreamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="open")
                | models.Q(
                    police_lead__isnull=False,
                    institution_lead__isnull=False,
                    opened_on__isnull=False,
                ),
                name="workstream_open_with_two_leads",
                violation_error_message=_("It opens once each side has named its lead."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | (models.Q(closed_on__isnull=False) & ~models.Q(close_reason="")),
                name="workstream_closed_with_a_reason",
                violation_error_message=_("Select why it is closed."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-proposed_at", "-id"], name="workstream_line"),
            models.Index(fields=["institution", "-proposed_at", "-id"], name="workstream_place"),
        ]

    def __str__(self):
        return f"Workstream #{self.pk}"

    def get_absolute_url(self):
        return reverse("workstream-detail", args=[self.ref])

    def clean(self):
        require_lengths(self, "purpose")

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    def lead_of(self, side):
        return self.police_lead if side == Side.POLICE else self.institution_lead
