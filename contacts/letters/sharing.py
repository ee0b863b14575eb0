from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from config.web.templatetags.ui import day
from contacts.mail import plain_kind
from contacts.models import SharingPermission


def register():
    for letter in ("unit_invited", "unit_uninvited"):
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
    permission = SharingPermission.objects.for_detail().get(pk=message.about_id)
    return {
        "institution": permission.institution.name,
        "unit": permission.grantee.name,
        "function": permission.grantee.get_unit_function_display(),
        "first": day(permission.valid_from),
        "last": day(permission.last_day),
        "path": reverse("contacts:sharing", args=[permission.institution.ref])
        if message.recipient_kind == "user"
        else "/",
    }
