"""You said, we did: closing in words that both sides approve, or honestly without agreement."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from contacts.models import User
from partnerships import concern_clocks as clocks
from partnerships import concern_people as people
from partnerships.concern_wordings import PARTS_OF
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
    say,
    tell,
)
from .concerns import raise_concern
from .texts import write_version

Closing, Outcome, Settled = Concern.Closing, Concern.Outcome, Concern.Settled
CLOSING_PARTS = PARTS_OF[Move.CLOSING_PROPOSED]


@transaction.atomic
def propose_closing(*, concern: Concern, parts: dict[str, str], by: User, at: datetime) -> Concern:
    """Write what was said and done, or could not be done, for those who raised it to approve.

    Raises:
        NotNow: the answer is not accepted yet, or words wait for approval already.
        ValidationError: nothing said, or neither done nor explained.
    """
    concern = lock(concern)
    require(concern, State.ACCEPTED)
    if concern.closing == Closing.PROPOSED:
        raise NotNow(_("Those words wait for those who raised it to approve them."))
    concern.outcome = _outcome(parts)
    concern.closing = Closing.PROPOSED
    text = _closing_text(concern)
    if text:
        write_version(text=text, parts=parts, side=Side.POLICE, by=by, at=at)
    else:
        text = say(concern, parts, side=Side.POLICE, by=by, at=at)
    save(concern, at=at)
    is_first = not ConcernStep.objects.filter(text=text).exists()
    step = note_turn(
        concern,
        Move.CLOSING_PROPOSED,
        by=by,
        at=at,
        side=Side.POLICE,
        text=text if is_first else None,
    )
    tell(concern, people.raiser(concern, on=localdate(at)), step)
    return concern


def _outcome(parts):
    if not parts.get("you_said", "").strip():
        raise ValidationError({"you_said": _("Say what they said.")})
    did, could_not = (bool(parts.get(code, "").strip()) for code in ("we_did", "we_could_not"))
    if did and could_not:
        return Outcome.BOTH
    if not did and not could_not:
        raise ValidationError({"we_did": _("Say what you did, or what you could not do and why.")})
    return Outcome.DID if did else Outcome.COULD_NOT


def _closing_text(concern):
    step = ConcernStep.objects.filter(concern=concern, move=Move.CLOSING_PROPOSED).exclude(
        text=None
    )
    step = step.filter(text__withdrawn_at=None)  # removed words are written anew
    found = step.select_related("text__institution").first()
    return found and found.text


@transaction.atomic
def ask_rewording(*, concern: Concern, words: str, by: User, at: datetime) -> Concern:
    """Do not approve the words yet, and say what should stand there.

    Raises:
        NotNow: no words wait for approval.
    """
    concern = lock(concern)
    _require_proposed(concern)
    require_words(words)
    concern.closing = Closing.REWORDING
    save(concern, at=at)
    step = note_turn(concern, Move.REWORDING, by=by, at=at, side=Side.INSTITUTION, words=words)
    tell(concern, people.owner(concern, on=localdate(at)), step)
    return concern


def _require_proposed(concern):
    require(concern, State.ACCEPTED)
    if concern.closing != Closing.PROPOSED:
        raise NotNow(_("No words wait for your approval at the moment."))


@transaction.atomic
def close_concern(*, concern: Concern, audience: str, by: User, at: datetime) -> Concern:
    """Approve the words and close, as the side that raised it; ``audience`` may read them.

    Raises:
        NotNow: no words wait for approval.
    """
    concern = lock(concern)
    _require_proposed(concern)
    if _closing_text(concern) is None:
        raise NotNow(_("The words were removed. Ask for other words first."))
    concern.closing, concern.audience = Closing.APPROVED, audience
    concern.closed_at = at
    move(concern, State.CLOSED, at=at)
    step = note_turn(concern, Move.CLOSED, by=by, at=at, side=Side.INSTITUTION)
    on = localdate(at)
    told = people.owner(concern, on=on) + people.answerers(concern, on=on)
    tell(concern, told + people.raising_side(concern, on=on), step)
    return concern


@transaction.atomic
def say_settled(*, concern: Concern, is_settled: bool, by: User, at: datetime) -> Concern:
    """Say four weeks on whether it is still settled; "no" raises a new concern that follows on.

    Returns the concern to look at next.

    Raises:
        NotNow: it is not closed, or somebody has said so.
    """
    concern = lock(concern)
    require(concern, State.CLOSED)
    if concern.settled:
        raise NotNow(_("Somebody of your side has answered this already."))
    concern.settled = Settled.YES if is_settled else Settled.NO
    concern.settled_at = at
    save(concern, at=at)
    made = Move.SETTLED if is_settled else Move.UNSETTLED
    step = note_turn(concern, made, by=by, at=at, side=Side.INSTITUTION)
    tell(concern, people.answerers(concern, on=localdate(at)), step)
    return concern if is_settled else _raise_again(concern, by=by, at=at)


def _raise_again(concern, *, by, at):
    """Put the same words to police anew; where they were removed, say which concern it is."""
    first = concern.steps.select_related("text").get(move=Move.RAISED).text
    said = {} if first.is_withdrawn else dict(first.load_current().parts)
    again = _("%(reference)s was closed, and it is no longer settled.") % {
        "reference": concern.reference
    }
    worry = "\n\n".join(filter(None, [again, said.get("worry", "")]))[:1500]
    return raise_concern(
        partnership=concern.partnership,
        parts={"worry": worry, "would_help": said.get("would_help", "")},
        by=by,
        at=at,
        topic=concern.topic,
        about=concern.about,
        urgency=concern.urgency,
        may_see=concern.may_see,
        for_unnamed_member=concern.for_unnamed_member,
        follows=concern,
    )


# --- Without agreement ---------------------------------------------------------------------------


@transaction.atomic
def record_panel_view(*, concern: Concern, view: str, by: User, at: datetime) -> Concern:
    """Write down the independent panel's view, which binds nobody and which both sides read.

    Raises:
        NotNow: it is not with the panel, or the panel has spoken.
    """
    concern = lock(concern)
    require(concern, State.ESCALATED)
    if concern.level != Concern.Level.PANEL or concern.panel_viewed_at:
        raise NotNow(_("The panel has not been asked, or has given its view already."))
    require_words(view, field="view")
    concern.panel_viewed_at = at
    text = say(concern, {"view": view}, side=Side.POLICE, by=by, at=at)
    save(concern, at=at)
    step = note_turn(concern, Move.PANEL_VIEW, by=by, at=at, side=Side.POLICE, text=text)
    on = localdate(at)
    told = people.raiser(concern, on=on) + people.standing_on("commander", concern, on=on)
    tell(concern, told + people.answerers(concern, on=on), step)
    return concern


@transaction.atomic
def state_view(*, concern: Concern, statement: str, side: str, by: User, at: datetime) -> Concern:
    """Write one's own side's statement, which stands beside the other's when no agreement comes.

    Raises:
        NotNow: the panel has not spoken yet, or one's side has its statement.
    """
    concern = lock(concern)
    require(concern, State.ESCALATED)
    if concern.panel_viewed_at is None:
        raise NotNow(_("The panel gives its view first."))
    if side in _stated(concern):
        raise NotNow(_("Your side has written its statement. Change its wording instead."))
    require_words(statement, field="statement")
    text = say(concern, {"statement": statement}, side=side, by=by, at=at)
    step = note_turn(concern, Move.STATEMENT, by=by, at=at, side=side, text=text)
    on = localdate(at)
    told = (
        people.raiser(concern, on=on) if side == Side.POLICE else people.answerers(concern, on=on)
    )
    tell(concern, told + people.coordinators(concern, on=on), step)
    return concern


def _stated(concern):
    steps = ConcernStep.objects.filter(concern=concern, move=Move.STATEMENT)
    return set(steps.values_list("side", flat=True))


@transaction.atomic
def close_not_agreed(*, concern: Concern, by: User, at: datetime) -> Concern:
    """Close without agreement, four weeks after the panel's view, with both sides' statements.

    Raises:
        NotNow: the panel has not spoken, four weeks are not over, or a statement is missing.
    """
    concern = lock(concern)
    require(concern, State.ESCALATED)
    over_at = clocks.panel_over_at(concern)
    if over_at is None or at < over_at:
        raise NotNow(_("That is possible four weeks after the panel has given its view."))
    if missing := {*Side} - _stated(concern):
        raise NotNow(
            _("A statement is missing: %(side)s.")
            % {"side": ", ".join(str(Side(side).label) for side in sorted(missing))}
        )
    concern.closed_at = at
    move(concern, State.CLOSED_NOT_AGREED, at=at)
    step = note_turn(concern, Move.CLOSED_NOT_AGREED, by=by, at=at, side=Side.POLICE)
    on = localdate(at)
    told = people.raising_side(concern, on=on) + people.raiser(concern, on=on)
    tell(concern, told + people.answerers(concern, on=on), step)
    return concern
