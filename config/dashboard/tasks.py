from celery import shared_task
from django.utils import timezone

from config.actor.claims import for_system

from .digests.schedule import schedule_digests as schedule


@shared_task(name="dashboard.schedule_digests", ignore_result=True)
@for_system("dashboard.schedule_digests")
def schedule_digests(**_):
    """Run each hour; safe to run again."""
    schedule(at=timezone.now())
