"""How policing looks from where people stand, in their own words."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.community import CommunityViewQuerySet

from .lengths import require_lengths
from .partnerships import Partnership


class CommunityView(Tenant):
    """An institution's own signed statement: beside the figures, never scored, never edited.

    Police answer it as they answer anybody, by a promise or a concern's answer; not in its words.
    """

    class About(models.TextChoices):
        COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism policing")
        STOPS = "stops", _("Stops and searches")
        SAFETY = "safety", _("How safe people feel, and hatred against Muslims")
        EVERYDAY = "everyday", _("Everyday policing")
        TRUST = "trust", _("Trust, and being heard")
        ELSEWHERE = "elsewhere", _("What happens elsewhere and is felt here")

    class Audience(models.TextChoices):
        POLICE = "police", _("The police who work with us")
        UMBRELLA = "umbrella", _("They, and the umbrella bodies and units we let in")
        PARTNERS = "partners", _("They, and every mosque and umbrella body of the force’s area")

    TITLE_LIMIT, WORDS_LIMIT = 120, 2000

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="community_views", db_index=False
    )
    about = CodeField(choices=About)
    audience = CodeField(choices=Audience)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=200, help_text=_("The name under it, as it was then."))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommunityViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=False)
                | (~models.Q(title="") & ~models.Q(words="")),
                name="community_view_says_something",
                violation_error_message=_("Enter a heading and what you want to say."),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-signed_at", "-id"], name="community_view_line"),
            models.Index(fields=["force", "-signed_at", "-id"], name="community_view_force"),
        ]

    def __str__(self):
        return f"CommunityView #{self.pk}"

    def get_absolute_url(self):
        return reverse("partnerships:statement-detail", args=[self.ref])

    def clean(self):
        require_lengths(self, "words")
        missing = [name for name in ("title", "words") if not getattr(self, name)]
        if missing and not self.is_withdrawn:
            raise ValidationError({name: _("Enter what you want to say.") for name in missing})

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None
