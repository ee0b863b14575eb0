"""What every move of a promise shares: look at the row under a lock, take a step, tell."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from contacts.mail import to_people
from contacts.models import Contact, User
from partnerships.circle import circle_of, people_of_side
from partnerships.models import Commitment, CommitmentStep, Side

from .reminders import refresh_reminders

MOVED = "partnerships.promise_moved"
State = Commitment.State


class PromiseMovedOn(ValidationError):
    """Somebody else was quicker, or the move does not exist from where the promise stands."""


def locked(commitment: Commitment) -> Commitment:
    """Load the promise anew and keep others from moving it until this transaction ends."""
    return Commitment.objects.for_move().select_for_update(of=["self"]).get(pk=commitment.pk)


def require_state(commitment: Commitment, states: Iterable[str]) -> None:
    if commitment.state not in states:
        raise PromiseMovedOn(
            _("That is not possible now. The promise stands at: %(state)s.")
            % {"state": commitment.get_state_display()}
        )


def require_words(words: str, *, field: str, message: str) -> str:
    if not words.strip():
        raise ValidationError({field: message})
    return words.strip()


def take_step(
    commitment: Commitment,
    move: str,
    *,
    side: str,
    by: User | None,
    at: datetime,
    to: str | None = None,
    words: str = "",
    due_on: date | None = None,
    handed_to: Contact | None = None,
) -> CommitmentStep:
    """Save the promise in its new state, the step that led there, the trail and the reminders.

    Raises:
        PromiseMovedOn: ``to`` cannot be reached from its state.
    """
    if to is not None:
        if to not in Commitment.MOVES[commitment.state]:
            require_state(commitment, ())
        commitment.state, commitment.state_at = to, at
        commitment.closed_on = None if commitment.is_open else localdate(at)
    commitment.full_clean()
    commitment.save()
    step = CommitmentStep(
        commitment=commitment,
        institution=commitment.institution,
        move=move,
        side=side,
        by=by.contact if by else None,
        at=at,
        words=words,
        due_on=due_on,
        handed_to=handed_to,
    )
    step.full_clean(exclude=["commitment"])  # whoever hands it over may not see it any more
    step.save()
    record(
        f"partnerships.commitment_{move}",
        subject=commitment,
        by=by,
        at=at,
        institution=commitment.institution,
        step=step.pk,
        **({"owner": handed_to.pk} if handed_to else {}),
    )
    refresh_reminders(commitment=commitment, at=at)
    return step


def tell(
    step: CommitmentStep,
    *,
    sides: Iterable[str],
    at: datetime,
    due_at: datetime | None = None,
    also: Iterable[Contact] = (),
) -> None:
    """Promise one mail about a step to each person whom it concerns, but not to who took it."""
    commitment, by = step.commitment, step.by
    addressed = to_people(also)
    for side in sides:
        addressed += _for_side(commitment, side, at=at)
    own = to_people([by]) if by else []
    for recipient in dict.fromkeys(addressed):
        if recipient not in own:
            schedule(
                MOVED,
                about=commitment,
                recipient=recipient,
                occurrence=step.pk,
                due_at=next_allowed(due_at or at),
                at=at,
                context={"step": step.pk, "move": step.move},
            )


def _for_side(commitment: Commitment, side: str, *, at: datetime) -> list[To]:
    """Return the owner on the owner's side, who answers on the other; failing both, the inbox."""
    on = localdate(at)
    if side == commitment.owner_side:
        return circle_of(commitment, on=on).owning
    people = to_people(people_of_side(commitment.partnership, side, on=on))
    police = side == Side.POLICE
    partnership = commitment.partnership
    inbox = To.inbox(partnership.police_unit if police else partnership.institution)
    return people or [inbox]
