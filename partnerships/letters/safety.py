"""What is told of safety details: that an officer may read them, until when, and that it ended."""

from datetime import timedelta

from config.outbox import kinds
from config.web.templatetags.ui import day
from contacts.mail import plain_kind
from partnerships.models import SafetyNeed


def register():
    for letter in ("safety_assigned", "safety_given", "safety_ended"):
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
    """Whether it is still news: that it was ended always is."""
    need = SafetyNeed.objects.get(pk=message.about_id)
    return message.kind.endswith("_ended") or need.ended_at is None


def context(message):
    need = SafetyNeed.objects.for_detail().get(pk=message.about_id)
    return {
        "institution": need.institution.name,
        "reason": need.get_reason_display(),
        "last_day": day(need.last_day),
        "path": need.get_absolute_url(),
    }
