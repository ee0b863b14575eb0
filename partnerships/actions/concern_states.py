"""How a concern moves: its table of moves, its history, its clock. Every action stands on these."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.kinds import To
from contacts.models import User
from partnerships.models import Concern, ConcernStep, SharedText, Side

from .concern_clocks import promise, set_clock
from .texts import share_text

State = Concern.State
Move = ConcernStep.Move


class NotNow(ValidationError):
    """The concern is not in a state from which that is possible."""


def lock(concern: Concern) -> Concern:
    """Load the concern anew and keep others from moving it until the transaction ends."""
    return Concern.objects.for_action().get(pk=concern.pk)


def require(concern: Concern, *states: str) -> None:
    if concern.state not in states:
        raise NotNow(
            _("This concern is now “%(state)s”, so that is no longer possible.")
            % {"state": concern.get_state_display()}
        )


def require_words(words: str, *, field: str = "words") -> None:
    if not words.strip():
        raise ValidationError({field: _("Write something, for they are waiting for it.")})


def move(concern: Concern, to: str, *, at: datetime) -> None:
    """Move the concern to another state, save it and set its clock.

    Raises:
        NotNow: the table of moves does not have it.
    """
    if to not in Concern.MOVES[State(concern.state)]:
        require(concern)
    concern.state, concern.state_at = to, at
    save(concern, at=at)


def save(concern: Concern, *, at: datetime) -> None:
    concern.full_clean()
    concern.save()
    set_clock(concern, at=at)


def say(
    concern: Concern, parts: dict[str, str], *, side: str, by: User, at: datetime
) -> SharedText:
    """Write words that both sides share, from the side that drafted them."""
    given = {code: words for code, words in parts.items() if words.strip()}
    return share_text(partnership=concern.partnership, side=Side(side), parts=given, by=by, at=at)


def note_turn(
    concern: Concern,
    step: str,
    *,
    by: User | None,
    at: datetime,
    side: str = "",
    words: str = "",
    text: SharedText | None = None,
) -> ConcernStep:
    """Write the step for both sides to read, and the trail."""
    made = ConcernStep(
        institution=concern.institution,
        concern=concern,
        move=step,
        side=side,
        by=by.contact if by else None,
        at=at,
        level=concern.level,
        words=words.strip(),
        text=text,
        due_on=concern.due_on,
    )
    made.full_clean()
    made.save()
    record(
        f"partnerships.concern_{step}",
        subject=concern,
        by=by,
        at=at,
        institution=concern.institution,
        state=str(concern.state),
        level=int(concern.level),
    )
    return made


def tell(concern: Concern, recipients: list[To], step: ConcernStep) -> None:
    """Promise the mail about a step, to each once."""
    for recipient in dict.fromkeys(recipients):
        promise(
            "partnerships.concern_moved", concern, recipient, step.at, occurrence=step.pk, step=step
        )
