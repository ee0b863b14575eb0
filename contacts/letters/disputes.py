from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from contacts.mail import plain_kind
from contacts.models import LeadershipDispute


def register():
    for letter in ("dispute_reported", "leadership_disputed", "leadership_settled"):
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
    """Say the same to everybody: who reads it changes no word."""
    dispute = LeadershipDispute.objects.for_detail().get(pk=message.about_id)
    return {
        "institution": dispute.institution.name,
        "path": reverse("contacts:institution-people", args=[dispute.institution.ref]),
    }
