"""What every move of a consultation does: lock it, check the move, keep it, note it, tell of it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from contacts.models import User
from partnerships.models import Consultation

State = Consultation.State
DRAFTED, CO_SIGNED = "partnerships.consultation_drafted", "partnerships.consultation_co_signed"
OPENED, WEEK_LEFT = "partnerships.consultation_opened", "partnerships.consultation_week_left"
CLOSED, CONSIDERING = "partnerships.consultation_closed", "partnerships.consultation_considering"
DECIDED, REPORTED = "partnerships.consultation_decided", "partnerships.consultation_reported"
ABANDONED = "partnerships.consultation_abandoned"
# People whom somebody of the other side may be unable to see; their keys were set by actions.
PEOPLE = ("drafted_by", "cosigned_by", "opened_by", "decided_by", "abandoned_by")


class ConsultationMovedOn(ValidationError):
    """The consultation is not in a state from which this can happen."""


def moved_on() -> ConsultationMovedOn:
    return ConsultationMovedOn(_("This consultation has moved on. Look at it again."))


def locked(consultation: Consultation, kind: str = Consultation.Kind.CONSULTATION) -> Consultation:
    """Load it anew and keep others from moving it until this transaction ends.

    Raises:
        ConsultationMovedOn: it is of the other kind, which moves otherwise.
    """
    row = Consultation.objects.for_action().get(pk=consultation.pk)
    if row.kind != kind:
        raise moved_on()
    return row


def require_state(consultation: Consultation, *states: str) -> None:
    if consultation.state not in states:
        raise moved_on()


def move(consultation: Consultation, state: str, *, at: datetime) -> None:
    if state not in consultation.moves[State(consultation.state)]:
        raise moved_on()
    consultation.state, consultation.state_at = state, at
    keep(consultation)


def keep(consultation: Consultation) -> None:
    consultation.full_clean(exclude=[*PEOPLE, "public_item"])
    consultation.save()


def note(verb: str, consultation: Consultation, *, by: User | None, at: datetime, **details):
    record(
        f"partnerships.consultation_{verb}",
        subject=consultation,
        by=by,
        at=at,
        institution=consultation.institution,
        **details,
    )


def tell(
    kind: str,
    consultation: Consultation,
    recipients: Iterable[To],
    *,
    at: datetime,
    occurrence: int | datetime = 1,
) -> None:
    """Promise each the mail, outside of the quiet hours."""
    for recipient in dict.fromkeys(recipients):
        schedule(
            kind,
            about=consultation,
            recipient=recipient,
            occurrence=occurrence,
            due_at=next_allowed(at),
            at=at,
        )
