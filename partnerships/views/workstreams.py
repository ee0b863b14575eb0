"""Workstreams: the list of a partnership's, putting one forward, leading and closing it.

The page of one looks across to its meetings: config/dashboard/views/workstreams.py.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.views.access import Seen
from partnerships.actions import workstreams
from partnerships.circle import who_may_lead
from partnerships.forms.workstreams import CloseForm, LeadForm, WorkstreamForm
from partnerships.models import Workstream
from partnerships.rules.commitments import side_for

from .commitments import PromiseCreate
from .partnerships import InPartnership


class WorkstreamList(InPartnership, KeysetListView):
    permission_required = "partnerships.view_partnership"
    template_name = "partnerships/workstream_list.html"
    order_keys = ("-proposed_at", "-pk")

    def get_queryset(self):
        return Workstream.objects.visible_to(self.request.user).of(self.subject).for_list()


class ForOneSide:
    """Act for the reader's own side of ``self.partnership``."""

    @property
    def partnership(self):
        return self.subject

    @property
    def side(self):
        return side_for(self.request.user, self.partnership)

    @property
    def stamp(self):
        return {"side": self.side, "by": self.request.user, "at": timezone.now()}

    def own_people(self):
        return who_may_lead(self.partnership, self.side, on=timezone.localdate())


class WorkstreamPropose(ForOneSide, InPartnership, ActionView):
    permission_required = "partnerships.propose_workstream"
    template_name = "partnerships/workstream_propose.html"
    form_class = WorkstreamForm
    success_message = _("Put forward. It opens once the other side names its lead.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.own_people()}

    def get_initial(self):
        return {"lead": self.request.user.standing.contact_id}

    def act(self, **data):
        return workstreams.propose_workstream(partnership=self.subject, **self.stamp, **data)


class InWorkstream(ForOneSide, Seen):
    model = Workstream
    subject_name = "workstream"

    @property
    def partnership(self):
        return self.subject.partnership


class WorkstreamLead(InWorkstream, ActionView):
    permission_required = "partnerships.lead_workstream"
    template_name = "partnerships/workstream_lead.html"
    form_class = LeadForm
    success_message = _("Saved. The other side is told.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.own_people()}

    def get_initial(self):
        lead = self.subject.lead_of(self.side)
        return {"lead": lead.pk if lead else self.request.user.standing.contact_id}

    def act(self, **data):
        return workstreams.set_workstream_lead(workstream=self.subject, **self.stamp, **data)


class WorkstreamClose(InWorkstream, ActionView):
    permission_required = "partnerships.close_workstream"
    template_name = "partnerships/workstream_close.html"
    form_class = CloseForm
    success_message = _("Closed. The other side is told.")

    def act(self, **data):
        return workstreams.close_workstream(workstream=self.subject, **self.stamp, **data)


class WorkstreamPromise(InWorkstream, PromiseCreate):
    """A promise in a workstream, or one that is asked for in it."""

    permission_required = "partnerships.promise_in_workstream"

    def get_context_data(self, **kwargs):
        return super().get_context_data(partnership=self.partnership, **kwargs)

    def act(self, **data):
        return super().act(workstream=self.subject, **data)
