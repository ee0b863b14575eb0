"""What climbs: a challenge to the next level, a late answer up the ladder, a call for help."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import User
from partnerships import concern_clocks as clocks
from partnerships import concern_people as people
from partnerships.models import Concern, ConcernStep, Side

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
    tell,
)

Recourse = Concern.Recourse
CLIMBING = (Recourse.WITH_INSPECTOR, Recourse.WITH_COMMANDER)


@transaction.atomic
def take_up(*, concern: Concern, by: User, at: datetime, words: str = "") -> Concern:
    """Take up a challenge as somebody of the next level, who owes the answer from then on.

    Raises:
        NotNow: nobody challenged it, or it was taken up.
        ValidationError: the first answerer would take it up.
    """
    concern = lock(concern)
    require(concern, State.CHALLENGED)
    if by.contact.pk == concern.first_answerer_id and concern.level != Concern.Level.PANEL:
        raise ValidationError(_("Somebody other than the first answerer answers a challenge."))
    if concern.level != Concern.Level.PANEL:
        concern.answerer = by.contact
    _escalate(concern, by=by, at=at, words=words)
    return concern


def _escalate(concern, *, by, at, words=""):
    move(concern, State.ESCALATED, at=at)
    step = note_turn(concern, Move.ESCALATED, by=by, at=at, side=Side.POLICE, words=words)
    on = localdate(at)
    tell(concern, people.raiser(concern, on=on) + people.of_level(concern, on=on), step)


def take_up_challenges(*, at: datetime) -> int:
    """Pass on by itself what nobody has taken up in a day; return how many. Each alone."""
    numbers = Concern.objects.to_take_up(at=at).order_by("pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_pass_up, at=at), sweep="partnerships.take_up_challenges")


@transaction.atomic
def _pass_up(number, *, at):
    concern = Concern.objects.to_take_up(at=at).skipping_locked().filter(pk=number).first()
    if concern is None:  # somebody took it up meanwhile
        return 0
    _escalate(concern, by=None, at=at)
    return 1


def climb_late(*, at: datetime) -> int:
    """Write, for both sides to read, to whom each late answer has climbed; return how many steps.

    The mail about it follows from the concern's clock. Running again changes nothing.
    """
    return sum(
        each_alone(
            Concern.objects.to_climb(rung, on=localdate(at))
            .order_by("pk")
            .values_list("pk", flat=True),
            partial(_climb, rung=rung, at=at),
            sweep="partnerships.climb_late",
        )
        for rung in clocks.LADDER
    )


@transaction.atomic
def _climb(number, *, rung, at):
    due = Concern.objects.to_climb(rung, on=localdate(at))
    concern = due.skipping_locked().filter(pk=number).first()
    if concern is None:
        return 0
    concern.late_with = rung
    concern.full_clean()
    concern.save(update_fields=["late_with"])
    note_turn(concern, ConcernStep.Move(f"to_{rung}"), by=None, at=at, side=Side.POLICE)
    return 1


# --- Recourse ------------------------------------------------------------------------------------


@transaction.atomic
def use_concern_recourse(*, concern: Concern, by: User, at: datetime, words: str = "") -> Concern:
    """Ask the inspector to step in; where there is none, the commander.

    Raises:
        NotNow: nothing is late, or somebody was asked already.
    """
    concern = lock(concern)
    if not clocks.is_late(concern, at=at):
        raise NotNow(_("This is possible once an answer is late. It is not late now."))
    if concern.recourse in CLIMBING:
        raise NotNow(_("A senior officer was asked already."))
    on = localdate(at)
    inspectors = to_people(on_rung("inspector", over=concern.institution, on=on))
    concern.recourse = Recourse.WITH_INSPECTOR if inspectors else Recourse.WITH_COMMANDER
    concern.recourse_at, concern.recourse_answered_at = at, None
    save(concern, at=at)
    step = note_turn(concern, Move.RECOURSE, by=by, at=at, side=Side.INSTITUTION, words=words)
    tell(concern, inspectors or people.standing_on("commander", concern, on=on), step)
    return concern


@transaction.atomic
def answer_concern_recourse(*, concern: Concern, words: str, by: User, at: datetime) -> Concern:
    """Answer as the inspector or commander what is being done; the answer itself stays owed.

    Raises:
        NotNow: nobody asked, or it was answered.
    """
    concern = lock(concern)
    if concern.recourse not in CLIMBING:
        raise NotNow(_("Nobody waits for that answer any more."))
    require_words(words)
    concern.recourse, concern.recourse_answered_at = Recourse.ANSWERED, at
    save(concern, at=at)
    step = note_turn(concern, Move.RECOURSE_ANSWERED, by=by, at=at, side=Side.POLICE, words=words)
    on = localdate(at)
    tell(concern, people.raiser(concern, on=on) + people.owner(concern, on=on), step)
    return concern


def climb_concern_recourse(*, at: datetime) -> int:
    """Pass what inspectors have not answered in time to the commander; return how many."""
    waiting = Concern.objects.with_inspector_since(clocks.recourse_unanswered_since(at))
    numbers = waiting.order_by("pk").values_list("pk", flat=True)
    return each_alone(
        numbers, partial(_climb_recourse, at=at), sweep="partnerships.climb_concern_recourse"
    )


@transaction.atomic
def _climb_recourse(number, *, at):
    waiting = Concern.objects.with_inspector_since(clocks.recourse_unanswered_since(at))
    concern = waiting.skipping_locked().filter(pk=number).first()
    if concern is None:  # answered meanwhile, or another worker has it
        return 0
    concern.recourse, concern.recourse_at = Recourse.WITH_COMMANDER, at
    save(concern, at=at)
    step = note_turn(concern, Move.RECOURSE_CLIMBED, by=None, at=at, side=Side.POLICE)
    on = localdate(at)
    commanders = people.standing_on("commander", concern, on=on)
    tell(concern, commanders + people.raiser(concern, on=on), step)
    return 1
