"""Making a promise and removing one. What happens in between: commitment_moves.py."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.outbox.actions import cancel
from contacts.models import Contact, User
from partnerships.circle import may_own, people_of_side
from partnerships.models import (
    Commitment,
    CommitmentStep,
    Partnership,
    SharedText,
    Side,
    Workstream,
)

from .commitment_steps import locked, take_step, tell
from .texts import withdraw_text
from .workstreams import require_open_workstream

State, Move = Commitment.State, CommitmentStep.Move


class PartnershipTakesNoPromises(ValidationError):
    """The partnership is paused or over, or the mosque has not joined and cannot answer."""


@transaction.atomic
def propose_commitment(
    *,
    partnership: Partnership,
    text: str,
    owner_side: str,
    due_on: date,
    side: str,
    by: User,
    at: datetime,
    owner: Contact | None = None,
    workstream: Workstream | None = None,
    mail: bool = True,
) -> Commitment:
    """Promise something for one's own side, or ask it of the other.

    Agreed at once when ``side`` proposes for itself. A police promise always has an owner: the
    officer who makes it, else the named officer. The other side hears of it once the time to undo
    has passed, unless ``mail`` is False (another message tells it).

    Raises:
        PartnershipTakesNoPromises: see there.
        WorkstreamMovedOn: its workstream is not open, or another partnership's.
        ValidationError: no words, a day gone by, or an owner who is not of the owner's side.
    """
    _require_open_to(partnership, owner_side, side)
    require_open_workstream(workstream, partnership)
    today = localdate(at)
    if due_on < today:
        raise ValidationError({"due_on": _("The day must not have passed.")})
    owner = owner or _owner_by_default(partnership, owner_side, side, by=by, on=today)
    if owner and not may_own(owner, partnership, owner_side, on=today):
        raise ValidationError({"owner": _("Choose somebody of the side that promises.")})
    agreed = side == owner_side
    commitment = Commitment(
        partnership=partnership,
        institution=partnership.institution,
        workstream=workstream,
        text=text.strip(),
        owner_side=owner_side,
        owner=owner,
        due_on=due_on,
        original_due_on=due_on,
        state=State.AGREED if agreed else State.PROPOSED,
        state_at=at,
        proposed_at=at,
        proposed_by=by.contact,
        proposed_side=side,
    )
    commitment.full_clean()
    commitment.save()
    step = take_step(
        commitment, Move.AGREED if agreed else Move.PROPOSED, side=side, by=by, at=at, due_on=due_on
    )
    if mail:
        tell(step, sides=[Side(side).other], at=at, due_at=at + _time_to_undo())
    return commitment


@transaction.atomic
def withdraw_commitment(
    *, commitment: Commitment, by: User, at: datetime, reason: str = "mistake"
) -> Commitment:
    """Remove a promise's words everywhere; that it stood there, who removed it and why remain.

    ``reason`` is one of ``SharedText.Withdrawal``. Both sides hear of it, unless the time to undo
    has not passed.

    Raises:
        PromiseMovedOn: it is removed already.
        ValidationError: no such reason.
    """
    commitment = locked(commitment)
    if reason not in SharedText.Withdrawal.values:
        raise ValidationError({"reason": _("Select why it is removed.")})
    side = commitment.partnership.side_of(by.standing) or commitment.proposed_side
    commitment.text, commitment.withdrawal = "", reason
    step = take_step(commitment, Move.WITHDRAWN, to=State.WITHDRAWN, side=side, by=by, at=at)
    commitment.steps.update(words="")
    _remove_what_was_said(commitment, reason, by=by, at=at)
    cancel(about=commitment, at=at)
    if at - commitment.proposed_at > _time_to_undo():
        tell(step, sides=Side.values, at=at)
    return commitment


def _remove_what_was_said(commitment, reason, *, by, at):
    for text in SharedText.objects.about_promise(commitment):
        cancel(about=text, at=at)
        withdraw_text(text=text, reason=reason, by=by, at=at)


def _time_to_undo() -> timedelta:
    return timedelta(minutes=settings.PORTAL_CLOCKS["note_undo_minutes"])


def _require_open_to(partnership: Partnership, owner_side: str, side: str) -> None:
    if partnership.takes_new_work:
        return
    if partnership.may_still_join and owner_side == side == Side.POLICE:
        return
    if partnership.may_still_join:
        raise PartnershipTakesNoPromises(
            _("Until they have joined, only what police themselves promise can be noted.")
        )
    raise PartnershipTakesNoPromises(
        _("The partnership is paused or has ended, so nothing new can be promised.")
    )


def _owner_by_default(partnership, owner_side, side, *, by: User, on: date) -> Contact | None:
    if owner_side == Side.INSTITUTION:
        return None
    if side == Side.POLICE and may_own(by.contact, partnership, owner_side, on=on):
        return by.contact
    return next(iter(people_of_side(partnership, owner_side, on=on)), None)
