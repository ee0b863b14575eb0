from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from contacts.models import Membership


def register():
    for letter in ("membership_began", "membership_ended"):
        kinds.register(
            plain_kind(
                f"contacts.{letter}",
                template=f"contacts/{letter}",
                still_due=always,
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def always(message):
    return True


def context(message):
    membership = Membership.objects.select_related("umbrella", "member").get(pk=message.about_id)
    return {
        "umbrella": membership.umbrella.name,
        "member": membership.member.name,
        "path": "/",
    }
