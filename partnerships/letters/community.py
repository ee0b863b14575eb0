"""What police are told when an institution signs a statement."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.models import CommunityView


def register():
    kinds.register(
        plain_kind(
            "partnerships.statement_signed",
            template="partnerships/statement_signed",
            still_due=stands,
            context=context,
            give_up_after=timedelta(days=3),
        )
    )


def stands(message):
    return CommunityView.objects.filter(pk=message.about_id, withdrawn_at__isnull=True).exists()


def context(message):
    view = CommunityView.objects.select_related("institution").get(pk=message.about_id)
    return {
        "institution": view.institution.name,
        "about": view.get_about_display(),
        "path": view.get_absolute_url(),
    }
