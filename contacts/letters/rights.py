"""Mail to somebody who asked about their data: that there is an answer, and no more."""

from datetime import timedelta

from config.outbox import kinds
from contacts.actions.rights import ANSWERED
from contacts.mail import plain_kind
from contacts.models import RightsRequest


def register():
    kinds.register(
        plain_kind(
            ANSWERED,
            template="contacts/right_answered",
            still_due=lambda message: _request(message).is_closed,
            context=_context,
            give_up_after=timedelta(days=7),
        )
    )


def _request(message):
    return RightsRequest.objects.get(pk=message.about_id)


def _context(message):
    request = _request(message)
    return {"received_on": request.received_on, "path": request.get_absolute_url()}
