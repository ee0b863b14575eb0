"""The day's heads of the sealed logs leave the system, so that a chain made anew is found out."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from config.audit import chains
from config.outbox import kinds
from config.outbox.actions import schedule
from config.outbox.kinds import Recipient, To
from contacts.mail import plain_kind
from contacts.models import User

KIND = "dashboard.audit_anchor"
_PORTAL = User(pk=0)


@transaction.atomic
def send_anchor(*, at: datetime) -> None:
    """Promise the day's heads to each address of ``AUDIT_ANCHOR_TO``, once a day."""
    chains.seal()
    heads = {head.chain: [head.n, head.hash] for head in chains.heads()}
    for address in settings.AUDIT_ANCHOR_TO:
        schedule(
            KIND,
            about=_PORTAL,
            recipient=To("anchor", _id_of(address)),
            occurrence=localdate(at),
            due_at=at,
            at=at,
            context={"heads": heads, "on": localdate(at)},
        )


def register():
    kinds.register(
        plain_kind(
            KIND,
            template="dashboard/audit_anchor",
            still_due=lambda message: True,
            recipient=_recipient,
            context=_context,
            give_up_after=timedelta(days=7),
            quiet=False,
        )
    )


def _recipient(message):
    addresses = {_id_of(address): address for address in settings.AUDIT_ANCHOR_TO}
    address = addresses.get(message.recipient_id)
    return Recipient(address) if address else None


def _context(message):
    heads = sorted(message.context["heads"].items())
    return {
        "heads": [str(chains.Head(chain, *rest)) for chain, rest in heads],
        "day": datetime.fromisoformat(message.context["on"]).date(),
    }


def _id_of(address):
    return sha256(address.encode()).hexdigest()[:16]
