"""What both sides agreed to say in public, word for word."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.published import PublishedItemQuerySet

from .lengths import require_lengths
from .partnerships import Partnership, Side


class PublishedItem(Tenant):
    """A few words for the public page: one side proposes, the other approves them as they are.

    They are never edited; whoever wants others takes these down and proposes anew. Photographs may
    be changed by whoever proposed them, and then the other side approves anew. ``district`` is the
    page on which they stand. ``shown_name`` is the institution's name as both saw it, or "".
    """

    class Kind(models.TextChoices):
        DONE = "done", _("What was done")
        PLANNED = "planned", _("What is planned")
        SAID_AND_DID = "said_and_did", _("You said, we did")
        OWN_WORDS = "own_words", _("In the mosque’s own words")
        CONSULTATION = "consultation", _("Open for answers")
        REVIEW = "review", _("How a year together went")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the other side")
        PUBLISHED = "published", _("On the public page")
        DECLINED = "declined", _("Not approved")
        TAKEN_DOWN = "taken_down", _("Taken down")

    MOVES = {
        State.PROPOSED: {State.PUBLISHED, State.DECLINED, State.TAKEN_DOWN},
        State.PUBLISHED: {State.TAKEN_DOWN, State.PROPOSED},
        State.DECLINED: set(),
        State.TAKEN_DOWN: set(),
    }
    TITLE_LIMIT, WORDS_LIMIT, MOST_PHOTOS = 120, 600, 3
    PLAIN_KINDS = {Kind.DONE, Kind.PLANNED, Kind.SAID_AND_DID, Kind.OWN_WORDS}

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="published_items", db_index=False
    )
    kind = CodeField(choices=Kind)
    title = models.CharField(max_length=TITLE_LIMIT)
    words = models.TextField(max_length=WORDS_LIMIT)
    shown_name = models.CharField(max_length=200, blank=True)
    state = CodeField(choices=State, default=State.PROPOSED)
    proposed_side = CodeField(choices=Side)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_down_side = CodeField(choices=Side, blank=True)

    objects = PublishedItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(answered_by__isnull=False, taken_down_at__isnull=True),
                name="published_item_approved",
                violation_error_message=_("The other side has not approved it."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="own_words") | Q(proposed_side="institution"),
                name="published_item_own_words_are_own",
                violation_error_message=_("Only they themselves can write in their own words."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "-answered_at", "-id"],
                condition=Q(state="published"),
                name="published_item_page",
            ),
            models.Index(fields=["institution", "-proposed_at", "-id"], name="published_item_line"),
            models.Index(fields=["force", "-proposed_at", "-id"], name="published_item_force"),
        ]

    def __str__(self):
        return f"PublishedItem #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:item-detail", args=[self.ref])

    def clean(self):
        require_lengths(self, "words")

    @property
    def is_live(self):
        return self.state == self.State.PUBLISHED

    @property
    def can_be_taken_down(self):
        return self.State.TAKEN_DOWN in self.MOVES[self.State(self.state)]

    @cached_property
    def pictures(self):
        """The photographs as plain data, where the queryset has loaded them."""
        return [
            photo | {"permitted_on": parse_date(photo["permitted_on"] or "")}
            for photo in self.photos_as_json
        ]

    @property
    def takes_photos(self):
        """Whether photographs may be changed: a report and a question have pages of their own."""
        return self.kind in self.PLAIN_KINDS and self.can_be_taken_down

    @property
    def answering_side(self):
        return Side(self.proposed_side).other
