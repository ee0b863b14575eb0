from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from contacts.actions.disclosures import KIND
from contacts.mail import plain_kind
from contacts.models import Disclosure


def register():
    kinds.register(
        plain_kind(
            KIND,
            template="contacts/disclosure_recorded",
            still_due=lambda message: True,
            context=context,
            give_up_after=timedelta(days=7),
        )
    )


def context(message):
    disclosure = Disclosure.objects.select_related("institution").get(pk=message.about_id)
    place = disclosure.institution
    return {
        "institution": place.name,
        "left_on": disclosure.left_on,
        "path": reverse("contacts:disclosure-list", args=[place.ref]),
    }
