"""Mail about what was said against the words of a row: that, where and when, never the words."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.actions.wordings import MOVED
from partnerships.models import SharedText
from partnerships.wordings import KINDS

HEADLINES = {
    "asked": _("a correction is asked for"),
    "disagreed": _("one side disagrees"),
    "accepted": _("the wording that was asked for stands"),
    "declined": _("the wording was kept, with a reason"),
    "closed": _("the wish for other words was let go"),
    "amended": _("the wording was changed"),
    "removed": _("the words were removed"),
}


def register():
    kinds.register(
        plain_kind(
            MOVED,
            template="partnerships/words_moved",
            still_due=_still_stands,
            context=_context,
            give_up_after=timedelta(days=3),
        )
    )


def _still_stands(message):
    """Of removed words, only that they were removed is told."""
    text = SharedText.objects.get(pk=message.about_id)
    return text.is_withdrawn == (message.context["move"] == "removed")


def _context(message):
    text = SharedText.objects.select_related("institution", "partnership__police_unit").get(
        pk=message.about_id
    )
    kind, ref = message.context["kind"], message.context["ref"]
    return {
        "institution": text.institution.name,
        "unit": text.partnership.police_unit.name,
        "what": KINDS[kind].title,
        "headline": HEADLINES[message.context["move"]],
        "path": reverse("partnerships:text-detail", args=[kind, ref]),
    }
