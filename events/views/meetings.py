"""Meetings that two sides agreed to hold: which were held, and saying that one was."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.views.access import Seen
from events.actions.meetings import count_meeting
from events.forms.meetings import CountForm
from events.models import Engagement, EngagementKind
from events.rules.requests import acting_side
from partnerships.meetings import owed_by
from partnerships.models import Workstream
from partnerships.views.partnerships import InPartnership


class MeetingList(InPartnership, KeysetListView):
    """What is owed and by when, and the meetings held, the latest first."""

    permission_required = "partnerships.view_partnership"
    template_name = "events/meeting_list.html"
    order_keys = ("-on", "-pk")

    def get_queryset(self):
        visible = Engagement.objects.visible_to(self.request.user)
        return visible.agreed_meetings_of(self.subject).for_list()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owed=owed_by(self.subject, on=timezone.localdate()), **kwargs
        )


class MeetingCount(Seen, ActionView):
    model = Engagement
    subject_name = "visit"
    permission_required = "events.count_meeting"
    template_name = "events/meeting_count.html"
    form_class = CountForm
    success_message = _("Saved. Both sides read it on the page of the meeting.")

    loads = "for_planning"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    def get_initial(self):
        return {"meeting": self.subject.meeting, "workstream": self.subject.workstream_id}

    def get_form_kwargs(self):
        streams = Workstream.objects.visible_to(self.request.user).of(self.subject.partnership)
        return super().get_form_kwargs() | {"workstreams": streams.open_or(self.subject)}

    def get_context_data(self, **kwargs):
        visit = self.subject
        possible = (visit.kind, visit.state) == (EngagementKind.MEETING, Engagement.State.HELD)
        return super().get_context_data(is_possible=possible, **kwargs)

    def act(self, **data):
        return count_meeting(
            engagement=self.subject,
            side=acting_side(self.request.user, self.subject.partnership),
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
