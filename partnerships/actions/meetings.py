"""Meetings that were agreed: what was held last, and one word to both sides when one is late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from config.outbox.actions import schedule
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from contacts.mail import to_people
from partnerships.circle import people_of_side
from partnerships.meetings import owed_by
from partnerships.models import AgreedMeeting, Partnership, Side

from .partnerships import lock_partnership

OVERDUE = "partnerships.meeting_overdue"
TOLD_WITHIN = timedelta(days=14)  # shorter than the outbox remembers, so that it is told once


@transaction.atomic
def note_meetings(partnership: Partnership, *, latest: Callable[[str], date | None]) -> None:
    """Keep when each agreed meeting was held last; ``latest`` looks it up.

    It is asked once nobody else can note one, so that none is forgotten.
    """
    lock_partnership(partnership)
    partnership.senior_met_on = latest(AgreedMeeting.SENIOR)
    partnership.working_met_on = latest(AgreedMeeting.WORKING)
    partnership.save(update_fields=["senior_met_on", "working_met_on"])


def tell_overdue_meetings(*, at: datetime) -> int:
    """Tell the leads of both sides once of each agreed meeting that is late."""
    rows = Partnership.objects.with_meetings_agreed().order_by("pk").values_list("pk", flat=True)
    return each_alone(rows, partial(_tell, at=at), sweep="partnerships.tell_overdue_meetings")


@transaction.atomic
def _tell(number: int, *, at: datetime) -> int:
    today = localdate(at)
    rows = Partnership.objects.with_meetings_agreed().skipping_locked()
    partnership = rows.filter(pk=number).first()
    late = [
        owed
        for owed in (owed_by(partnership, on=today) if partnership else ())
        if owed.is_overdue and owed.due_on >= today - TOLD_WITHIN
    ]
    for owed in late:
        _promise(partnership, owed, at=at)
    return int(bool(late))


def _promise(partnership, owed, *, at):
    """Promise the letter; the day by which it was due makes it one however often one sweeps."""
    people = [
        person for side in Side for person in people_of_side(partnership, side, on=localdate(at))
    ]
    for recipient in to_people(people):
        schedule(
            OVERDUE,
            about=partnership,
            recipient=recipient,
            occurrence=f"{owed.meeting}:{owed.due_on.isoformat()}",
            due_at=next_allowed(at),
            at=at,
            context={"meeting": str(owed.meeting), "due_on": owed.due_on.isoformat()},
        )
