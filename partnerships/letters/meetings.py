"""What both sides are told when a meeting that they agreed on is late."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.meetings import owed_by
from partnerships.models import AgreedMeeting, Partnership


def register():
    kinds.register(
        plain_kind(
            "partnerships.meeting_overdue",
            template="partnerships/meeting_overdue",
            still_due=is_late,
            context=context,
            give_up_after=timedelta(days=3),
        )
    )


def is_late(message):
    """Whether that very meeting is still owed; held or agreed anew meanwhile, nobody is told."""
    partnership = Partnership.objects.get(pk=message.about_id)
    owed = {str(each.meeting): each for each in owed_by(partnership, on=localdate())}
    found = owed.get(message.context["meeting"])
    return found is not None and found.due_on.isoformat() == message.context["due_on"]


def context(message):
    partnership = Partnership.objects.select_related("institution").get(pk=message.about_id)
    return {
        "institution": partnership.institution.name,
        "meeting": AgreedMeeting(message.context["meeting"]).label,
        "due_on": date.fromisoformat(message.context["due_on"]),
        "path": partnership.get_absolute_url(),
    }
