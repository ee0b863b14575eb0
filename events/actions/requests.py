"""Asking the other side for an engagement, taking it back, and putting it in the calendar."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.codes import ALPHABET
from config.outbox.actions import cancel
from contacts.models import Contact, OfficerProfile, User
from events import addressees
from events.models import Attendance, Engagement, EngagementRequest, RequestSlot
from partnerships.models import Partnership, Side

from .plans import busy_at, busy_message, call_off, instant, plan_visit, require_open
from .reminders import UNRECORDED, remind_to_record
from .request_clocks import promise, set_clock
from .request_states import Move, State, lock, move, note_step, require, tell

MOST_SLOTS = 3


class Slot(NamedTuple):
    """A time that would suit: a London day, wall-clock start and length."""

    on: date
    starts: time
    duration_minutes: int


@transaction.atomic
def submit_request(
    *,
    partnership: Partnership,
    side: str,
    slots: Sequence[Slot],
    by: User,
    at: datetime,
    channel: str = EngagementRequest.Channel.PORTAL,
    raised_by: Contact | None = None,
    **asked: Any,
) -> EngagementRequest:
    """Ask the other side, start the clock, and send the receipt.

    ``asked`` holds the request's own fields: kind, purposes, topics, why, place and so on. An
    officer who writes down what a mosque asked gives ``side`` institution, the ``channel`` and
    ``raised_by`` or ``asked_role``.

    Raises:
        PartnershipNotOpen: not joined, paused or ended.
        ValidationError: no purpose, no time, a time that cannot be.
    """
    require_open(partnership)
    if not asked.get("purposes"):
        raise ValidationError({"purposes": _("Select what it is for.")})
    _check_slots(partnership, side, slots, at=at, needed=True)
    captured = channel != EngagementRequest.Channel.PORTAL
    request = EngagementRequest(
        institution=partnership.institution,
        partnership=partnership,
        reference=new_reference(),
        raised_side=side,
        raised_by=raised_by if captured else by.contact,
        channel=channel,
        recorded_by=by.contact,
        attending=by.contact if side == Side.POLICE and _is_officer(by.contact) else None,
        state_at=at,
        submitted_at=at,
        **asked,
    )
    request.full_clean()
    request.save()
    add_slots(request, slots, side=side, number=0)
    note_step(request, Move.SUBMITTED, by=by, at=at, side=side, channel=str(channel))
    set_clock(request, at=at)
    on = localdate(at)
    letters = [("events.request_received", to) for to in addressees.requester(request, on=on)]
    answering = addressees.answerers(partnership, request.answering_side, on=on)
    if request.answering_side == Side.POLICE:
        answering += addressees.sergeants(partnership, on=on)
    letters += [("events.request_submitted", to) for to in answering]
    for kind, recipient in dict.fromkeys(letters):
        promise(kind, request, recipient, at, occurrence="submitted")
    return request


def new_reference() -> str:
    """Return a reference that nobody has yet, like R-2F7KQ. Issues a query or more."""
    while True:
        reference = "R-" + "".join(secrets.choice(ALPHABET) for _index in range(5))
        if not EngagementRequest.objects.filter(reference=reference).exists():
            return reference


def add_slots(request, slots: Iterable[Slot], *, side: str, number: int) -> None:
    """Write the times that a side proposes in the ``number``-th round; 0 is the request itself."""
    RequestSlot.objects.bulk_create(
        RequestSlot(
            institution=request.institution,
            request=request,
            side=side,
            round=number,
            on=slot.on,
            starts=slot.starts,
            duration_minutes=slot.duration_minutes,
        )
        for slot in slots
    )


def check_proposed(request: EngagementRequest, side: str, slots, *, at: datetime) -> None:
    """Raise, beside the slot's field, where a proposed time cannot be."""
    _check_slots(request.partnership, side, slots, at=at, needed=False)


def _check_slots(partnership, side, slots, *, at, needed):
    """A mosque may offer its own busy times; police may not ask for them."""
    if needed and not slots:
        raise ValidationError({"slot_1_on": _("Enter at least one day and time.")})
    if len(slots) > MOST_SLOTS:
        raise ValidationError(_("Give at most three times."))
    for number, slot in enumerate(slots, start=1):
        prefix = f"slot_{number}_"
        instant(slot.on, slot.starts, at=at, prefix=prefix)
        busy = side == Side.POLICE and busy_at(
            partnership.institution_id,
            on=slot.on,
            starts=slot.starts,
            minutes=slot.duration_minutes,
        )
        if busy:
            raise ValidationError({f"{prefix}starts": busy_message(busy, may_invite=False)})


