"""Raising a concern, choosing what it should be, handing it on and taking it back."""

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.codes import ALPHABET
from contacts.models import Contact, Institution, User
from partnerships import concern_people as people
from partnerships.models import Concern, Partnership, Side

from .concern_clocks import promise, set_clock
from .concern_states import Move, State, lock, move, note_turn, require, save, say, tell


class NotJoined(ValidationError):
    """There is no partnership yet, or none any more, in which it could be answered."""


@transaction.atomic
def raise_concern(
    *,
    partnership: Partnership,
    parts: dict[str, str],
    by: User,
    at: datetime,
    channel: str = Concern.Channel.PORTAL,
    raised_by: Contact | None = None,
    **given: Any,
) -> Concern:
    """Put a concern to police, start the clock, and send the receipt.

    ``given`` holds the concern's own fields: topic, about, urgency, may_see, choice and so on. An
    officer who writes down what they were told gives the ``channel``, and ``raised_by`` or
    ``asked_role``; the words are then the officer's draft, which the institution reads and may
    correct. A pause stops nobody from raising one.

    Raises:
        NotJoined: the institution has not joined, or has left.
        ValidationError: no words, or on behalf of a member by who is no umbrella body.
    """
    _check(partnership, parts, given)
    written_down = channel != Concern.Channel.PORTAL
    concern = Concern(
        institution=partnership.institution,
        partnership=partnership,
        reference=new_reference(),
        raised_by=raised_by if written_down else by.contact,
        recorded_by=by.contact,
        channel=channel,
        state_at=at,
        raised_at=at,
        **given,
    )
    concern.full_clean()
    concern.save()
    side = Side.POLICE if written_down else Side.INSTITUTION
    text = say(concern, parts, side=side, by=by, at=at)
    note_turn(concern, Move.RAISED, by=by, at=at, side=side, text=text)
    set_clock(concern, at=at)
    _tell_of_new(concern, at=at)
    return concern


def _check(partnership, parts, given):
    if not (partnership.takes_new_work or partnership.is_paused):
        raise NotJoined(_("A concern needs a partnership. Please ring instead."))
    if not parts.get("worry", "").strip():
        raise ValidationError({"worry": _("Say what happened or what worries people.")})
    is_umbrella = partnership.institution.kind == Institution.Kind.UMBRELLA_BODY
    if given.get("for_unnamed_member") and not is_umbrella:
        raise ValidationError(_("Only an umbrella body speaks for a member."))


def _tell_of_new(concern, *, at):
    on = localdate(at)
    letters = [("partnerships.concern_received", to) for to in people.raiser(concern, on=on)]
    told = people.answerers(concern, on=on) + people.coordinators(concern, on=on)
    letters += [("partnerships.concern_raised", to) for to in told]
    for kind, recipient in dict.fromkeys(letters):
        promise(kind, concern, recipient, at, occurrence="raised")


def new_reference() -> str:
    """Return a reference that nobody has yet, like C-2F7KQ. Issues a query or more."""
    while True:
        reference = "C-" + "".join(secrets.choice(ALPHABET) for _index in range(5))
        if not Concern.objects.filter(reference=reference).exists():
            return reference


@transaction.atomic
def choose_route(*, concern: Concern, choice: str, by: User, at: datetime) -> Concern:
    """Choose anew between an answer and a formal complaint, while it is not in hand.

    Raises:
        NotNow: somebody is answering it already.
    """
    concern = lock(concern)
    require(concern, State.RAISED, State.ACKNOWLEDGED)
    concern.choice = choice
    save(concern, at=at)
    step = note_turn(concern, Move.CHOSE, by=by, at=at, side=Side.INSTITUTION)
    on = localdate(at)
    tell(concern, people.owner(concern, on=on) + people.coordinators(concern, on=on), step)
    return concern


@transaction.atomic
def reassign_concern(
    *, concern: Concern, answerer: Contact, by: User, at: datetime, words: str = ""
) -> Concern:
    """Hand a concern to another officer to answer; its day stays.

    Raises:
        NotNow: there is no first answer left to give.
        ValidationError: the person cannot answer there.
    """
    concern = lock(concern)
    require(concern, State.ACKNOWLEDGED, State.IN_HAND)
    require_officer(concern, answerer, on=localdate(at))
    before = people.owner(concern, on=localdate(at))
    concern.answerer = answerer
    save(concern, at=at)
    step = note_turn(concern, Move.REASSIGNED, by=by, at=at, side=Side.POLICE, words=words)
    on = localdate(at)
    tell(concern, before + people.owner(concern, on=on) + people.raiser(concern, on=on), step)
    return concern


def require_officer(concern: Concern, answerer: Contact, *, on) -> None:
    """Raise, beside the field, unless the person is an officer who may answer there."""
    if not people.who_may_answer(concern.partnership, on=on).contains(answerer):
        raise ValidationError({"answerer": _("Select an officer.")})


@transaction.atomic
def withdraw_concern(*, concern: Concern, by: User, at: datetime, words: str = "") -> Concern:
    """Take one's own concern back, whenever it is open; no reason is needed.

    Raises:
        NotNow: it is over.
    """
    concern = lock(concern)
    told = people.owner(concern, on=localdate(at))
    move(concern, State.WITHDRAWN, at=at)
    step = note_turn(concern, Move.WITHDRAWN, by=by, at=at, side=Side.INSTITUTION, words=words)
    tell(concern, told, step)
    return concern
