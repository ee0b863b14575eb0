"""What each side is told of workstreams. The title is typed, so it stays out of the mail."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.models import Workstream

LETTERS = ("workstream_proposed", "workstream_opened", "workstream_led", "workstream_closed")


def register():
    for letter in LETTERS:
        kinds.register(
            plain_kind(
                f"partnerships.{letter}",
                template=f"partnerships/{letter}",
                still_due=stands,
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def stands(message):
    """Whether it is still news: of a closed workstream, only that it was closed is."""
    workstream = Workstream.objects.get(pk=message.about_id)
    return message.kind.endswith("_closed") or not workstream.is_closed


def context(message):
    workstream = Workstream.objects.select_related("institution").get(pk=message.about_id)
    return {
        "institution": workstream.institution.name,
        "reason": workstream.get_close_reason_display(),
        "path": workstream.get_absolute_url(),
    }
