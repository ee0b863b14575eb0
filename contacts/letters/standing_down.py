from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds
from contacts.actions.standing_down import CONFIRMED, DROPPED, NO_LEAD, PROPOSED
from contacts.mail import plain_kind
from contacts.models import StandingDown


def register():
    for kind in (PROPOSED, CONFIRMED, DROPPED, NO_LEAD):
        kinds.register(
            plain_kind(
                kind,
                template=kind.replace(".", "/"),
                still_due=is_due,
                context=context,
                give_up_after=timedelta(days=7),
            )
        )


def is_due(message):
    """Whether it still tells news: what was answered meanwhile needs no asking."""
    if message.kind != PROPOSED:
        return True
    return StandingDown.objects.filter(pk=message.about_id, state="proposed").exists()


def context(message):
    place = StandingDown.objects.for_detail().get(pk=message.about_id).institution
    return {
        "institution": place.name,
        "path": reverse("contacts:institution-people", args=[place.ref]),
    }
