"""For whoever keeps the records and for a commander: what a law forbids telling for now."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import MovePage
from contacts.actions import held_notices
from contacts.forms.disclosures import RenewForm
from contacts.forms.people import EmptyForm
from contacts.models import HeldNotice

from .access import FreshSignIn, Seen


class HeldNoticeMove(Seen, FreshSignIn, MovePage):
    model = HeldNotice
    subject_name = "held"
    unlogged_because = "who reads it would tell what may not be told; the trail has what was done"
    template_name = "contacts/held_notice_move.html"
    form_class = EmptyForm
    action = None

    def act(self, **data):
        type(self).action(held=self.subject, by=self.request.user, at=timezone.now(), **data)
        place = self.subject.institution
        may_list = self.request.user.has_perm("contacts.view_disclosures", place)
        return (
            reverse("contacts:disclosure-list", args=[place.ref]) if may_list else reverse("home")
        )


class HeldNoticeCountersign(HeldNoticeMove):
    permission_required = "contacts.countersign_held_notice"
    action = held_notices.countersign_held_notice
    is_warning = True
    heading = _("Does the law forbid telling them now?")
    lede = _(
        "If you agree, the institution is told on the day of review, unless two people renew it. "
        "If you do not, it is told within three days."
    )
    button = _("I agree: do not tell yet")
    success_message = _("Countersigned. They are told on the day of review at the latest.")


class HeldNoticeRenew(HeldNoticeMove):
    permission_required = "contacts.renew_held_notice"
    form_class = RenewForm
    action = held_notices.renew_held_notice
    heading = _("Does the law still forbid telling them?")
    lede = _("A commander countersigns it again. Without that the day of review stands.")
    button = _("Ask for more time")
    success_message = _("Asked for. It counts once a commander has countersigned it.")


class HeldNoticeTell(HeldNoticeMove):
    permission_required = "contacts.tell_held_notice"
    action = held_notices.tell_held_notice
    heading = _("Tell them now?")
    lede = _("The institution reads what left, and its leads are told by e-mail.")
    button = _("Tell them")
    success_message = _("They are told.")
