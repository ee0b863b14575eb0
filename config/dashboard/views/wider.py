"""What happened outside, whom it touches, and the figures before and after."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from config.web.paging import KeysetListView
from contacts.views.access import Permitted
from partnerships.models import TouchedPartnership, WiderEvent

from ..figures.around import around
from ..figures.scope import Scope


class WiderEventDetail(Permitted, KeysetListView):
    """A list of the partnerships that it touches and the reader may see, under its words."""

    permission_required = "partnerships.view_wider_event"
    template_name = "dashboard/wider_event_detail.html"
    order_keys = ("pk",)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        seen = WiderEvent.objects.visible_to(request.user).for_detail()
        self.subject = get_object_or_404(seen, ref=kwargs["ref"])

    def get_permission_object(self):
        return self.subject

    def get_queryset(self):
        touched = TouchedPartnership.objects.visible_to(self.request.user)
        return touched.of(self.subject).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(event=self.subject, **kwargs)
        if self.request.user.has_perm("dashboard.view_figures"):
            touched = self.object_list.values_list("partnership", flat=True)
            scope = Scope.of(self.request.user).of_partnerships(set(touched))
            day, today = self.subject.happened_on, timezone.localdate()
            context["around"] = around(scope=scope, day=day, on=today)
        return context
