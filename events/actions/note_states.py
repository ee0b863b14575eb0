"""How a note moves: its table of moves, its clock, its mail. All actions on notes use these."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from contacts.mail import to_people
from contacts.models import User
from events.addressees import answerers
from events.models import SharedNote
from events.note_clocks import reply_by
from partnerships.circle import who_may_own
from partnerships.models import Partnership, Side

State = SharedNote.State
SHARED, AMENDED = "events.note_shared", "events.note_amended"
ANSWERED, WITHDRAWN = "events.note_answered", "events.note_withdrawn"


class NoteMoved(ValidationError):
    """Somebody was quicker, or the move does not exist from where the note stands."""


def locked(note: SharedNote) -> SharedNote:
    """Load the note anew and keep others from moving it until the transaction ends."""
    return SharedNote.objects.for_action().get(pk=note.pk)


def require(note: SharedNote, *states: str) -> None:
    """Raise unless the note has left its drafter, stands in one of ``states`` and has its words."""
    if note.text.is_withdrawn:
        raise NoteMoved(_("This note was removed, so there is nothing to answer."))
    if not note.has_left or note.state not in states:
        raise NoteMoved(
            _("This note now stands at “%(state)s”. Look at it again.")
            % {"state": note.get_state_display()}
        )


def require_drafter(note: SharedNote, side: str) -> None:
    if side != note.drafted_side:
        raise NoteMoved(_("That is for the side that wrote the note."))


def require_other(note: SharedNote, side: str) -> None:
    if side == note.drafted_side:
        raise NoteMoved(_("That is for the side that did not write the note."))


def move(note: SharedNote, to: str, *, code: str, by: User | None, at: datetime, **details) -> None:
    """Move the note, save it and write the trail.

    Raises:
        NoteMoved: the table of moves does not have it.
    """
    if to != note.state and to not in SharedNote.MOVES[State(note.state)]:
        require(note)
    note.state = to
    note.full_clean()
    note.save()
    record(
        f"events.note_{code}",
        subject=note.engagement,
        by=by,
        at=at,
        institution=note.institution,
        state=str(to),
        **details,
    )


def share_again(note: SharedNote, *, code: str, by: User, at: datetime, **details) -> None:
    """Put the note before the other side anew: answers given to other words do not count."""
    note.reply_by = reply_by(at)
    note.answered_at = note.answered_by = note.answer_recorded_by = None
    note.answer_channel = ""
    note.explain_asked_at = None
    move(note, State.SHARED, code=code, by=by, at=at, **details)


def readers(partnership: Partnership, side: str, *, on) -> list[To]:
    """Return whom a note is mailed to: who answers for a side, and a mosque's members too.

    Nobody of an institution that has not joined: it has not agreed to be written to.
    """
    if side == Side.INSTITUTION and partnership.joined_on is None:
        return []
    found = answerers(partnership, side, on=on)
    if side == Side.INSTITUTION:
        found += to_people(who_may_own(partnership, side, on=on))
    return list(dict.fromkeys(found))


def tell(kind: str, note: SharedNote, recipients: Iterable[To], *, at: datetime, **context) -> None:
    """Promise one mail a person about where the note stands now."""
    for recipient in dict.fromkeys(recipients):
        schedule(
            kind,
            about=note,
            recipient=recipient,
            occurrence=at,
            due_at=at,
            at=at,
            context={"version": note.text.current_version, **context},
        )


def tell_readers(kind: str, note: SharedNote, *, at: datetime) -> None:
    """Mail the side that did not draft; what it was told before and has not left is called off."""
    cancel(about=note, at=at, kinds=(SHARED, AMENDED))
    other = Side(note.drafted_side).other
    tell(kind, note, readers(note.engagement.partnership, other, on=localdate(at)), at=at)


def tell_side(
    note: SharedNote, side: str, answer: str, *, at: datetime, by: User | None = None
) -> None:
    """Mail an answer to those who answer for a side; to the drafter too where it is theirs.

    Whoever gave it (``by``) knows, and is left out.
    """
    recipients = answerers(note.engagement.partnership, side, on=localdate(at))
    if side == note.drafted_side:
        recipients = to_people([note.drafted_by]) + recipients
    others = (to for to in recipients if by is None or to != To.user(by))
    tell(ANSWERED, note, others, at=at, answer=answer)
