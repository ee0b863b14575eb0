"""Mail about promises: kind, institution, date and link, never the words of a promise."""

from datetime import timedelta

from django.utils.timezone import localdate

from config.outbox.kinds import register as register_kind
from contacts.mail import REMINDERS, plain_kind, reminded
from partnerships.actions.commitment_steps import MOVED
from partnerships.actions.escalations import ESCALATION_LIST
from partnerships.actions.reminders import RULES, reminder_moment
from partnerships.models import Commitment, CommitmentStep, Side


def _promise(message):
    return Commitment.objects.for_list().get(pk=message.about_id)


def _reminder_due(message):
    promise = _promise(message)
    moment = reminder_moment(message.kind, due_on=promise.due_on)
    return promise.state in Commitment.AWAITED and moment == message.due_at


def _facts(promise):
    """Return what may stand in a mail; the side that benefits goes by its institution's name."""
    partnership = promise.partnership
    beneficiary = (
        partnership.institution if promise.owner_side == Side.POLICE else partnership.police_unit
    )
    return {
        "beneficiary": beneficiary.name,
        "institution": partnership.institution.name,
        "unit": partnership.police_unit.name,
        "due_on": promise.due_on,
        "is_proposed": promise.state == Commitment.State.PROPOSED,
        "path": promise.get_absolute_url(),
    }


def _step_stands(message):
    """Of a removed promise, only that it was removed is told."""
    move = message.context["move"]
    removed = _promise(message).state == Commitment.State.WITHDRAWN
    return removed == (move == CommitmentStep.Move.WITHDRAWN)


def _moved(message):
    move = CommitmentStep.Move(message.context["move"])
    return _facts(_promise(message)) | {"move": move.label}


def _escalated(message):
    late = Commitment.objects.overdue(on=localdate(message.due_at))
    return late.filter(pk__in=message.context["promises"])


def _escalation_rows(message):
    promises = _escalated(message).for_list().order_by("due_on", "pk")
    return {"rows": [_facts(promise) | {"ref": promise.ref} for promise in promises]}


def register():
    for code in RULES:
        register_kind(
            plain_kind(
                code,
                template="partnerships/promise_due",
                still_due=_reminder_due,
                recipient=reminded,
                topic=REMINDERS,
                context=lambda message: _facts(_promise(message)),
            )
        )
    register_kind(
        plain_kind(
            MOVED, template="partnerships/promise_moved", still_due=_step_stands, context=_moved
        )
    )
    register_kind(
        plain_kind(
            ESCALATION_LIST,
            template="partnerships/promise_escalated",
            still_due=lambda message: _escalated(message).exists(),
            context=_escalation_rows,
            give_up_after=timedelta(days=1),
        )
    )
