from celery import shared_task
from django.utils import timezone

from config.actor.claims import for_system

from . import actions, delivery


@shared_task(name="outbox.drain", ignore_result=True)
@for_system("outbox.drain")
def drain(**_):
    """Send what is due. Any number may run at once; losing one loses nothing."""
    delivery.drain(clock=timezone.now)


@shared_task(name="outbox.prune", ignore_result=True)
@for_system("outbox.prune")
def prune(**_):
    actions.prune_messages(at=timezone.now())
