"""What the other side says to a note, and what its drafter says to that."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import cancel
from config.outbox.kinds import To
from config.sweeps import each_alone
from contacts.mail import to_people
from contacts.models import Contact, User
from events.addressees import answerers, sergeants
from events.models import SharedNote
from events.note_clocks import disagreement_open_until
from partnerships.actions import texts
from partnerships.models import Correction, Side

from .note_states import (
    AMENDED,
    ANSWERED,
    SHARED,
    NoteMoved,
    locked,
    move,
    require,
    require_drafter,
    require_other,
    share_again,
    tell,
    tell_readers,
    tell_side,
)

State, Channel = SharedNote.State, SharedNote.Channel
UNREAD_IN_A_ROW = 2


@transaction.atomic
def confirm_note(*, note: SharedNote, side: str, by: User, at: datetime) -> SharedNote:
    """Say by name "I have read this or had it read to me". Silence never does.

    Both sides are told: another role-holder of one's own may still disagree.

    Raises:
        NoteMoved: it is confirmed already, removed, or a correction is open.
    """
    note = _answerable(
        note, side, State.SHARED, State.UNCONFIRMED, State.CONFIRMED_BY_PHONE, State.DISAGREED
    )
    _answered(note, by=by, at=at)
    move(note, State.CONFIRMED, code="confirmed", by=by, at=at, side=str(side))
    tell_side(note, note.drafted_side, "confirmed", at=at)
    tell_side(note, side, "confirmed_by_us", at=at, by=by)
    return note


@transaction.atomic
def record_answer(
    *, note: SharedNote, channel: str, who: Contact | None, side: str, by: User, at: datetime
) -> SharedNote:
    """Note that somebody who does not sign in confirmed by phone, on paper or in person.

    It is shown as such, with who recorded it, and never counts as plainly confirmed. ``who`` is
    one of the institution's people; None where their role is not among them.

    Raises:
        NoteMoved: there is an answer already.
    """
    note = locked(note)
    require_drafter(note, side)
    require(note, State.SHARED, State.UNCONFIRMED)
    if side != Side.POLICE or channel not in {Channel.PHONE, Channel.PAPER, Channel.IN_PERSON}:
        raise ValidationError({"channel": _("Select how they confirmed it.")})
    if who and who.institution_id != note.institution_id:
        raise ValidationError({"who": _("Select somebody of that institution.")})
    note.answered_at, note.answered_by, note.answer_channel = at, who, channel
    note.answer_recorded_by = by.contact
    _call_off_news(note, at=at)
    move(note, State.CONFIRMED_BY_PHONE, code="recorded", by=by, at=at, channel=channel)
    tell_side(note, Side.INSTITUTION, "recorded", at=at)
    tell_side(note, side, "recorded_by_us", at=at, by=by)
    return note


@transaction.atomic
def ask_correction(
    *, note: SharedNote, proposed: Mapping[str, str], side: str, by: User, at: datetime
) -> Correction:
    """Ask the drafter for other words.

    Raises:
        NoteMoved: a correction is open already, or the note was answered.
        NothingChanged: the words asked for are those that stand there.
    """
    note = _answerable(note, side, State.SHARED, State.UNCONFIRMED)
    correction = texts.open_correction(text=note.text, proposed=proposed, side=side, by=by, at=at)
    _call_off_news(note, at=at)
    move(note, State.CORRECTION_OPEN, code="correction_asked", by=by, at=at, side=str(side))
    tell_side(note, note.drafted_side, "correction_asked", at=at)
    return correction


@transaction.atomic
def disagree_with_note(
    *, note: SharedNote, statement: str, side: str, by: User, at: datetime
) -> SharedNote:
    """Put a statement beside the note, at once; it goes wherever the note goes.

    Both sides and the sergeants are told.

    After one role-holder has confirmed, any other may still disagree for 14 days.

    Raises:
        NoteMoved: the 14 days are over, or the note was removed.
    """
    note = _answerable(note, side, *(set(State) - {State.DRAFT, State.DISAGREED}))
    if note.state == State.CONFIRMED and localdate(at) > disagreement_open_until(note.answered_at):
        raise NoteMoved(_("The note was confirmed more than 14 days ago. Ask your officer."))
    texts.disagree(text=note.text, statement=statement, side=side, by=by, at=at)
    _answered(note, by=by, at=at)
    move(note, State.DISAGREED, code="disagreed", by=by, at=at, side=str(side))
    tell_side(note, note.drafted_side, "disagreed", at=at)
    tell_side(note, side, "disagreed_by_us", at=at, by=by)
    _tell_sergeants(note, side, by=by, at=at)
    return note


@transaction.atomic
def ask_to_explain(*, note: SharedNote, side: str, by: User, at: datetime) -> SharedNote:
    """Ask the drafter's people to explain the note; where it stands does not change."""
    note = _answerable(note, side, *(set(State) - {State.DRAFT}))
    note.explain_asked_at = at
    note.full_clean()
    note.save()
    record(
        "events.note_explain_asked",
        subject=note.engagement,
        by=by,
        at=at,
        institution=note.institution,
        side=str(side),
    )
    tell_side(note, note.drafted_side, "explain_asked", at=at)
    return note


