"""One workstream: who leads it, what it is for, its promises and its meetings."""

from django.utils import timezone

from config.web.paging import KeysetListView
from contacts.views.access import Seen
from events.models import Engagement
from partnerships.models import Commitment, Workstream
from partnerships.rules.commitments import side_for
from partnerships.text_record import show_words
from partnerships.wordings import KINDS, Words

SHOWN_MEETINGS = 12  # a year of monthly ones


class WorkstreamDetail(Seen, KeysetListView):
    """Its promises in pages, under its words and its latest meetings."""

    model = Workstream
    subject_name = "workstream"
    permission_required = "partnerships.view_workstream"
    template_name = "dashboard/workstream_detail.html"
    order_keys = ("due_on", "pk")

    def get_queryset(self):
        promises = Commitment.objects.visible_to(self.request.user)
        return promises.in_workstream(self.subject).for_list()

    def get_context_data(self, **kwargs):
        user, workstream = self.request.user, self.subject
        show_words([Words(KINDS["workstream"], workstream)], user)
        side = side_for(user, workstream.partnership)
        meetings = Engagement.objects.visible_to(user).in_workstream(workstream).for_list()
        context = super().get_context_data(
            meetings=list(meetings[:SHOWN_MEETINGS]),
            own_lead=workstream.lead_of(side),
            **kwargs,
        )
        today = timezone.localdate()
        for promise in context["page"].items:
            promise.is_late = promise.is_overdue(today)
        return context
