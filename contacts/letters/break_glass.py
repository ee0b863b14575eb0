from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from config.outbox import kinds
from contacts.actions.break_glass import CLOSED, OPENED
from contacts.mail import plain_kind
from contacts.models import BreakGlassGrant


def register():
    for kind in (OPENED, CLOSED):
        kinds.register(
            plain_kind(
                kind,
                template=kind.replace(".", "/"),
                still_due=lambda message: True,
                context=context,
                give_up_after=timedelta(days=7),
                quiet=kind == CLOSED,
            )
        )


def context(message):
    grant = BreakGlassGrant.objects.select_related("institution").get(pk=message.about_id)
    return {
        "institution": grant.institution.name,
        "reason": grant.get_reason_display(),
        "opened_at": localtime(grant.opened_at),
        "closes_at": localtime(grant.closes_at),
        "path": reverse("access-log", args=[grant.institution.ref]),
    }
