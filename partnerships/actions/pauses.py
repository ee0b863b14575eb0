"""Police pause a partnership with a reason that two sign, with notice; the mosque replies."""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.sweeps import each_alone
from contacts.models import User
from partnerships.models import Partnership, PolicePause

from .notices import tell_institution, tell_police, tell_rung
from .partnerships import PartnershipMovedOn, lock_partnership, move_partnership, record_turn

State = PolicePause.State


class PauseMovedOn(ValidationError):
    """The pause is not in a state from which this can happen."""


class MayNotCountersign(ValidationError):
    """The second name must be somebody else's."""


class RepliedAlready(ValidationError):
    """The mosque's reply stands."""


@transaction.atomic
def propose_pause(
    *, partnership: Partnership, reason: str, is_for_safety: bool, by: User, at: datetime
) -> PolicePause:
    """Write down why police want to pause; nothing happens before a second one has signed.

    Raises:
        PartnershipMovedOn: the partnership is not active.
        ValidationError: there is no reason, or a pause is open already.
    """
    partnership = lock_partnership(partnership)
    if not partnership.takes_new_work:
        raise PartnershipMovedOn(_("Only an active partnership can be paused."))
    pause = PolicePause(
        partnership=partnership,
        institution=partnership.institution,
        reason=reason.strip(),
        is_for_safety=is_for_safety,
        proposed_by=by.contact,
        proposed_at=at,
    )
    pause.full_clean()
    pause.save()
    record_turn("police_pause_proposed", partnership, by=by, at=at, safety=is_for_safety)
    for rung in ("inspector", "commander"):
        tell_rung(rung, "police_pause_proposed", partnership, at=at)
    return pause


@transaction.atomic
def countersign_pause(*, pause: PolicePause, by: User, at: datetime) -> PolicePause:
    """Put the second name under it: the notice begins, or the pause itself for safety's sake.

    Raises:
        PauseMovedOn: it was signed or dropped before.
        MayNotCountersign: it is the person who proposed it.
    """
    pause = _locked(pause)
    if pause.state != State.PROPOSED:
        raise PauseMovedOn(_("This pause has moved on. Look at it again."))
    if pause.proposed_by_id == by.contact.pk:
        raise MayNotCountersign(_("You proposed it. Somebody else must sign it as well."))
    notice = timedelta(days=0 if pause.is_for_safety else PolicePause.NOTICE_DAYS)
    pause.countersigned_by, pause.countersigned_at = by.contact, at
    pause.starts_on = localdate(at) + notice
    _move(pause, State.ANNOUNCED)
    partnership = pause.partnership
    record_turn("police_pause_announced", partnership, by=by, at=at, starts_on=pause.starts_on)
    if pause.is_for_safety:
        _begin(pause, by=by, at=at)
    else:
        tell_institution("police_pause_announced", partnership, at=at)
    return pause


@transaction.atomic
def reply_to_pause(*, pause: PolicePause, words: str, by: User, at: datetime) -> PolicePause:
    """Put the mosque's reply beside the reason; it stands wherever that stands.

    Raises:
        PauseMovedOn: the pause is over.
        RepliedAlready: it replied before.
    """
    pause = _locked(pause)
    if not pause.is_open:
        raise PauseMovedOn(_("This pause is over."))
    if pause.replied_at:
        raise RepliedAlready(_("Your reply stands beside the reason already."))
    pause.reply, pause.replied_by, pause.replied_at = words.strip(), by.contact, at
    pause.full_clean()
    pause.save()
    record_turn("police_pause_replied", pause.partnership, by=by, at=at)
    tell_police("police_pause_replied", pause.partnership, at=at)
    return pause


@transaction.atomic
def drop_pause(*, pause: PolicePause, by: User, at: datetime) -> PolicePause:
    """Give up a pause that has not begun.

    Raises:
        PauseMovedOn: it is in force or over.
    """
    pause = _end(_locked(pause), State.DROPPED, by=by, at=at)
    record_turn("police_pause_dropped", pause.partnership, by=by, at=at)
    tell_institution("police_pause_ended", pause.partnership, at=at)
    return pause


@transaction.atomic
def lift_pause(*, pause: PolicePause, by: User, at: datetime) -> PolicePause:
    """End a pause that is in force: the partnership goes on.

    Raises:
        PauseMovedOn: it is not in force.
    """
    pause = _end(_locked(pause), State.LIFTED, by=by, at=at)
    partnership = lock_partnership(pause.partnership)
    if partnership.state == Partnership.State.PAUSED_BY_POLICE:
        move_partnership(partnership, Partnership.State.ACTIVE, at=at)
    record_turn("police_pause_lifted", partnership, by=by, at=at)
    tell_institution("police_pause_ended", partnership, at=at)
    return pause


def begin_pauses(*, at: datetime) -> int:
    """Begin what was announced and whose notice is over. Running again changes nothing."""
    return each_alone(
        PolicePause.objects.to_begin(on=localdate(at)).order_by("pk").values_list("pk", flat=True),
        partial(_begin_one, at=at),
        sweep="partnerships.begin_pauses",
    )


@transaction.atomic
def _begin_one(number: int, *, at: datetime) -> int:
    due = PolicePause.objects.to_begin(on=localdate(at)).for_action()
    pause = due.select_for_update(of=["self"], skip_locked=True).filter(pk=number).first()
    if pause is None:
        return 0
    _begin(pause, by=None, at=at)
    return 1


def _begin(pause, *, by, at):
    """Pause the partnership; a mosque that paused or left meanwhile needs no second pause."""
    partnership = lock_partnership(pause.partnership)
    if not partnership.takes_new_work:
        pause.ended_at = at
        _move(pause, State.DROPPED)
        record_turn("police_pause_dropped", partnership, by=by, at=at)
        return
    _move(pause, State.IN_FORCE)
    move_partnership(partnership, Partnership.State.PAUSED_BY_POLICE, at=at)
    record_turn("police_pause_began", partnership, by=by, at=at)
    tell_institution("police_pause_began", partnership, at=at)


def _locked(pause):
    return PolicePause.objects.for_action().get(pk=pause.pk)


def _end(pause, state, *, by, at):
    pause.ended_at, pause.ended_by = at, by.contact
    return _move(pause, state)


def _move(pause, state):
    if state not in PolicePause.MOVES[State(pause.state)]:
        raise PauseMovedOn(_("This pause has moved on. Look at it again."))
    pause.state = state
    pause.full_clean()
    pause.save()
    return pause