@transaction.atomic
def accept_note_correction(*, note: SharedNote, side: str, by: User, at: datetime) -> SharedNote:
    """Take the words asked for as the next version, and put the note before the other side anew."""
    note, correction = _in_correction(note, Correction.State.OPEN)
    require_drafter(note, side)
    version = texts.accept_correction(correction=correction, side=side, by=by, at=at)
    note.text.current_version = version.number
    share_again(note, code="correction_accepted", by=by, at=at, version=version.number)
    tell_readers(AMENDED, note, at=at)
    return note


@transaction.atomic
def decline_note_correction(
    *, note: SharedNote, reason: str, side: str, by: User, at: datetime
) -> SharedNote:
    """Keep the wording and say why. Those who asked let go of it, or disagree."""
    note, correction = _in_correction(note, Correction.State.OPEN)
    require_drafter(note, side)
    texts.decline_correction(correction=correction, reason=reason, side=side, by=by, at=at)
    move(note, State.CORRECTION_OPEN, code="correction_declined", by=by, at=at)
    tell_side(note, Side(note.drafted_side).other, "correction_declined", at=at)
    return note


@transaction.atomic
def close_note_correction(*, note: SharedNote, side: str, by: User, at: datetime) -> SharedNote:
    """Let go of a correction, so that the note can be answered. Only those who asked can."""
    note, correction = _in_correction(note, Correction.State.OPEN, Correction.State.DECLINED)
    require_other(note, side)
    texts.close_correction(correction=correction, side=side, by=by, at=at)
    share_again(note, code="correction_closed", by=by, at=at)
    tell_side(note, note.drafted_side, "correction_closed", at=at)
    return note


def mark_unconfirmed(*, on: date, at: datetime) -> int:
    """Show "no reply" for each note whose time to answer is over; return how many.

    It can still be answered; both sides are told. After two in a row that police sent, what their
    people are told is to ring or to bring a printed copy. Each note moves in a transaction of its
    own.
    """
    over = SharedNote.objects.without_reply(on=on).order_by("pk").values_list("pk", flat=True)
    return each_alone(
        over, partial(_mark_unconfirmed, on=on, at=at), sweep="events.mark_unconfirmed"
    )


@transaction.atomic
def _mark_unconfirmed(number, *, on, at):
    note = SharedNote.objects.skipping_locked().without_reply(on=on).filter(pk=number).first()
    if note is None:  # answered meanwhile, or another worker has it
        return 0
    move(note, State.UNCONFIRMED, code="unconfirmed", by=None, at=at)
    unread_again = note.drafted_side == Side.POLICE and is_unread_again(note)
    tell_side(note, note.drafted_side, "unread" if unread_again else "unconfirmed", at=at)
    tell_side(note, Side(note.drafted_side).other, "unconfirmed_by_us", at=at)
    return 1


def is_unread_again(note: SharedNote) -> bool:
    """Say whether the last two notes that police sent there had no reply. One query."""
    latest = SharedNote.objects.latest_by_police(note.engagement.partnership)
    states = latest.values_list("state", flat=True)[:UNREAD_IN_A_ROW]
    return list(states) == [State.UNCONFIRMED] * UNREAD_IN_A_ROW


def _tell_sergeants(note, side, *, by, at):
    """Tell each sergeant who has not been told with their side already."""
    partnership, on = note.engagement.partnership, localdate(at)
    told = {*answerers(partnership, Side.POLICE, on=on), To.user(by)}
    if note.drafted_side == Side.POLICE:
        told |= set(to_people([note.drafted_by]))
    answer = "disagreed_by_us" if side == Side.POLICE else "disagreed"
    others = [to for to in sergeants(partnership, on=on) if to not in told]
    tell(ANSWERED, note, others, at=at, answer=answer)


def _answerable(note, side, *states):
    note = locked(note)
    require_other(note, side)
    require(note, *states)
    return note


def _answered(note, *, by, at):
    note.answered_at, note.answered_by = at, by.contact
    note.answer_channel, note.answer_recorded_by = Channel.PORTAL, None
    _call_off_news(note, at=at)


def _call_off_news(note, *, at):
    """Whoever has answered need not be told any more that there is something to answer."""
    cancel(about=note, at=at, kinds=(SHARED, AMENDED))


def _in_correction(note, *states):
    note = locked(note)
    require(note, State.CORRECTION_OPEN)
    correction = note.text.corrections.unsettled().for_answer().filter(state__in=states).first()
    if correction is None:
        raise NoteMoved(_("The correction was answered meanwhile. Look at the note again."))
    return note, correction
