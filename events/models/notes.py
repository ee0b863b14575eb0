from django.db import models
from django.utils.translation import gettext_lazy as _

from config.outbox.quiet import next_allowed
from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from events.querysets.notes import SharedNoteQuerySet
from partnerships.models import SharedText, Side

from .engagements import Engagement


class SharedNote(Tenant):
    """The account of an engagement that both sides read, in the words of its ``SharedText``.

    After "Share" it stays with its drafter until ``leaves_at``; undo brings it back to a draft.
    ``left_at`` is set when it really left: from then on the other side reads it, and only then do
    ``planned_promises`` become promises. Silence never confirms it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not shared yet")
        SHARED = "shared", _("Shared")
        CORRECTION_OPEN = "correction_open", _("Correction asked for")
        CONFIRMED = "confirmed", _("Confirmed")
        CONFIRMED_BY_PHONE = "confirmed_by_phone", _("Confirmed by phone or on paper")
        DISAGREED = "disagreed", _("The two sides disagree")
        UNCONFIRMED = "unconfirmed", _("No reply")

    MOVES = {
        State.DRAFT: {State.SHARED},
        State.SHARED: {
            State.DRAFT,
            State.CORRECTION_OPEN,
            State.CONFIRMED,
            State.CONFIRMED_BY_PHONE,
            State.DISAGREED,
            State.UNCONFIRMED,
        },
        State.CORRECTION_OPEN: {State.SHARED, State.DISAGREED},
        State.CONFIRMED: {State.DISAGREED, State.SHARED},
        State.CONFIRMED_BY_PHONE: {State.CONFIRMED, State.DISAGREED, State.SHARED},
        State.UNCONFIRMED: {
            State.CORRECTION_OPEN,
            State.CONFIRMED,
            State.CONFIRMED_BY_PHONE,
            State.DISAGREED,
            State.SHARED,
        },
        State.DISAGREED: {State.CONFIRMED, State.SHARED},
    }

    class Channel(models.TextChoices):
        PORTAL = "portal", _("In the portal")
        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="note")
    text = models.OneToOneField(SharedText, models.PROTECT, related_name="note")
    state = CodeField(choices=State, default=State.DRAFT)
    drafted_side = CodeField(choices=Side)
    drafted_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    nothing_promised = models.BooleanField(default=False)
    planned_promises = models.JSONField(default=list, blank=True, editable=False)
    shared_at = models.DateTimeField(null=True, blank=True)
    leaves_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_channel = CodeField(choices=Channel, blank=True)
    answer_recorded_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    explain_asked_at = models.DateTimeField(null=True, blank=True)

    objects = SharedNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(shared_at__isnull=False),
                name="shared_note_was_shared",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "shared"]) | models.Q(left_at__isnull=False),
                name="shared_note_answered_after_it_left",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leaves_at"],
                condition=models.Q(state="shared", left_at__isnull=True),
                name="shared_note_leaving",
            ),
            models.Index(
                fields=["reply_by"],
                condition=models.Q(state="shared"),
                name="shared_note_waiting",
            ),
            models.Index(
                fields=["institution", "-left_at", "-id"],
                condition=models.Q(left_at__isnull=False),
                name="shared_note_left",
            ),
            models.Index(
                fields=["institution", "-answered_at", "-id"],
                condition=models.Q(answered_at__isnull=False),
                name="shared_note_answered",
            ),
            models.Index(
                fields=["engagement"],
                include=["state", "left_at", "text"],
                name="shared_note_of_engagement",
            ),
            models.Index(fields=["institution", "state"], name="shared_note_institution"),
            models.Index(fields=["force", "state"], name="shared_note_force"),
        ]

    def __str__(self):
        return f"SharedNote #{self.pk}"

    @property
    def has_left(self):
        return self.left_at is not None

    @property
    def mail_waits_until(self):
        """Return when the mail about it leaves, or None when it leaves with the note."""
        allowed = next_allowed(self.leaves_at)
        return allowed if allowed > self.leaves_at else None
