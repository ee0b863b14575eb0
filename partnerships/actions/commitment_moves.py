"""What may happen to a promise once it is made. Who may do it is the rules' business."""

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.models import Contact, User
from partnerships.circle import may_own
from partnerships.models import Commitment, CommitmentStep, Side

from .commitment_steps import locked, require_state, require_words, take_step, tell

State, Move = Commitment.State, CommitmentStep.Move


@transaction.atomic
def agree_commitment(
    *, commitment: Commitment, by: User, at: datetime, owner: Contact | None = None
) -> Commitment:
    """Take on, for the owner's side, what the other side asked; ``owner`` will see to it."""
    commitment = locked(commitment)
    require_state(commitment, [State.PROPOSED])
    if owner:
        _set_owner(commitment, owner, on=localdate(at))
    side = commitment.owner_side
    step = take_step(commitment, Move.AGREED, to=State.AGREED, side=side, by=by, at=at)
    tell(step, sides=Side.values, at=at)
    return commitment


@transaction.atomic
def decline_commitment(
    *, commitment: Commitment, reason: str, by: User, at: datetime
) -> Commitment:
    """Say, for the owner's side, that it cannot promise what it was asked."""
    commitment = locked(commitment)
    reason = require_words(reason, field="reason", message=_("Say why it cannot be promised."))
    side = commitment.owner_side
    step = take_step(
        commitment, Move.NOT_AGREED, to=State.NOT_AGREED, side=side, by=by, at=at, words=reason
    )
    tell(step, sides=[commitment.beneficiary_side], at=at)
    return commitment


@transaction.atomic
def extend_commitment(
    *, commitment: Commitment, due_on: date, reason: str, by: User, at: datetime
) -> Commitment:
    """Give the promise a later day, with a reason; the day first agreed stays beside it.

    Raises:
        PromiseMovedOn: it is not agreed, or not open any more.
        ValidationError: no reason, or a day that is not later than the last and has passed.
    """
    commitment = locked(commitment)
    require_state(commitment, [State.AGREED])
    reason = require_words(reason, field="reason", message=_("Say why it needs longer."))
    if due_on <= commitment.due_on or due_on < localdate(at):
        raise ValidationError(
            {"due_on": _("The new day must come after the day agreed, and must not have passed.")}
        )
    commitment.due_on = due_on
    commitment.extensions += 1
    side = commitment.owner_side
    step = take_step(
        commitment, Move.EXTENDED, side=side, by=by, at=at, words=reason, due_on=due_on
    )
    tell(step, sides=[commitment.beneficiary_side], at=at)
    return commitment


@transaction.atomic
def claim_commitment(*, commitment: Commitment, done: str, by: User, at: datetime) -> Commitment:
    """Say, for the owner's side, that it is done, and what was done. Kept it is not, yet."""
    commitment = locked(commitment)
    done = require_words(done, field="done", message=_("Say what was done."))
    commitment.claimed_at = at
    side = commitment.owner_side
    step = take_step(
        commitment, Move.DONE_CLAIMED, to=State.DONE_CLAIMED, side=side, by=by, at=at, words=done
    )
    tell(step, sides=[commitment.beneficiary_side], at=at)
    return commitment


@transaction.atomic
def keep_commitment(*, commitment: Commitment, by: User, at: datetime) -> Commitment:
    """Confirm, for the side that benefits, that the promise was kept; late is better than never."""
    commitment = locked(commitment)
    side = commitment.beneficiary_side
    step = take_step(commitment, Move.KEPT, to=State.KEPT, side=side, by=by, at=at)
    tell(step, sides=Side.values, at=at)
    return commitment


@transaction.atomic
def reopen_commitment(
    *, commitment: Commitment, missing: str, by: User, at: datetime
) -> Commitment:
    """Say, for the side that benefits, what is missing; the promise is to be done again."""
    commitment = locked(commitment)
    require_state(commitment, [State.DONE_CLAIMED])
    missing = require_words(missing, field="missing", message=_("Say what is missing."))
    commitment.claimed_at = None
    side = commitment.beneficiary_side
    step = take_step(
        commitment, Move.REOPENED, to=State.AGREED, side=side, by=by, at=at, words=missing
    )
    police = commitment.owner_side == Side.POLICE
    over = commitment.partnership.institution
    sergeants = on_rung("sergeant", over=over, on=localdate(at)) if police else []
    tell(step, sides=[commitment.owner_side], at=at, also=sergeants)
    return commitment


