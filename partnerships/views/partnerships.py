from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.views.access import Seen
from partnerships.actions import leads, partnerships
from partnerships.circle import who_may_own
from partnerships.forms.partnerships import CadenceForm, LeadsForm
from partnerships.meetings import owed_by
from partnerships.models import LeadAssignment, Partnership, Side
from partnerships.presenters import cadence_is_open, history_of
from partnerships.steps import Joining

SHOWN_PAUSES = 10


class InPartnership(Seen):
    model = Partnership
    subject_name = "partnership"


class PartnershipDetail(InPartnership, DetailView):
    """Who works with whom, since when, and how to pause or leave."""

    permission_required = "partnerships.view_partnership"
    template_name = "partnerships/partnership_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        joining = Joining(self.subject, on=today)
        return super().get_context_data(
            history=history_of(self.subject),
            joining=joining,
            owed=owed_by(self.subject, on=today),
            pauses=list(self.subject.police_pauses.of(self.subject)[:SHOWN_PAUSES]),
            may_confirm=self.may_confirm_limits(joining),
            may_draft_now=self.subject.may_draft,
            cadence_is_open=cadence_is_open(self.subject),
            **kwargs,
        )

    def may_confirm_limits(self, joining):
        """Whether the reader is a lead who has not said yet that they went through the page."""
        user = self.request.user
        is_lead = user.has_perm("partnerships.confirm_limits", self.subject)
        is_time = self.subject.is_verified and self.subject.ended_on is None
        return is_lead and is_time and not joining.has_talked(user.standing.contact_id)


class PartnershipAction(InPartnership, ActionView):
    """A page that asks "shall this happen?" and does it by POST."""

    form_class = EmptyForm
    action = None

    def act(self, **data):
        return type(self).action(
            partnership=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class LeadsSet(PartnershipAction):
    permission_required = "partnerships.assign_lead"
    template_name = "partnerships/leads_set.html"
    form_class = LeadsForm
    action = leads.set_leads
    success_message = _("Saved. The institution's leads are told.")

    def get_form_kwargs(self):
        officers = who_may_own(self.subject, Side.POLICE, on=timezone.localdate())
        return super().get_form_kwargs() | {"officers": officers}

    def get_initial(self):
        fields = {LeadAssignment.Role.NAMED_OFFICER: "named", LeadAssignment.Role.COVER: "cover"}
        return {fields[lead.role]: lead.officer_id for lead in self.subject.current_leads}


class PartnershipPause(PartnershipAction):
    permission_required = "partnerships.pause_partnership"
    template_name = "partnerships/partnership_pause.html"
    action = partnerships.pause_partnership
    success_message = _("Paused. Your officers are told; you need not say why.")


class PartnershipResume(PartnershipAction):
    permission_required = "partnerships.resume_partnership"
    template_name = "partnerships/partnership_resume.html"
    action = partnerships.resume_partnership
    success_message = _("The partnership goes on. Your officers are told.")


class PartnershipLeave(PartnershipAction):
    permission_required = "partnerships.leave_partnership"
    template_name = "partnerships/partnership_leave.html"
    action = partnerships.leave_partnership
    success_message = _("You have left. Your officers are told; you need not say why.")


class CadenceSet(PartnershipAction):
    permission_required = "partnerships.set_cadence"
    template_name = "partnerships/cadence_set.html"
    form_class = CadenceForm
    action = partnerships.set_cadence
    success_message = _("Saved.")

    def get_initial(self):
        days, usual = self.subject.cadence_days, settings.PORTAL_CLOCKS["cadence_days"]
        if days is None and not cadence_is_open(self.subject):
            chosen = CadenceForm.WHEN_WE_ASK
        else:
            chosen = CadenceForm.DEFAULT if days in (None, usual) else CadenceForm.OTHER
        return {"cadence": chosen, "other_days": days}
