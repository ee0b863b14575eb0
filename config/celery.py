"""The Celery app and the beat schedule. Celery wakes and does heavy work; it keeps nothing."""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from config import database, env
from config.outbox import knobs

_VAR = Path(__file__).resolve().parent.parent / "var"

if not settings.configured:
    # Celery itself is starting, so this process is a worker or beat, not the web.
    os.environ.setdefault("PORTAL_ROLE", "task")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule_filename = env.text("BEAT_SCHEDULE", str(_VAR / "beat-schedule"))
# One line a task; the times of day are London's.
app.conf.beat_schedule = {
    "outbox.drain": {"task": "outbox.drain", "schedule": knobs.BEAT, "options": {"expires": 20}},
    "audit.seal": {"task": "audit.seal", "schedule": 60.0, "options": {"expires": 60}},
    "audit.verify": {"task": "audit.verify", "schedule": crontab(hour=4, minute=10)},
    "contacts.check_areas": {
        "task": "contacts.check_areas",
        "schedule": crontab(hour=3, minute=40),
    },
    "contacts.close_accounts": {
        "task": "contacts.close_accounts",
        "schedule": crontab(hour=0, minute=10),
    },
    "contacts.clear_sessions": {
        "task": "contacts.clear_sessions",
        "schedule": crontab(hour=3, minute=50),
    },
    "contacts.carry_out_erasures": {
        "task": "contacts.carry_out_erasures",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "contacts.tell_held_notices": {
        "task": "contacts.tell_held_notices",
        "schedule": crontab(hour=6, minute=50),
    },
    "contacts.end_what_is_kept": {
        "task": "contacts.end_what_is_kept",
        "schedule": crontab(hour=4, minute=10),
    },
    "outbox.prune": {"task": "outbox.prune", "schedule": crontab(hour=3, minute=10)},
    "dashboard.send_anchor": {
        "task": "dashboard.send_anchor",
        "schedule": crontab(hour=8, minute=15),
    },
    "dashboard.tell_of_bulk_reading": {
        "task": "dashboard.tell_of_bulk_reading",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "dashboard.schedule_digests": {
        "task": "dashboard.schedule_digests",
        "schedule": crontab(minute=5),
    },
    "dashboard.draw_panel_samples": {
        "task": "dashboard.draw_panel_samples",
        "schedule": crontab(hour=5, minute=40),
    },
    "dashboard.write_to_panels": {
        "task": "dashboard.write_to_panels",
        "schedule": crontab(hour=8, minute=20),
    },
    "partnerships.watch_panel_comments": {
        "task": "partnerships.watch_panel_comments",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "events.climb_recourse": {
        "task": "events.climb_recourse",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "events.close_feedback": {
        "task": "events.close_feedback",
        "schedule": crontab(hour=3, minute=20),
    },
    "events.refresh_clocks": {
        "task": "events.refresh_clocks",
        "schedule": crontab(hour=2, minute=50),
    },
    "partnerships.refresh_reminders": {
        "task": "partnerships.refresh_reminders",
        "schedule": crontab(hour=2, minute=20),
    },
    # Its mail leaves at 08:00; the later rounds catch up after a night without a worker.
    "partnerships.escalate_commitments": {
        "task": "partnerships.escalate_commitments",
        "schedule": crontab(hour="7-20", minute=30),
    },
    "partnerships.refresh_concern_clocks": {
        "task": "partnerships.refresh_concern_clocks",
        "schedule": crontab(hour=2, minute=55),
    },
    "partnerships.climb_concerns": {
        "task": "partnerships.climb_concerns",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "partnerships.tell_overdue_meetings": {
        "task": "partnerships.tell_overdue_meetings",
        "schedule": crontab(hour=7, minute=20),
    },
    "partnerships.schedule_reviews": {
        "task": "partnerships.schedule_reviews",
        "schedule": crontab(hour=6, minute=20),
    },
    "partnerships.watch_reviews": {
        "task": "partnerships.watch_reviews",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "partnerships.begin_pauses": {
        "task": "partnerships.begin_pauses",
        "schedule": crontab(hour=6, minute=10),
    },
    "partnerships.lapse_commitments": {
        "task": "partnerships.lapse_commitments",
        "schedule": crontab(hour=2, minute=40),
    },
    "partnerships.watch_bulletins": {
        "task": "partnerships.watch_bulletins",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "partnerships.expire_bulletins": {
        "task": "partnerships.expire_bulletins",
        "schedule": crontab(hour=0, minute=15),
    },
    "partnerships.watch_consultations": {
        "task": "partnerships.watch_consultations",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "partnerships.forget_safety": {
        "task": "partnerships.forget_safety",
        "schedule": crontab(minute=25),
        "options": {"expires": 3600},
    },
    "events.release_notes": {
        "task": "events.release_notes",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "events.mark_unconfirmed": {
        "task": "events.mark_unconfirmed",
        "schedule": crontab(hour=0, minute=20),
    },
}


@worker_init.connect
def refuse_unsafe(**_):
    """A worker stands before the database as a role that owns nothing, or it does not start."""
    try:
        database.refuse_unsafe()
    except (ImproperlyConfigured, DatabaseError) as error:
        raise SystemExit(str(error)) from None  # Celery swallows anything but an exit here
