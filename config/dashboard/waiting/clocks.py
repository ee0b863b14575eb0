"""The portal's clocks, as the pages across apps read them."""

from datetime import date, timedelta

from django.conf import settings


def notes_due_before(day: date) -> date:
    """Return the first day whose visits need no note yet; weekends do not count."""
    left = settings.PORTAL_CLOCKS["note_share_working_days"]
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return day
