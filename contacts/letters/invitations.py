from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from config.outbox import kinds
from config.outbox.kinds import Recipient
from contacts.actions.invitations import KIND
from contacts.mail import plain_kind
from contacts.models import Invitation


def register():
    kinds.register(
        plain_kind(
            KIND,
            template="contacts/person_invited",
            still_due=still_due,
            context=context,
            recipient=recipient,
            give_up_after=timedelta(days=14),
            quiet=False,  # it follows a conversation, and is often waited for
        )
    )


def still_due(message):
    return Invitation.objects.filter(
        pk=message.about_id, accepted_at__isnull=True, ended_at__isnull=True
    ).exists()


def recipient(message):
    invitation = Invitation.objects.select_related("contact__language").get(pk=message.about_id)
    language = invitation.contact.language
    return Recipient(invitation.email, language=language.code if language else None)


def context(message):
    invitation = Invitation.objects.select_related("institution").get(pk=message.about_id)
    path = reverse("contacts:invitation-accept", args=[message.reveal()])
    return {
        "institution": invitation.institution.name,
        "is_police": invitation.institution.is_police,
        "expires_at": invitation.expires_at,
        "url": settings.SITE_URL.rstrip("/") + path,
    }
