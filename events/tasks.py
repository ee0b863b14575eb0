from celery import shared_task
from django.utils import timezone

from config.actor.claims import for_system

from .actions.feedback import close_feedback as close_feedback_over
from .actions.note_answers import mark_unconfirmed as mark_notes_unconfirmed
from .actions.note_leaving import release_notes as release_due_notes
from .actions.recourse import climb_recourse as climb_unanswered_recourse
from .actions.request_clocks import sweep_clocks


@shared_task(name="events.release_notes", ignore_result=True)
@for_system("events.release_notes")
def release_notes(**_):
    """Run each minute; safe to run again."""
    release_due_notes(at=timezone.now())


@shared_task(name="events.mark_unconfirmed", ignore_result=True, time_limit=540)
@for_system("events.mark_unconfirmed")
def mark_unconfirmed(**_):
    """Run each night; safe to run again."""
    now = timezone.now()
    mark_notes_unconfirmed(on=timezone.localdate(now), at=now)


@shared_task(name="events.climb_recourse", ignore_result=True)
@for_system("events.climb_recourse")
def climb_recourse(**_):
    """Run every ten minutes; safe to run again."""
    climb_unanswered_recourse(at=timezone.now())


@shared_task(name="events.close_feedback", ignore_result=True, time_limit=540)
@for_system("events.close_feedback")
def close_feedback(**_):
    """Run each night; safe to run again."""
    close_feedback_over(at=timezone.now())


@shared_task(name="events.refresh_clocks", ignore_result=True, time_limit=540)
@for_system("events.refresh_clocks")
def refresh_clocks(**_):
    """Run each night; safe to run again."""
    sweep_clocks(at=timezone.now())
