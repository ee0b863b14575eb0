"""What happens by the clock here. Each task may run twice, or late, without harm."""

from celery import shared_task
from django.utils import timezone

from config.actor.claims import for_system
from partnerships.actions import (
    bulletin_questions,
    bulletins,
    commitment_moves,
    concern_clocks,
    concern_ladder,
    consultation_outcomes,
    escalations,
    meetings,
    panel_comments,
    pauses,
    rapid_advice,
    reminders,
    review_panel,
    reviews,
    safety,
)

# A sweep commits row by row, so it may go on for longer than other tasks; the limit stays below
# the broker's visibility_timeout, after which it would be handed out a second time.


@shared_task(name="partnerships.refresh_reminders", ignore_result=True, time_limit=540)
@for_system("partnerships.refresh_reminders")
def refresh_reminders(**_):
    reminders.sweep_reminders(at=timezone.now())


@shared_task(name="partnerships.escalate_commitments", ignore_result=True, time_limit=540)
@for_system("partnerships.escalate_commitments")
def escalate_commitments(**_):
    escalations.escalate_commitments(at=timezone.now())


@shared_task(name="partnerships.lapse_commitments", ignore_result=True, time_limit=540)
@for_system("partnerships.lapse_commitments")
def lapse_commitments(**_):
    commitment_moves.lapse_commitments(at=timezone.now())


@shared_task(name="partnerships.begin_pauses", ignore_result=True, time_limit=540)
@for_system("partnerships.begin_pauses")
def begin_pauses(**_):
    pauses.begin_pauses(at=timezone.now())


@shared_task(name="partnerships.watch_bulletins", ignore_result=True)
@for_system("partnerships.watch_bulletins")
def watch_bulletins(**_):
    now = timezone.now()
    bulletins.ask_to_sign_off(at=now)
    bulletin_questions.watch_bulletin_questions(at=now)


@shared_task(name="partnerships.expire_bulletins", ignore_result=True, time_limit=540)
@for_system("partnerships.expire_bulletins")
def expire_bulletins(**_):
    bulletins.expire_bulletins(at=timezone.now())


@shared_task(name="partnerships.refresh_concern_clocks", ignore_result=True, time_limit=540)
@for_system("partnerships.refresh_concern_clocks")
def refresh_concern_clocks(**_):
    concern_clocks.sweep_clocks(at=timezone.now())


@shared_task(name="partnerships.climb_concerns", ignore_result=True, time_limit=540)
@for_system("partnerships.climb_concerns")
def climb_concerns(**_):
    """Run every ten minutes; safe to run again."""
    now = timezone.now()
    concern_ladder.take_up_challenges(at=now)
    concern_ladder.climb_concern_recourse(at=now)
    concern_ladder.climb_late(at=now)


@shared_task(name="partnerships.tell_overdue_meetings", ignore_result=True, time_limit=540)
@for_system("partnerships.tell_overdue_meetings")
def tell_overdue_meetings(**_):
    meetings.tell_overdue_meetings(at=timezone.now())


@shared_task(name="partnerships.watch_consultations", ignore_result=True, time_limit=540)
@for_system("partnerships.watch_consultations")
def watch_consultations(**_):
    now = timezone.now()
    consultation_outcomes.tell_convenors(at=now)
    consultation_outcomes.remind_of_consultations(at=now)
    consultation_outcomes.close_consultations(at=now)
    rapid_advice.close_advice(at=now)


@shared_task(name="partnerships.schedule_reviews", ignore_result=True, time_limit=540)
@for_system("partnerships.schedule_reviews")
def schedule_reviews(**_):
    """Run daily; a second run the same day announces nothing new."""
    now = timezone.now()
    reviews.let_reviews_lapse(at=now)
    reviews.schedule_reviews(at=now)


@shared_task(name="partnerships.watch_reviews", ignore_result=True)
@for_system("partnerships.watch_reviews")
def watch_reviews(**_):
    """Run every ten minutes; safe to run again."""
    now = timezone.now()
    reviews.open_reviews(at=now)
    review_panel.note_silence(at=now)
    review_panel.tell_of_statements(at=now)
    review_panel.tell_of_comments(at=now)


@shared_task(name="partnerships.watch_panel_comments", ignore_result=True)
@for_system("partnerships.watch_panel_comments")
def watch_panel_comments(**_):
    """Run every ten minutes; safe to run again."""
    panel_comments.watch_panel_comments(at=timezone.now())


@shared_task(name="partnerships.forget_safety", ignore_result=True, time_limit=540)
@for_system("partnerships.forget_safety")
def forget_safety(**_):
    """Run hourly; who has no role there any more is hidden at once, and deleted by this."""
    safety.forget_safety(at=timezone.now())
