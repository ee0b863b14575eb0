import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.texts import CorrectionQuerySet, SharedTextQuerySet

from .partnerships import Partnership, Side

PART_LIMIT = 1500  # characters


class SharedText(Tenant):
    """Words that both sides share, in versions; what carries it points here one-to-one.

    ``parts`` of a version map a part's code (``told_us``, ``we_said``) to its words. Withdrawal
    empties every version and leaves who, when and why (a code).
    """

    class Withdrawal(models.TextChoices):
        WRONG_INSTITUTION = "wrong_institution", _("Shared with the wrong institution")
        NAMES_A_CHILD = "names_a_child", _("It named a child")
        NAMES_A_PERSON = "names_a_person", _("It named a person who had not agreed")
        MISTAKE = "mistake", _("It was a mistake")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="texts")
    drafted_side = CodeField(choices=Side)
    current_version = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal = CodeField(choices=Withdrawal, blank=True)

    objects = SharedTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawal="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawal="")),
                name="shared_text_withdrawn_with_a_reason",
                violation_error_message=_("Select why it is withdrawn."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-id"], name="shared_text_partnership"),
            models.Index(
                fields=["partnership"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="shared_text_withdrawn",
            ),
        ]

    def __str__(self):
        return f"SharedText #{self.pk}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    def load_current(self):
        """Return the version that stands. Issues a query."""
        return self.versions.get(number=self.current_version)


def wording_field() -> models.OneToOneField:
    """Make the key of a row that holds words of its own down to what was said about them.

    It is empty until something is; from then on the row holds the wording that stands.
    """
    return models.OneToOneField(
        SharedText,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(app_label)s_%(class)s",
    )


class SharedTextVersion(Tenant):
    """One wording. Never changed but by withdrawal, which empties ``parts``."""

    text = models.ForeignKey(SharedText, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    side = CodeField(choices=Side)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="shared_text_version_once"),
        ]

    def __str__(self):
        return f"SharedTextVersion #{self.pk}"


class Correction(Tenant):
    """A change that the side which did not draft asks for, part by part."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined with a reason")
        CLOSED = "closed", _("Closed by those who asked")

    MOVES = {
        State.OPEN: {State.ACCEPTED, State.DECLINED, State.CLOSED},
        State.DECLINED: {State.CLOSED},
        State.ACCEPTED: set(),
        State.CLOSED: set(),
    }

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.ForeignKey(SharedText, models.PROTECT, related_name="corrections")
    version_number = models.PositiveSmallIntegerField()
    side = CodeField(choices=Side)
    proposed = models.JSONField(default=dict)
    state = CodeField(choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(max_length=1000, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text"],
                condition=models.Q(state="open"),
                name="correction_one_open",
                violation_error_message=_("A correction is open already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                name="correction_declined_with_a_reason",
                violation_error_message=_("Say why you keep the wording."),
            ),
        ]

    def __str__(self):
        return f"Correction #{self.pk}"


class DisagreementStatement(Tenant):
    """What a side holds against a text; it travels with the text wherever that is shown."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.ForeignKey(SharedText, models.PROTECT, related_name="disagreements")
    side = CodeField(choices=Side)
    statement = models.TextField(max_length=1500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    def __str__(self):
        return f"DisagreementStatement #{self.pk}"
