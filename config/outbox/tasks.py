from celery import shared_task
from celery.signals import task_success
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


def note_run(sender=None, **_):
    """Keep when each task last ended well: that beat runs says nothing of what it wakes."""
    actions.note_run(sender.name, at=timezone.now())


task_success.connect(note_run)
