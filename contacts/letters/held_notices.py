from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from contacts.actions.held_notices import ASKED
from contacts.mail import plain_kind
from contacts.models import HeldNotice


def register():
    kinds.register(
        plain_kind(
            ASKED,
            template="contacts/notice_held",
            still_due=awaits,
            context=context,
            give_up_after=timedelta(days=3),
        )
    )


def awaits(message):
    held = HeldNotice.objects.get(pk=message.about_id)
    return held.told_at is None and held.awaits_signature


def context(message):
    held = HeldNotice.objects.select_related("institution").get(pk=message.about_id)
    return {
        "institution": held.institution.name,
        "path": reverse("contacts:held-notice-countersign", args=[held.ref]),
    }
