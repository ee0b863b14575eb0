"""Mail about a panel's comments: what they are about, by when an answer is owed, and the link."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.actions import panel_comments as comments
from partnerships.models import PanelComment


def register():
    for kind, still_due in (
        (comments.MADE, _always),
        (comments.ANSWERED, _always),
        (comments.LATE, _is_owed),
    ):
        kinds.register(
            plain_kind(
                kind,
                template=kind.replace(".", "/"),
                still_due=still_due,
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def _always(_message):
    return True


def _is_owed(message):
    return PanelComment.objects.filter(pk=message.about_id, answered_at=None).exists()


def context(message):
    comment = PanelComment.objects.for_detail().get(pk=message.about_id)
    return {
        "asked": comment.get_asked_role_display(),
        "due_on": comment.due_on,
        "made_at": comment.made_at,
        "path": comment.get_absolute_url(),
    }