def _is_officer(contact):
    return OfficerProfile.objects.filter(contact=contact).exists()


@transaction.atomic
def withdraw_request(
    *, request: EngagementRequest, side: str, by: User, at: datetime, words: str = ""
) -> EngagementRequest:
    """Take one's own request back, its planned visit with it.

    Raises:
        NotNow: it is over, or was held meanwhile.
    """
    request = lock(request)  # before its visits are looked up: one may be planned just now
    if side != request.raised_side:
        raise ValidationError(_("Only the side that asked can withdraw it."))
    for visit in Engagement.objects.planned().filter(request=request):
        reason = Engagement.CancelReason
        asked = reason.MOSQUE_ASKED if side == Side.INSTITUTION else reason.OTHER
        call_off(engagement=visit, reason=asked, side=side, by=by, at=at)
    had_answerer = request.attending
    move(request, State.WITHDRAWN, at=at)
    step = note_step(request, Move.WITHDRAWN, side=side, by=by, at=at, words=words)
    tell(request, others(request, side, had_answerer, on=localdate(at)), step)
    return request


@transaction.atomic
def schedule_request(
    *,
    request: EngagementRequest,
    on: date,
    starts: time,
    duration_minutes: int,
    side: str,
    by: User,
    at: datetime,
    officers: Iterable[Contact] = (),
    funding: str = "",
    invited_at_busy_time: bool = False,
) -> Engagement:
    """Put an accepted request in the calendar; also a new date after police cancelled.

    Raises:
        NotNow: it is not accepted, or in the calendar already.
        ValidationError: as :func:`.plans.plan_visit`.
    """
    request = lock(request)
    require(request, State.ACCEPTED, State.CANCELLED_BY_POLICE)
    coming = list(officers) or [request.attending] * bool(request.attending)
    visit = plan_visit(
        partnership=request.partnership,
        kind=request.kind,
        purposes=request.purposes,
        topics=request.topics,
        place=request.place,
        funding=funding,
        on=on,
        starts=starts,
        duration_minutes=duration_minutes,
        initiated_by=_initiated_by(request),
        side=side,
        by=by,
        at=at,
        officers=coming,
        request=request,
        invited_at_busy_time=invited_at_busy_time,
    )
    move(request, State.SCHEDULED, at=at)
    note_step(request, Move.SCHEDULED, side=side, by=by, at=at)
    return visit


def _initiated_by(request):
    made = Engagement.InitiatedBy
    if request.raised_side == Side.POLICE:
        return made.POLICE
    return made.UMBRELLA if request.institution.kind == "umbrella_body" else made.INSTITUTION


@transaction.atomic
def reassign_request(
    *,
    request: EngagementRequest,
    officer: Contact,
    by: User,
    at: datetime,
    words: str = "",
) -> EngagementRequest:
    """Hand a request to another officer, who also comes to the visit that is planned.

    Raises:
        NotNow: there is nothing left to hand over.
    """
    request = lock(request)  # before its visits are looked up: one may be planned just now
    planned = list(Engagement.objects.planned().filter(request=request).for_action())
    if not request.is_open or request.state == State.FEEDBACK_DUE:
        require(request)
    if not _is_officer(officer):
        raise ValidationError({"officer": _("Select an officer.")})
    before = request.attending
    request.attending = officer
    request.full_clean()
    request.save(update_fields=["attending"])
    for visit in planned:
        _replace(visit, before, officer, at=at)
    step = note_step(
        request, Move.REASSIGNED, side=Side.POLICE, by=by, at=at, words=words, officer=officer.pk
    )
    on = localdate(at)
    people = addressees.to_people([person for person in (officer, before) if person])
    tell(request, people + addressees.requester_and_mosque(request, on=on), step)
    return request


def _replace(visit, before, officer, *, at):
    if visit.attendances.filter(officer=officer).exists():
        return
    if not visit.attendances.filter(officer=before).update(officer=officer):
        Attendance.objects.create(institution=visit.institution, engagement=visit, officer=officer)
    cancel(about=visit, at=at, kinds=[UNRECORDED])
    remind_to_record(visit, at=at)


def others(request: EngagementRequest, side: str, attending: Contact | None, *, on: date) -> list:
    """Return whom the side that just moved must tell: the other side's people."""
    if side == request.answering_side:
        return addressees.requester(request, on=on)
    people = addressees.answerers(request.partnership, request.answering_side, on=on)
    if request.answering_side == Side.POLICE and attending:
        return addressees.to_people([attending]) + people
    return people
