import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import sealing
from .querysets import OPEN, MessageQuerySet, TaskRunQuerySet


class Message(models.Model):
    """A promised e-mail, written in the transaction that promises it; the table is the queue.

    It holds ids, codes and paths only. Whom it goes to and what it says are looked up when it
    leaves. ``started_at`` is when its sender turned to the mail server; ``uncertain`` counts the
    times when it may have left without our knowing.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Given up")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.TextField(unique=True)
    kind = models.CharField(max_length=100)
    about_type = models.CharField(max_length=100)
    about_id = models.CharField(max_length=64)
    recipient_kind = models.CharField(max_length=20)
    recipient_id = models.CharField(max_length=64)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    secret = models.BinaryField(null=True)
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    next_try_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=100, default="")
    started_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    uncertain = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["next_try_at"], name="outbox_waiting", condition=Q(state="pending")
            ),
            models.Index(
                fields=["lease_until"], name="outbox_claimed", condition=Q(state="sending")
            ),
            models.Index(
                fields=["give_up_at"], name="outbox_deadline", condition=Q(state__in=OPEN)
            ),
            models.Index(fields=["due_at"], name="outbox_due", condition=Q(state__in=OPEN)),
            models.Index(
                fields=["about_type", "about_id"],
                name="outbox_about",
                condition=Q(state__in=OPEN),
            ),
            models.Index(
                fields=["ended_at"], name="outbox_ended", condition=Q(ended_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "sending", "sent", "dead", "cancelled"]),
                name="outbox_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | Q(state__in=["sent", "dead", "cancelled"], ended_at__isnull=False),
                name="outbox_ended_when_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="outbox_sending_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outbox_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(secret__isnull=True),
                name="outbox_secret_goes_at_end",
            ),
        ]

    def __str__(self):
        return f"Message {self.pk} {self.kind}"

    def reveal(self) -> str:
        """Return the secret in clear, for ``Kind.render`` only."""
        return sealing.unseal(self.secret)


class TaskRun(models.Model):
    """When a task of the schedule last ended well, for whoever looks after the portal."""

    task = models.CharField(primary_key=True, max_length=100)
    ended_at = models.DateTimeField()

    objects = TaskRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a task")
        verbose_name_plural = _("runs of tasks")

    def __str__(self):
        return f"TaskRun {self.pk}"


class Freeze(models.Model):
    """While its only row exists nothing leaves, as after a restore from a backup."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("freeze")
        verbose_name_plural = _("freezes")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="outbox_freeze_only_one")]

    def __str__(self):
        return f"Freeze {self.pk}"
