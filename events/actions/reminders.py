"""What a visit still asks for is brought to mind: to say whether it was held, to write its note."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from config.london import at_local
from config.outbox.actions import schedule
from contacts.mail import to_people
from contacts.models import Contact
from events.addressees import answerers
from events.clocks import working_day_after
from events.models import Engagement
from events.note_clocks import finish_due_on
from partnerships.models import Side

UNFINISHED, UNRECORDED = "events.note_unfinished", "events.visit_unrecorded"
REMIND_AT = time(9)


def remind_to_finish(visit: Engagement, *, side: str, who: Contact, at: datetime) -> None:
    """Promise to remind whoever writes the note, those who answer for their side, and its inbox.

    On the day by which it should be shared; an hour on, where that has passed.
    """
    due_at = max(at_local(finish_due_on(visit.on), REMIND_AT), at + timedelta(hours=1))
    people = to_people([who]) + answerers(visit.partnership, side, on=localdate(due_at))
    for recipient in dict.fromkeys(people):
        schedule(
            UNFINISHED, about=visit, recipient=recipient, occurrence=due_at, due_at=due_at, at=at
        )


def remind_to_record(visit: Engagement, *, at: datetime) -> None:
    """Promise to ask, the working day after, whether a planned visit was held.

    The officers who were to come are asked, whoever planned it, and the team with its inbox.
    """
    due_at = at_local(working_day_after(visit.on, 1), REMIND_AT)
    coming = [a.officer for a in visit.attendances.select_related("officer").order_by("pk")]
    people = to_people([*coming, visit.logged_by])
    people += answerers(visit.partnership, Side.POLICE, on=localdate(due_at))
    for recipient in dict.fromkeys(people):
        schedule(
            UNRECORDED,
            about=visit,
            recipient=recipient,
            occurrence=visit.starts_at,
            due_at=due_at,
            at=at,
            context={"sequence": visit.calendar_sequence},
        )
