"""The members of an umbrella body."""

from django.utils import timezone

from config.web.paging import KeysetListView
from contacts.models import Institution, Membership
from contacts.views.access import Seen

from ..bodies import speaks_for


class UmbrellaMembers(Seen, KeysetListView):
    """For how many it speaks, and by name those whose membership the reader may know."""

    model = Institution
    subject_name = "institution"
    permission_required = "dashboard.view_members"
    template_name = "dashboard/umbrella_members.html"
    order_keys = ("member__name", "pk")

    def get_queryset(self):
        known = Membership.objects.visible_to(self.request.user)
        return known.held_by(self.subject, on=timezone.localdate()).for_list()

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        return super().get_context_data(
            speaks_for=speaks_for(self.subject, user, on=today), **kwargs
        )
