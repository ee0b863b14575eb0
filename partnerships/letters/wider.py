"""What officers are told when something happened outside."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.models import WiderEvent


def register():
    kinds.register(
        plain_kind(
            "partnerships.wider_event_recorded",
            template="partnerships/wider_event_recorded",
            still_due=stands,
            context=context,
            give_up_after=timedelta(days=2),
        )
    )


def stands(message):
    return WiderEvent.objects.filter(pk=message.about_id, withdrawn_at__isnull=True).exists()


def context(message):
    event = WiderEvent.objects.get(pk=message.about_id)
    return {
        "kind": event.get_kind_display(),
        "happened_on": event.happened_on,
        "path": event.get_absolute_url(),
    }
