"""What happened outside: the list of it, writing it down, taking it back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.models import PolicingArea
from contacts.views.access import Permitted, Seen
from partnerships.actions import wider
from partnerships.forms.wider import WiderEventForm
from partnerships.models import WiderEvent


class WiderEventList(Permitted, KeysetListView):
    permission_required = "partnerships.list_wider_events"
    template_name = "partnerships/wider_event_list.html"
    order_keys = ("-happened_on", "-pk")

    def get_queryset(self):
        return WiderEvent.objects.visible_to(self.request.user).for_list()


class WiderEventRecord(Permitted, ActionView):
    permission_required = "partnerships.record_wider_event"
    template_name = "partnerships/wider_event_record.html"
    form_class = WiderEventForm
    success_message = _("Written down. Officers are told, and each mosque has their promise.")

    def get_form_kwargs(self):
        areas = PolicingArea.objects.reached_by(self.request.user, "coordinator")
        current = areas.current(on=timezone.localdate()).for_choice()
        return super().get_form_kwargs() | {"areas": current}

    def act(self, **data):
        return wider.record_wider_event(by=self.request.user, at=timezone.now(), **data)


class WiderEventWithdraw(Seen, ActionView):
    model = WiderEvent
    subject_name = "event"
    unlogged_because = "what happened outside is nobody's record"
    permission_required = "partnerships.withdraw_wider_event"
    template_name = "partnerships/wider_event_withdraw.html"
    form_class = EmptyForm
    success_message = _("Taken back, and with it the promises that were still open.")

    def act(self):
        return wider.withdraw_wider_event(
            event=self.subject, by=self.request.user, at=timezone.now()
        )
