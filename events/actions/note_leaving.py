"""How a note leaves its drafter once the time to undo is over, and its promises with it."""

import logging
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.outbox.actions import cancel
from config.sweeps import each_alone
from events.models import EngagementCommitment, SharedNote
from events.note_clocks import reply_by
from partnerships.actions.commitments import propose_commitment

from .note_states import SHARED, move, tell_readers, tell_side
from .reminders import remind_to_finish
from .visits import LOGGED, require_not_paused

logger = logging.getLogger(__name__)
State = SharedNote.State


@dataclass(frozen=True)
class Promise:
    """A promise that a note will make when it leaves. ``due_on`` is a London day."""

    text: str
    owner_side: str
    due_on: date

    def as_json(self) -> dict[str, str]:
        return asdict(self) | {"due_on": self.due_on.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> "Promise":
        return cls(**kept | {"due_on": date.fromisoformat(kept["due_on"])})


def release_notes(*, at: datetime) -> int:
    """Let every note leave whose time to undo is over; return how many left.

    Each leaves in a transaction of its own. One that cannot (the partnership was paused meanwhile)
    goes back to its drafter, who is told, and sees it as not shared yet.
    """
    due = SharedNote.objects.leaving(at=at).order_by("leaves_at").values_list("pk", flat=True)
    return each_alone(due, partial(_release_or_send_back, at=at), sweep="events.release_notes")


def _release_or_send_back(number, *, at):
    try:
        return _release(number, at=at)
    except ValidationError:
        logger.warning("A note could not leave and went back.", extra={"note": number})
        _send_back(number, at=at)
        return 0


@transaction.atomic
def _release(number, *, at):
    note = SharedNote.objects.skipping_locked().leaving(at=at).filter(pk=number).first()
    if note is None:  # called back, or another worker has it
        return 0
    visit, has_joined = note.engagement, note.engagement.partnership.takes_new_work
    require_not_paused(visit.partnership)
    _make_promises(note, at=at)
    note.left_at, note.planned_promises = at, []
    note.reply_by = reply_by(at) if has_joined else None
    move(note, State.SHARED, code="left", by=None, at=at)
    cancel(about=visit, at=at, kinds=[LOGGED])  # the note's own mail says it
    tell_readers(SHARED, note, at=at)
    return 1


def _make_promises(note, *, at):
    visit, drafter = note.engagement, note.drafted_by.user
    if note.planned_promises and drafter.contact is None:
        raise ValidationError(_("Whoever wrote the note holds no role any more."))
    for planned in note.planned_promises:
        promise = Promise.from_json(planned)
        commitment = propose_commitment(
            partnership=visit.partnership,
            text=promise.text,
            owner_side=promise.owner_side,
            due_on=max(promise.due_on, localdate(at)),
            side=note.drafted_side,
            by=drafter,
            at=at,
            mail=False,  # the note's own mail tells it
        )
        EngagementCommitment.objects.create(
            institution=visit.institution, engagement=visit, commitment=commitment
        )


@transaction.atomic
def _send_back(number, *, at):
    note = SharedNote.objects.for_action().leaving(at=at).filter(pk=number).first()
    if note is None:  # its drafter called it back meanwhile
        return
    note.leaves_at = None
    move(note, State.DRAFT, code="sent_back", by=None, at=at)
    visit, side = note.engagement, note.drafted_side
    tell_side(note, side, "sent_back", at=at)
    if visit.partnership.joined_on:
        remind_to_finish(visit, side=side, who=note.drafted_by, at=at)
