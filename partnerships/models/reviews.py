"""A joint look at how a partnership is going, and the figures that it stands on."""

import hashlib
import json
import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.reviews import PartnershipReviewQuerySet

from .partnerships import Partnership, Side


class PartnershipReview(Tenant):
    """One review of one partnership: every quarter a light one, every fourth a full one.

    Where it stands is said by the row; what was said at each point hangs on it, in tables of their
    own. ``period_until`` is the first day after the period.
    """

    class Kind(models.TextChoices):
        QUARTERLY = "quarterly", _("Quarterly review")
        ANNUAL = "annual", _("Yearly review")

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        FIGURES_FROZEN = "figures_frozen", _("Figures frozen: each side writes alone")
        SELF_ASSESSED = "self_assessed", _("Both sides can be read: meet")
        MET = "met", _("Met: say what comes of it")
        JOINT_STATEMENT = "joint_statement", _("One joint statement: with the panel")
        TWO_STATEMENTS = "two_statements", _("Two statements: with the panel")
        PANEL_COMMENT = "panel_comment", _("The panel has had its say")
        PUBLISHED = "published", _("Report published")
        LAPSED = "lapsed", _("Not held: the partnership ended")

    MOVES = {
        State.SCHEDULED: {State.FIGURES_FROZEN, State.LAPSED},
        State.FIGURES_FROZEN: {State.SELF_ASSESSED, State.LAPSED},
        State.SELF_ASSESSED: {State.MET, State.LAPSED},
        State.MET: {State.JOINT_STATEMENT, State.TWO_STATEMENTS, State.LAPSED},
        State.JOINT_STATEMENT: {State.PANEL_COMMENT},
        State.TWO_STATEMENTS: {State.PANEL_COMMENT},
        State.PANEL_COMMENT: {State.PUBLISHED},
        State.PUBLISHED: set(),
        State.LAPSED: set(),
    }
    BETWEEN_THE_SIDES = (State.SCHEDULED, State.FIGURES_FROZEN, State.SELF_ASSESSED, State.MET)
    WITH_PANEL = (State.JOINT_STATEMENT, State.TWO_STATEMENTS)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="reviews", db_index=False
    )
    kind = CodeField(choices=Kind)
    state = CodeField(choices=State, default=State.SCHEDULED)
    state_at = models.DateTimeField()
    period_from = models.DateField()
    period_until = models.DateField()
    scheduled_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    assess_until = models.DateTimeField(null=True, blank=True, editable=False)
    police_assessed_at = models.DateTimeField(null=True, blank=True, editable=False)
    institution_assessed_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    met_on = models.DateField(null=True, blank=True)
    met_institution_roles = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text=_("Codes of roles.")
    )
    met_police_roles = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text=_("Codes of ranks.")
    )
    met_side = CodeField(choices=Side, blank=True)
    met_noted_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    met_confirmed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(null=True, blank=True, editable=False)
    stated_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    panel_until = models.DateTimeField(null=True, blank=True, editable=False)
    panel_was_silent = models.BooleanField(default=False, editable=False)
    panel_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PartnershipReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period_until"], name="review_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(period_until__gt=F("period_from")), name="review_period_has_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(kind="annual"),
                name="review_published_yearly_alone",
                violation_error_message=_("Only the yearly review has a public report."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "lapsed"]) | Q(frozen_at__isnull=False),
                name="review_goes_on_with_figures",
                violation_error_message=_("The figures are frozen first."),
            ),
            # The database itself keeps the two accounts apart until both are in, or time is up.
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True)
                | Q(police_assessed_at__isnull=False, institution_assessed_at__isnull=False)
                | Q(opened_at__gte=F("assess_until")),
                name="review_opened_when_both_are_in",
                violation_error_message=_("Each side writes without seeing the other’s."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "figures_frozen", "self_assessed", "lapsed"])
                | Q(met_on__isnull=False, met_confirmed_by__isnull=False),
                name="review_met_as_both_say",
                violation_error_message=_("The other side says so, too."),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-period_until", "-id"], name="review_line"),
            models.Index(fields=["force", "-period_until", "-id"], name="review_force"),
            models.Index(
                fields=["state", "assess_until"],
                condition=Q(state="figures_frozen"),
                name="review_sweep_assess",
            ),
            models.Index(
                fields=["state", "panel_until"],
                condition=Q(state__in=["joint_statement", "two_statements", "panel_comment"]),
                name="review_sweep_panel",
            ),
        ]

    def __str__(self):
        return f"PartnershipReview #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:review-detail", args=[self.ref])

    @property
    def is_annual(self):
        return self.kind == self.Kind.ANNUAL

    @property
    def is_opened(self):
        return self.opened_at is not None

    @property
    def last_day(self):
        return self.period_until - self.period_until.resolution

    def assessed_at(self, side):
        return self.police_assessed_at if side == Side.POLICE else self.institution_assessed_at


def canonical(figures: dict) -> str:
    """Write figures as the one text that they have: keys in order, no room left to chance."""
    return json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


class ReviewFigures(Tenant):
    """The figures of a review as they were on one day. The database lets nobody change the row.

    ``payload`` is canonical JSON, ``digest`` its SHA-256: anybody can work it out again.
    """

    review = models.OneToOneField(PartnershipReview, models.PROTECT, related_name="figures")
    payload = models.TextField()
    digest = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    def __str__(self):
        return f"ReviewFigures #{self.pk}"

    @property
    def content(self) -> bytes:
        return self.payload.encode()

    @property
    def is_intact(self) -> bool:
        """Whether the hash, worked out anew, is the one that was kept."""
        return digest_of(self.payload) == self.digest

    @property
    def told(self) -> dict:
        return json.loads(self.payload)
