"""From the first word to the answer, and what those who raised it say to it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from contacts.models import Contact, User
from partnerships import concern_clocks as clocks
from partnerships import concern_people as people
from partnerships.concern_wordings import PARTS_OF
from partnerships.models import Concern, Side

from .concern_states import (
    Move,
    NotNow,
    State,
    lock,
    move,
    note_turn,
    require,
    require_words,
    save,
    say,
    tell,
)
from .concerns import require_officer

# What an answer is made of, in its order: at least one of the last three says what follows.
ANSWER_PARTS = PARTS_OF[Move.ANSWERED]
WHAT_FOLLOWS = ANSWER_PARTS[2:]


@transaction.atomic
def acknowledge_concern(
    *,
    concern: Concern,
    answerer: Contact,
    words: str,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> Concern:
    """Say as a person that it has arrived, who will answer, and by when.

    Without ``due_on`` that is the usual number of working days.

    Raises:
        NotNow: somebody has, or it is over.
        ValidationError: no words, no officer, or a day that has gone by.
    """
    concern = lock(concern)
    require(concern, State.RAISED)
    require_words(words)
    require_officer(concern, answerer, on=localdate(at))
    concern.due_on = concern.first_due_on = _day(due_on, on=localdate(at))
    concern.answerer, concern.acknowledged_at = answerer, at
    if concern.recourse in (Concern.Recourse.WITH_INSPECTOR, Concern.Recourse.WITH_COMMANDER):
        concern.recourse = Concern.Recourse.ANSWERED
        concern.recourse_answered_at = at
    move(concern, State.ACKNOWLEDGED, at=at)
    step = note_turn(concern, Move.ACKNOWLEDGED, by=by, at=at, side=Side.POLICE, words=words)
    on = localdate(at)
    told = people.raiser(concern, on=on) + people.owner(concern, on=on)
    if concern.choice == Concern.Choice.COMPLAINT:
        told += people.coordinators(concern, on=on)
    tell(concern, told, step)
    return concern


def _day(due_on, *, on):
    if due_on and due_on < on:
        raise ValidationError({"due_on": _("Choose today or a later day.")})
    return due_on or clocks.usual_day(on)


@transaction.atomic
def pass_to_complaints(
    *, concern: Concern, complaint_reference: str, by: User, at: datetime
) -> Concern:
    """Pass it on as a formal complaint, because those who raised it chose that, with its number.

    Raises:
        NotNow: it is not acknowledged, or in hand already, or nobody chose a complaint.
    """
    concern = lock(concern)
    require(concern, State.ACKNOWLEDGED)
    if concern.choice != Concern.Choice.COMPLAINT:
        raise NotNow(_("Only those who raised it can choose a complaint, and they have not."))
    if not complaint_reference.strip():
        raise ValidationError({"complaint_reference": _("Enter the number of the complaint.")})
    concern.complaint_reference = complaint_reference.strip()
    move(concern, State.PASSED_TO_COMPLAINTS, at=at)
    step = note_turn(concern, Move.PASSED_TO_COMPLAINTS, by=by, at=at, side=Side.POLICE)
    on = localdate(at)
    tell(concern, people.raiser(concern, on=on) + people.owner(concern, on=on), step)
    return concern


@transaction.atomic
def take_in_hand(*, concern: Concern, words: str, by: User, at: datetime) -> Concern:
    """Say that work on the answer has begun, and what is being looked at.

    Raises:
        NotNow: nobody acknowledged it, or it is in hand already.
    """
    concern = lock(concern)
    require(concern, State.ACKNOWLEDGED)
    require_words(words)
    concern.told_at = at
    move(concern, State.IN_HAND, at=at)
    step = note_turn(concern, Move.IN_HAND, by=by, at=at, side=Side.POLICE, words=words)
    tell(concern, people.raiser(concern, on=localdate(at)), step)
    return concern


@transaction.atomic
def update_concern(*, concern: Concern, words: str, by: User, at: datetime) -> Concern:
    """Send word on how it stands; owed every ten working days while it is in hand.

    Raises:
        NotNow: it is not in hand.
    """
    concern = lock(concern)
    require(concern, State.IN_HAND, State.ESCALATED)
    require_words(words)
    concern.told_at = at
    save(concern, at=at)
    step = note_turn(concern, Move.UPDATED, by=by, at=at, side=Side.POLICE, words=words)
    tell(concern, people.raiser(concern, on=localdate(at)), step)
    return concern


@transaction.atomic
def answer_concern(*, concern: Concern, parts: dict[str, str], by: User, at: datetime) -> Concern:
    """Answer, with reasons, and say what will change, what cannot, or what cannot be said and why.

    Raises:
        NotNow: it is not in hand, nor with a higher level.
        ValidationError: a part is missing; or who answered first would answer again, one level up.
    """
    concern = lock(concern)
    require(concern, State.IN_HAND, State.ESCALATED)
    _check_answer(parts)
    _check_answerer(concern, by.contact)
    concern.answerer = by.contact
    if concern.first_answered_at is None:
        concern.first_answered_at, concern.first_answerer = at, by.contact
    concern.late_with = ""
    if concern.recourse in (Concern.Recourse.WITH_INSPECTOR, Concern.Recourse.WITH_COMMANDER):
        concern.recourse = Concern.Recourse.ANSWERED
        concern.recourse_answered_at = at
    text = say(concern, parts, side=Side.POLICE, by=by, at=at)
    move(concern, State.ANSWERED, at=at)
    step = note_turn(concern, Move.ANSWERED, by=by, at=at, side=Side.POLICE, text=text)
    tell(concern, people.raiser(concern, on=localdate(at)), step)
    return concern


def _check_answer(parts):
    missing = {
        part: _("Write this part, too.")
        for part in ("answer", "reasons")
        if not parts.get(part, "").strip()
    }
    if missing:
        raise ValidationError(missing)
    if not any(parts.get(part, "").strip() for part in WHAT_FOLLOWS):
        raise ValidationError(
            {"will_change": _("Say what will change, what cannot, or what cannot be said and why.")}
        )


def _check_answerer(concern, contact):
    is_higher = Concern.Level.FIRST < concern.level < Concern.Level.PANEL
    if is_higher and contact.pk == concern.first_answerer_id:
        raise ValidationError(_("Somebody other than the first answerer answers a challenge."))
    if concern.level == Concern.Level.PANEL and concern.panel_viewed_at is None:
        raise NotNow(_("The panel gives its view first."))


@transaction.atomic
def accept_answer(*, concern: Concern, by: User, at: datetime, words: str = "") -> Concern:
    """Accept the answer; police then write what was said and done, for approval.

    Raises:
        NotNow: there is no answer to accept.
    """
    concern = lock(concern)
    move(concern, State.ACCEPTED, at=at)
    step = note_turn(concern, Move.ACCEPTED, by=by, at=at, side=Side.INSTITUTION, words=words)
    tell(concern, people.owner(concern, on=localdate(at)), step)
    return concern


@transaction.atomic
def challenge_answer(*, concern: Concern, why: str, by: User, at: datetime) -> Concern:
    """Challenge the answer: the next level up owes another one within ten working days.

    Raises:
        NotNow: there is no answer to challenge.
    """
    concern = lock(concern)
    require(concern, State.ANSWERED)
    require_words(why, field="why")
    on = localdate(at)
    concern.level = people.next_level(concern, on=on)
    concern.challenges += 1
    concern.answerer, concern.late_with = None, ""
    to_panel = concern.level == Concern.Level.PANEL
    concern.due_on = None if to_panel else clocks.usual_day(on)
    text = say(concern, {"why": why}, side=Side.INSTITUTION, by=by, at=at)
    move(concern, State.CHALLENGED, at=at)
    step = note_turn(concern, Move.CHALLENGED, by=by, at=at, side=Side.INSTITUTION, text=text)
    tell(concern, people.of_level(concern, on=on), step)
    return concern
