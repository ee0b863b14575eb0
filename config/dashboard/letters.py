"""The digests as mail. Composed when they leave, so that they say what holds then."""

from datetime import date, timedelta
from functools import partial

from django.utils.timezone import localdate

from config.outbox.kinds import register as register_kind
from contacts.mail import DIGEST, plain_kind
from contacts.models import Preferences, RoleHolding, User

from .digests.compose import Digest, compose
from .digests.rhythm import KINDS, kind_for, rhythm_of


def _digest(message) -> Digest:
    """Compose once a message, though both "is it due" and "what does it say" ask."""
    if not hasattr(message, "digest"):
        user = User.objects.get(pk=message.recipient_id)
        message.digest = compose(user, at=message.due_at)
    return message.digest


def _still_due(message) -> bool:
    """Whether the person still wants this digest at this time, and anything waits for them."""
    on = date.fromisoformat(message.context["on"])  # quiet hours may have moved due_at
    roles = RoleHolding.objects.open_on(on).filter(
        contact__user=message.recipient_id, contact__user__is_active=True
    )
    kind = kind_for(set(roles.values_list("access_role", flat=True)))
    chosen = Preferences.objects.filter(user=message.recipient_id).first()
    rhythm = rhythm_of(chosen, message.kind)
    wanted = (rhythm.occurrence_on(on), rhythm.hour)
    promised = (message.context["occurrence"], message.context["hour"])
    return kind == message.kind and wanted == promised and bool(_digest(message))


def _context(message):
    digest = _digest(message)
    return {
        "day": localdate(message.due_at),
        "lines": digest.lines,
        "footers": digest.footers,
    }


def register():
    kind = partial(
        plain_kind,
        template="dashboard/digest",
        still_due=_still_due,
        context=_context,
        topic=DIGEST,
        give_up_after=timedelta(days=2),
    )
    for code in KINDS:
        register_kind(kind(code))
