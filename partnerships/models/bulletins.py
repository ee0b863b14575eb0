"""Police explain something to many institutions at once, and answer what they ask."""

import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Language, Tenant
from contacts.querysets.institutions import PARTNER_KINDS
from partnerships.plain_english import sentences
from partnerships.querysets.bulletins import (
    UNPUBLISHED,
    BulletinQuerySet,
    BulletinRecipientQuerySet,
)

from .texts import SharedText


class Bulletin(Tenant):
    """One text for many readers; ``institution`` is the police unit that it comes from.

    Without ``areas`` (ids) it is for the unit's whole force, without ``kinds`` for every kind of
    institution. Both say who is meant; who was sent it, ``recipients`` say, fixed when it goes out,
    and ``sent_to`` and ``told`` (people) count, for those who may read no more than numbers.
    ``apart_from`` are the consultations (ids) of which somebody said, of these words, that they are
    about another matter.
    ``valid_until`` and ``questions_until`` are the first days on which it is over.
    """

    class Kind(models.TextChoices):
        BULLETIN = "bulletin", _("Bulletin")
        STATEMENT_OF_FACT = "statement_of_fact", _("Statement of fact")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKED = "checked", _("Checked")
        PUBLISHED = "published", _("Published")
        UPDATED = "updated", _("Updated")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    class Removal(models.TextChoices):
        """Why the words go as well; otherwise they stay to be read, under the reason."""

        NAMES_A_CHILD = "names_a_child", SharedText.Withdrawal.NAMES_A_CHILD.label
        NAMES_A_PERSON = "names_a_person", SharedText.Withdrawal.NAMES_A_PERSON.label

    MOVES = {
        State.DRAFT: {State.CHECKED, State.PUBLISHED},  # the latter for a statement of fact alone
        State.CHECKED: {State.DRAFT, State.PUBLISHED},
        State.PUBLISHED: {State.UPDATED, State.WITHDRAWN, State.EXPIRED},
        State.UPDATED: {State.UPDATED, State.WITHDRAWN, State.EXPIRED},
        State.WITHDRAWN: set(),
        State.EXPIRED: set(),
    }
    UNPUBLISHED = UNPUBLISHED
    STANDING = (State.PUBLISHED, State.UPDATED)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = CodeField(choices=Kind, default=Kind.BULLETIN)
    state = CodeField(choices=State, default=State.DRAFT)
    state_at = models.DateTimeField()
    areas = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    valid_until = models.DateField()
    questions_until = models.DateField()
    apart_from = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    current_version = models.PositiveSmallIntegerField(default=1)
    sent_to = models.PositiveIntegerField(default=0, editable=False)
    told = models.PositiveIntegerField(default=0, editable=False)
    drafted_by = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    sign_off_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal = models.TextField(max_length=500, blank=True)
    removal = CodeField(choices=Removal, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kinds__contained_by=list(PARTNER_KINDS)),
                name="bulletin_for_partners",
                violation_error_message=_("Select kinds of institution from the list."),
            ),
            models.CheckConstraint(
                condition=Q(questions_until__lte=F("valid_until")),
                name="bulletin_takes_questions_while_it_holds",
                violation_error_message=_(
                    "The last day for questions must not come after the last day of the bulletin."
                ),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(checked_by__isnull=False)
                | (Q(kind="statement_of_fact") & ~Q(published_by=F("drafted_by"))),
                name="bulletin_seen_by_a_second_person",
                violation_error_message=_("Somebody else than its author must sign it off."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "checked"], published_at__isnull=True)
                | (~Q(state__in=["draft", "checked"]) & Q(published_at__isnull=False)),
                name="bulletin_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal=""),
                name="bulletin_withdrawn_with_a_reason",
                violation_error_message=_("Say why it is withdrawn."),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-published_at", "-id"], name="bulletin_force_list"),
            models.Index(fields=["institution", "-id"], name="bulletin_unit_list"),
            models.Index(
                fields=["valid_until"],
                condition=Q(state__in=["published", "updated"]),
                name="bulletin_to_expire",
            ),
            models.Index(
                fields=["id"],
                condition=Q(
                    kind="statement_of_fact", state="draft", sign_off_asked_at__isnull=True
                ),
                name="bulletin_to_sign_off",
            ),
        ]

    def __str__(self):
        return f"Bulletin #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:bulletin-detail", args=[self.ref])

    def clean(self):
        if len(self.withdrawal) > 500:
            raise ValidationError({"withdrawal": _("The reason must be 500 characters or fewer.")})

    @property
    def unit(self):
        """The police unit that speaks; its badge stands wherever the bulletin does."""
        return self.institution

    @property
    def is_out(self):
        """Whether its readers have it, in whatever state it is by now."""
        return self.state not in UNPUBLISHED

    @property
    def stands(self):
        return self.state in self.STANDING

    @property
    def is_statement(self):
        return self.kind == self.Kind.STATEMENT_OF_FACT

    @property
    def last_day(self):
        return self.valid_until - timedelta(days=1)

    @property
    def last_day_for_questions(self):
        return self.questions_until - timedelta(days=1)

    def takes_questions(self, on):
        return self.stands and on < self.questions_until


LABELS = {
    "title": _("Title"),
    "happening": _("What is happening"),
    "why": _("Why"),
    "meaning": _("What it means for you"),
    "unknown": _("What we don’t know"),
    "unsaid": _("What we can’t say, and why"),
    "decided": _("Who decided"),
}
PARTS = tuple(LABELS)
FACT_PARTS = ("title", "happening", "meaning", "unknown")  # what a statement cannot go without


class BulletinVersion(Tenant):
    """One wording: seven parts, and two sentences to read out. The first is written over until it
    goes out; from then on an update is another version, and the old one stays to be read."""

    LONGEST = {"title": 150, "read_out": 300} | dict.fromkeys(PARTS[1:], 1500)
    READ_OUT_SENTENCES = 2

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    happening = models.TextField(max_length=1500, blank=True)
    why = models.TextField(max_length=1500, blank=True)
    meaning = models.TextField(max_length=1500, blank=True)
    unknown = models.TextField(max_length=1500, blank=True)
    unsaid = models.TextField(max_length=1500, blank=True)
    decided = models.TextField(max_length=1500, blank=True)
    read_out = models.TextField(max_length=300, blank=True)
    written_by = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_version_once"),
        ]

    def __str__(self):
        return f"BulletinVersion #{self.pk}"

    def clean(self):
        wrong = {
            name: _("This must be %(limit)d characters or fewer.") % {"limit": limit}
            for name, limit in self.LONGEST.items()
            if len(getattr(self, name)) > limit
        }
        if len(sentences(self.read_out)) > self.READ_OUT_SENTENCES:
            wrong["read_out"] = _("Write two sentences at the most, so that they can be read out.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def told(self):
        """The parts below the title, each with its heading; what is empty was not said yet."""
        return [(LABELS[part], getattr(self, part)) for part in PARTS[1:]]

    @property
    def is_removed(self):
        return not self.title

    def missing(self, parts=PARTS):
        """Return the codes of the parts that say nothing yet."""
        return [part for part in parts if not getattr(self, part).strip()]


class BulletinRecipient(Tenant):
    """An institution that was sent a bulletin when it went out. Nothing says who has read it."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="recipients")
    sent_at = models.DateTimeField()

    objects = BulletinRecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "bulletin"], name="bulletin_recipient_once"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-sent_at"], name="bulletin_recipient_lately"),
        ]

    def __str__(self):
        return f"BulletinRecipient #{self.pk}"
