"""What happens to promises by the clock. Each may run twice, or late, without harm."""

from celery import shared_task
from django.utils import timezone

from partnerships.actions import commitment_moves, escalations, reminders


@shared_task(name="partnerships.refresh_reminders", ignore_result=True)
def refresh_reminders(**_):
    reminders.sweep_reminders(at=timezone.now())


@shared_task(name="partnerships.escalate_commitments", ignore_result=True)
def escalate_commitments(**_):
    escalations.escalate_commitments(at=timezone.now())


@shared_task(name="partnerships.lapse_commitments", ignore_result=True)
def lapse_commitments(**_):
    commitment_moves.lapse_commitments(at=timezone.now())
