import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.privacy import cases
from config.privacy.periods import PERIODS
from config.web.fields import CodeField
from contacts.querysets.rights import DisposalQuerySet, LegalHoldQuerySet, RightsRequestQuerySet

from .people import Contact
from .tenancy import Tenant


class RightsRequest(Tenant):
    """What a person asks about their own data, with its clock. Holds no words, only codes."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("See what is held about me")
        RECTIFICATION = "rectification", _("Have something corrected")
        ERASURE = "erasure", _("Have it erased")
        OBJECTION = "objection", _("Object to how it is used")
        COMPLAINT = "complaint", _("Complain about how it is used")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PROPOSED = "proposed", _("Erasure proposed")
        CONFIRMED = "confirmed", _("Being erased")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    class Reason(models.TextChoices):
        """Why something is erased, or why what was asked is not done."""

        NOT_NEEDED = "not_needed", _("It is no longer needed for what it was collected for")
        OBJECTED = "objected", _("The person objected, and nothing outweighs that")
        UNLAWFUL = "unlawful", _("It should not have been recorded")
        STILL_NEEDED = "still_needed", _("It is still needed for a public task")
        LEGAL_CLAIM = "legal_claim", _("It is needed for a legal claim or an inquiry")
        ACCURATE = "accurate", _("What is recorded is right; a statement can stand beside it")
        NOT_THE_PERSON = "not_the_person", _("It could not be shown who asked")
        TAKEN_BACK = "taken_back", _("The person took it back")

    MOVES = {
        State.OPEN: {State.PROPOSED, State.DONE, State.DECLINED},
        State.PROPOSED: {State.CONFIRMED, State.DECLINED},
        State.CONFIRMED: {State.DONE, State.DECLINED},
        State.DONE: set(),
        State.DECLINED: set(),
    }
    ERASING = (Reason.NOT_NEEDED, Reason.OBJECTED, Reason.UNLAWFUL)
    DECLINING = (
        Reason.STILL_NEEDED,
        Reason.LEGAL_CLAIM,
        Reason.ACCURATE,
        Reason.NOT_THE_PERSON,
        Reason.TAKEN_BACK,
    )

    class About(models.TextChoices):
        """What is wrong, where something is to be corrected."""

        NAME = "name", _("Name")
        PHONE = "phone", _("Phone number")
        EMAIL = "email", _("Address to which mail goes")
        ROLE = "role", _("Role, or its dates")
        WORDS = "words", _("Something that was written")

    DETAILS = (About.NAME, About.PHONE, About.EMAIL)  # set right by the records officer

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="rights_requests")
    kind = CodeField(choices=Kind)
    about = CodeField(choices=About, blank=True)
    state = CodeField(choices=State, default=State.OPEN)
    received_on = models.DateField()
    due_on = models.DateField()
    acknowledge_by = models.DateField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    reason = CodeField(choices=Reason, blank=True)
    proposed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("requests about one's data")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="rights_request_takes_two",
                violation_error_message=_("Somebody else must confirm it."),
            ),
            models.CheckConstraint(
                condition=Q(about="") | Q(kind="rectification"),
                name="rights_request_about_a_correction",
            ),
        ]
        indexes = [
            models.Index(fields=["force", "due_on", "id"], name="rights_request_list"),
            models.Index(fields=["contact"], name="rights_request_contact"),
        ]

    def __str__(self):
        return f"RightsRequest #{self.pk}"

    def get_absolute_url(self):
        return reverse("contacts:right-detail", args=[self.ref])

    @property
    def is_closed(self):
        return self.state in (self.State.DONE, self.State.DECLINED)

    @property
    def is_rectification(self):
        return self.kind == self.Kind.RECTIFICATION

    @property
    def outcome(self):
        """The state in words that fit what was asked."""
        corrected = self.is_rectification and self.state == self.State.DONE
        return _("Corrected") if corrected else self.get_state_display()


class LegalHold(Tenant):
    """While it lasts nothing of an institution is erased or ended, or of one person or case there.

    A case stands in an app above this one, so it is named by its kind and its key.
    """

    class Reason(models.TextChoices):
        CLAIM = "claim", _("A legal claim")
        INQUIRY = "inquiry", _("An inquiry or inspection")
        COMPLAINT = "complaint", _("A complaint that is being looked into")
        DISCLOSURE = "disclosure", _("A request for disclosure")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="legal_holds"
    )
    case_kind = CodeField(
        choices=[(code, kind.label) for code, kind in cases.KINDS.items()],
        blank=True,
        default="",
        db_default="",
    )
    case_id = models.PositiveBigIntegerField(null=True, blank=True)
    case_mark = models.CharField(max_length=20, blank=True, default="", db_default="")
    reason = CodeField(choices=Reason)
    placed_on = models.DateField()
    placed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("legal holds")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "contact", "case_kind", "case_id", "reason"],
                condition=Q(lifted_on__isnull=True),
                nulls_distinct=False,
                name="legal_hold_once",
                violation_error_message=_("That hold is in place already."),
            ),
            models.CheckConstraint(
                condition=Q(case_kind="", case_id__isnull=True)
                | (~Q(case_kind="") & Q(case_id__isnull=False, contact__isnull=True)),
                name="legal_hold_of_one_thing",
                violation_error_message=_("Hold one person or one case, not both."),
            ),
        ]

    def __str__(self):
        return f"LegalHold #{self.pk}"

    @property
    def case_day(self):
        """The day of the visit that is held."""
        return date.fromisoformat(self.case_mark) if self.case_kind == "visit" else None


class Disposal(Tenant):
    """What has reached its time, taken together: proposed by one records officer, then confirmed.

    It belongs to the force whose records they are. ``ends_before`` fixes what it takes: what is
    kept since before that day.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule = CodeField(
        choices=[(code, period.label) for code, period in PERIODS.items() if period.two]
    )
    ends_before = models.DateField()
    row_count = models.PositiveIntegerField()
    proposed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_count = models.PositiveIntegerField(default=0)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("disposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="disposal_takes_two",
                violation_error_message=_("Somebody else must confirm it."),
            ),
            models.UniqueConstraint(
                fields=["institution", "rule"],
                condition=Q(done_at__isnull=True),
                name="disposal_one_at_a_time",
                violation_error_message=_("One is proposed already."),
            ),
        ]
        indexes = [models.Index(fields=["force", "-proposed_at", "-id"], name="disposal_list")]

    def __str__(self):
        return f"Disposal #{self.pk}"
