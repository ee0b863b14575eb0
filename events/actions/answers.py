"""How the answer to a request is found: acknowledge, accept, propose, ring, pass on, decline."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from contacts.models import Contact, Institution, OfficerProfile, User
from events import addressees
from events.models import EngagementRequest
from partnerships.models import Side

from .request_states import Move, NotNow, State, lock, move, note_step, require, tell
from .requests import Slot, add_slots, check_proposed, others


class RingInstead(ValidationError):
    """Each side has proposed once; now a phone call settles it."""


@transaction.atomic
def acknowledge_request(
    *, request: EngagementRequest, words: str, side: str, by: User, at: datetime
) -> EngagementRequest:
    """Say, as a named person, that one has read it. Stops the clock of 72 hours.

    Raises:
        NotNow: somebody has acknowledged it already.
    """
    request = lock(request)
    _require_answering(request, side)
    require(request, State.SUBMITTED)
    require_words(words, field="words")
    step = note_acknowledged(request, side=side, by=by, at=at, words=words)
    tell(request, others(request, side, request.attending, on=localdate(at)), step)
    return request


def note_acknowledged(request, *, side, by, at, words=""):
    """Move a submitted request on and write who read it; the caller has locked it."""
    request.acknowledged_at, request.acknowledged_by = at, by.contact
    move(request, State.ACKNOWLEDGED, at=at)
    return note_step(request, Move.ACKNOWLEDGED, side=side, by=by, at=at, words=words)


@transaction.atomic
def accept_request(
    *,
    request: EngagementRequest,
    side: str,
    by: User,
    at: datetime,
    attending: Contact | None = None,
    words: str = "",
) -> EngagementRequest:
    """Agree to it, or to what the other side proposed. Police name the officer who will come.

    Accepting what nobody has acknowledged yet acknowledges it. After a phone call was noted,
    either side may accept.

    Raises:
        NotNow: it is the other side's turn, or the request is further on.
    """
    request = lock(request)
    _require_turn(request, side)
    if side == Side.POLICE:
        if attending is None or not OfficerProfile.objects.filter(contact=attending).exists():
            raise ValidationError({"attending": _("Select the officer who will come.")})
        request.attending = attending
    if request.state == State.SUBMITTED:
        note_acknowledged(request, side=side, by=by, at=at)
    move(request, State.ACCEPTED, at=at)
    step = note_step(request, Move.ACCEPTED, side=side, by=by, at=at, words=words)
    on = localdate(at)
    people = addressees.to_people([attending]) if attending else []
    tell(request, people + others(request, side, request.attending, on=on), step)
    return request


@transaction.atomic
def counter_request(
    *,
    request: EngagementRequest,
    words: str,
    side: str,
    by: User,
    at: datetime,
    slots: Sequence[Slot] = (),
) -> EngagementRequest:
    """Propose another time or another way, once each way.

    Raises:
        RingInstead: this side has proposed already.
        NotNow: it is the other side's turn, or the request is further on.
    """
    request = lock(request)
    answering = side == request.answering_side
    require(request, State.ACKNOWLEDGED if answering else State.ALTERNATIVE_PROPOSED)
    counted = f"{side}_counters"
    if getattr(request, counted):
        raise RingInstead(
            _("You have proposed once already. Please ring instead, and note the call here.")
        )
    require_words(words, field="words")
    check_proposed(request, side, slots, at=at)
    setattr(request, counted, 1)
    move(request, State.ALTERNATIVE_PROPOSED if answering else State.ACKNOWLEDGED, at=at)
    number = request.police_counters + request.institution_counters
    add_slots(request, slots, side=side, number=number)
    step = note_step(request, Move.COUNTERED, side=side, by=by, at=at, words=words)
    tell(request, others(request, side, request.attending, on=localdate(at)), step)
    return request


@transaction.atomic
def log_call(
    *, request: EngagementRequest, words: str, side: str, by: User, at: datetime
) -> EngagementRequest:
    """Note that the two sides spoke by phone; after it either may accept.

    Police may note that they rang before anybody has acknowledged the request. It does not stand
    for that: the clock runs on until somebody says that they have read it.

    Raises:
        NotNow: no answer is being looked for.
    """
    request = lock(request)
    unread = (State.SUBMITTED,) if side == Side.POLICE else ()
    require(request, State.ACKNOWLEDGED, State.ALTERNATIVE_PROPOSED, *unread)
    require_words(words, field="words")
    step = note_step(request, Move.RANG, side=side, by=by, at=at, words=words)
    tell(request, others(request, side, request.attending, on=localdate(at)), step)
    return request


@transaction.atomic
def redirect_request(
    *,
    request: EngagementRequest,
    unit: Institution,
    warm_handover: bool,
    words: str,
    by: User,
    at: datetime,
) -> EngagementRequest:
    """Pass the request to another police unit of the force, which can then read it.

    Raises:
        NotNow: it is not waiting for police to decide.
        ValidationError: no other unit of the force, or one that a mosque must invite by name.
    """
    request = lock(request)
    _require_answering(request, Side.POLICE)
    require(request, State.ACKNOWLEDGED)
    if unit.is_invited_unit:
        raise ValidationError({"unit": _("That unit sees nothing unless the mosque invites it.")})
    if not addressees.receivers_of(request.partnership).contains(unit):
        raise ValidationError({"unit": _("Select another police team or unit of the force.")})
    request.redirected_to, request.warm_handover = unit, warm_handover
    move(request, State.REDIRECTED, at=at)
    step = note_step(
        request, Move.REDIRECTED, side=Side.POLICE, by=by, at=at, words=words, unit=unit.pk
    )
    on = localdate(at)
    tell(request, addressees.requester(request, on=on) + addressees.of_unit(unit, on=on), step)
    return request


@transaction.atomic
def decline_request(
    *, request: EngagementRequest, by: User, at: datetime, words: str = ""
) -> EngagementRequest:
    """Say no for a mosque, to what police asked; it is voluntary and needs no reason.

    Raises:
        NotNow: it is further on.
    """
    request = lock(request)
    _require_answering(request, Side.INSTITUTION)
    require(request, State.SUBMITTED, State.ACKNOWLEDGED)
    if request.state == State.SUBMITTED:
        note_acknowledged(request, side=Side.INSTITUTION, by=by, at=at)
    request.declined_by = by.contact
    move(request, State.DECLINED, at=at)
    step = note_step(request, Move.DECLINED, side=Side.INSTITUTION, by=by, at=at, words=words)
    tell(request, addressees.requester(request, on=localdate(at)), step)
    return request


def _require_answering(request, side):
    if side != request.answering_side:
        raise NotNow(_("It is for the other side to answer this request."))


def _require_turn(request, side):
    """Whose turn it is to accept; once the two have spoken, either's."""
    if side == request.answering_side:
        in_turn = (State.SUBMITTED, State.ACKNOWLEDGED)
    else:
        in_turn = (State.ALTERNATIVE_PROPOSED,)
    if request.state not in in_turn and not has_rung(request):
        require(request)
    require(request, *in_turn, State.ACKNOWLEDGED, State.ALTERNATIVE_PROPOSED)


def has_rung(request: EngagementRequest) -> bool:
    """Say whether a call was noted; no query where the steps are prefetched."""
    return any(step.move == Move.RANG for step in request.steps.all())


def require_words(words: str, *, field: str) -> None:
    if not words.strip():
        raise ValidationError({field: _("Write a sentence or two.")})
