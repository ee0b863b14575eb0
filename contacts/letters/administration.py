"""What an administrator did about an account: told to the person, or to their coordinators."""

from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from contacts.actions.accounts import OPENED_AGAIN, SHUT, SIGNED_OUT
from contacts.mail import plain_kind
from contacts.models import Contact


def register():
    for kind in (SHUT, OPENED_AGAIN, SIGNED_OUT):
        kinds.register(
            plain_kind(
                kind,
                template=kind.replace(".", "/"),
                still_due=lambda message: True,
                context=context,
                give_up_after=timedelta(days=3),
                quiet=False,  # if it was a fraud, the night is when it counts
            )
        )


def context(message):
    place = Contact.objects.select_related("institution").get(pk=message.about_id).institution
    return {
        "institution": place.name,
        "done_at": message.due_at,
        "people_path": reverse("contacts:institution-people", args=[place.ref]),
        "sessions_path": reverse("usersessions_list"),
    }
