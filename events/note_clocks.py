"""Until when a note is to be written, can be called back, and waits for an answer."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from .clocks import span, working_day_after


def finish_due_on(on: date) -> date:
    """Return the day by which the note of a visit held on ``on`` should be shared."""
    return working_day_after(on, settings.PORTAL_CLOCKS["note_share_working_days"])


def leaves_at(shared_at: datetime) -> datetime:
    return shared_at + span("note_undo_minutes")


def reply_by(at: datetime) -> date:
    return localdate(at) + span("note_reply_days")


def disagreement_open_until(answered_at: datetime) -> date:
    """Return the last day on which another role-holder may disagree with what one confirmed."""
    return localdate(answered_at) + timedelta(days=settings.PORTAL_CLOCKS["note_reply_days"])
