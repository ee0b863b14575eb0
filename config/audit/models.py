import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .querysets import AccessEventQuerySet, EntryQuerySet

# To each of these tables the database adds ``written_at``, by its own clock: see migration 0005.


class Entry(models.Model):
    """One thing that somebody did. Written once; the database refuses to change or delete it.

    No foreign keys: the trail outlives what it describes. The key is made here, because a role
    that may only insert cannot be told a key by the database.
    """

    class ActorKind(models.TextChoices):
        USER = "user", _("User")
        SYSTEM = "system", _("The portal itself")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    institution_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_entry_subject"),
            models.Index(
                fields=["institution_id", "-at"],
                name="audit_entry_institution",
                condition=Q(institution_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor_kind="user", actor_id__isnull=False)
                | Q(actor_kind="system", actor_id__isnull=True),
                name="audit_entry_actor_known",
            ),
        ]

    def __str__(self):
        return f"Entry {self.pk} {self.action}"


class AccessEvent(models.Model):
    """One read of an institution's record by somebody from outside it; the institution reads this.

    Written once, like an entry, and without foreign keys. ``what`` is the permission that opened
    the page, or the code of a file; ``grant_id`` the break-glass grant by which it was in sight.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    institution_id = models.BigIntegerField()
    what = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    grant_id = models.BigIntegerField(null=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("access event")
        verbose_name_plural = _("access events")
        indexes = [
            models.Index(fields=["institution_id", "-at", "-id"], name="access_event_institution"),
            models.Index(fields=["actor_id", "-at"], name="access_event_actor"),
            BrinIndex(fields=["at"], name="access_event_at"),
        ]

    def __str__(self):
        return f"AccessEvent {self.pk} {self.what}"