@transaction.atomic
def fail_commitment(
    *, commitment: Commitment, explanation: str, by: User, at: datetime
) -> Commitment:
    """Say, for the owner's side, that the promise could not be kept, and why."""
    commitment = locked(commitment)
    explanation = require_words(
        explanation, field="explanation", message=_("Explain why it could not be kept.")
    )
    side = commitment.owner_side
    step = take_step(
        commitment, Move.COULD_NOT, to=State.COULD_NOT, side=side, by=by, at=at, words=explanation
    )
    tell(step, sides=[commitment.beneficiary_side], at=at)
    return commitment


@transaction.atomic
def release_commitment(
    *, commitment: Commitment, by: User, at: datetime, words: str = ""
) -> Commitment:
    """Say, for the side that benefits, that it is no longer needed."""
    commitment = locked(commitment)
    side = commitment.beneficiary_side
    step = take_step(
        commitment, Move.RELEASED, to=State.RELEASED, side=side, by=by, at=at, words=words.strip()
    )
    tell(step, sides=[commitment.owner_side], at=at)
    return commitment


@transaction.atomic
def reassign_commitment(
    *, commitment: Commitment, owner: Contact, note: str, by: User, at: datetime
) -> Commitment:
    """Hand the promise to another person of the owner's own side, with a note."""
    commitment = locked(commitment)
    require_state(commitment, Commitment.OPEN)
    note = require_words(note, field="note", message=_("Say what they need to know."))
    if owner.pk == commitment.owner_id:
        raise ValidationError({"owner": _("It is theirs already.")})
    _set_owner(commitment, owner, on=localdate(at))
    side = commitment.owner_side
    step = take_step(
        commitment, Move.REASSIGNED, side=side, by=by, at=at, words=note, handed_to=owner
    )
    tell(step, sides=Side.values, at=at)
    return commitment


@transaction.atomic
def log_call(*, commitment: Commitment, by: User, at: datetime, words: str = "") -> Commitment:
    """Note that one side rang the other about an open promise. It moves nothing."""
    commitment = locked(commitment)
    require_state(commitment, Commitment.OPEN)
    side = commitment.partnership.side_of(by.standing) or commitment.owner_side
    take_step(commitment, Move.RANG, side=side, by=by, at=at, words=words.strip())
    return commitment


def lapse_commitments(*, at: datetime) -> int:
    """Close what was said to be done and never confirmed in time, as just that: not as kept.

    Each promise lapses in a transaction of its own. Returns how many did.
    """
    before = at - timedelta(days=settings.PORTAL_CLOCKS["promise_confirm_days"])
    waiting = Commitment.objects.claimed_before(before).order_by("claimed_at", "pk")
    lapse = partial(_lapse, before=before, at=at)
    numbers = waiting.values_list("pk", flat=True)
    return each_alone(numbers, lapse, sweep="partnerships.lapse_commitments")


@transaction.atomic
def _lapse(number: int, *, before: datetime, at: datetime) -> int:
    waiting = Commitment.objects.claimed_before(before).skipping_locked()
    commitment = waiting.filter(pk=number).first()
    if commitment is None:  # moved meanwhile, or another worker has it
        return 0
    to = State.KEPT_UNCONFIRMED
    step = take_step(commitment, Move.KEPT_UNCONFIRMED, to=to, side="", by=None, at=at)
    tell(step, sides=Side.values, at=at)
    return 1


def _set_owner(commitment: Commitment, owner: Contact, *, on: date) -> None:
    if not may_own(owner, commitment.partnership, commitment.owner_side, on=on):
        raise ValidationError({"owner": _("Choose somebody of the side that promises.")})
    commitment.owner = owner
