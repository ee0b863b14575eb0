"""Mail that a visit was logged, that nobody did so, and that its note waits to be written."""

from config.outbox import kinds as outbox
from contacts.mail import REMINDERS, plain_kind, reminded
from events.actions.reminders import UNFINISHED, UNRECORDED
from events.actions.visits import LOGGED
from events.models import Engagement, SharedNote

from .plans import is_planned_so, log_path, visit_of


def facts_of(visit) -> dict:
    return {
        "institution": visit.institution.name,
        "unit": visit.lead_unit.name,
        "kind": visit.get_kind_display(),
        "on": visit.on,
        "path": visit.get_absolute_url(),
    }


def _logged(message):
    visit = visit_of(message)
    return facts_of(visit) | {"by_police": visit.logged_side == "police"}


def _unrecorded(message):
    visit = visit_of(message)
    return facts_of(visit) | {"log_path": log_path(visit)}


def _still_held(message):
    return visit_of(message).state == Engagement.State.HELD


def _still_unwritten(message):
    visit = visit_of(message)
    note = getattr(visit, "note", None)
    unwritten = note is None or note.state == SharedNote.State.DRAFT
    return unwritten and visit.state == Engagement.State.HELD


def register():
    outbox.register(
        plain_kind(LOGGED, template="events/visit_logged", still_due=_still_held, context=_logged)
    )
    outbox.register(
        plain_kind(
            UNFINISHED,
            template="events/note_unfinished",
            still_due=_still_unwritten,
            recipient=reminded,
            topic=REMINDERS,
            context=lambda message: facts_of(visit_of(message)),
        )
    )
    outbox.register(
        plain_kind(
            UNRECORDED,
            template="events/visit_unrecorded",
            still_due=is_planned_so,
            recipient=reminded,
            topic=REMINDERS,
            context=_unrecorded,
        )
    )
