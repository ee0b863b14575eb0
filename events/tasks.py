from celery import shared_task
from django.utils import timezone

from .actions.note_answers import mark_unconfirmed as mark_notes_unconfirmed
from .actions.note_leaving import release_notes as release_due_notes


@shared_task(name="events.release_notes", ignore_result=True)
def release_notes(**_):
    """Run each minute; safe to run again."""
    release_due_notes(at=timezone.now())


@shared_task(name="events.mark_unconfirmed", ignore_result=True)
def mark_unconfirmed(**_):
    """Run each night; safe to run again."""
    now = timezone.now()
    mark_notes_unconfirmed(on=timezone.localdate(now), at=now)
