"""Planning a visit, moving it, calling it off, and its calendar file."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from config.web.views import ActionView
from contacts.models import Contact
from contacts.views.access import Seen
from events.actions.plans import cancel_visit, move_visit, plan_visit
from events.calendars import ics
from events.forms.plans import CancelForm, PlanForm, WhenForm
from events.letters.plans import calendar_of
from events.models import Engagement
from events.request_words import kept_free
from events.rules.requests import acting_side
from partnerships.models import Side

from .requests import FromInstitution


class VisitPlan(FromInstitution, ActionView):
    permission_required = "events.plan_visit"
    template_name = "events/visit_plan.html"
    form_class = PlanForm
    success_message = _("The visit is in the calendar. Both sides hear of it by e-mail.")

    def get_form_kwargs(self):
        units = self.request.user.standing.unit_ids
        officers = Contact.objects.officers_of(units).for_list().order_by("name", "pk")
        return super().get_form_kwargs() | {"officers": officers}

    def get_initial(self):
        own = self.request.user.standing.contact_id
        return super().get_initial() | {"officers": [own]}

    def act(self, partnership, **data):
        self.require_side(partnership, self.user_side)
        return plan_visit(
            partnership=partnership,
            initiated_by=_initiated_by(partnership, self.user_side),
            side=self.user_side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


def _initiated_by(partnership, side):
    made = Engagement.InitiatedBy
    if side == Side.POLICE:
        return made.POLICE
    return made.UMBRELLA if partnership.institution.kind == "umbrella_body" else made.INSTITUTION


class PlannedVisit(Seen):
    """A visit on the page on which a side changes it."""

    model = Engagement
    subject_name = "visit"

    loads = "for_planning"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.side = acting_side(request.user, self.subject.partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"side": self.side}

    def get_context_data(self, **kwargs):
        possible = self.subject.state == Engagement.State.PLANNED
        return super().get_context_data(side=self.side, is_possible=possible, **kwargs)


class VisitMove(PlannedVisit, ActionView):
    permission_required = "events.move_visit"
    template_name = "events/visit_move.html"
    form_class = WhenForm
    success_message = _("The visit is moved. Both sides hear of it by e-mail.")

    def get_initial(self):
        visit = self.subject
        return {
            "on": visit.on,
            "starts": visit.starts,
            "duration_minutes": visit.duration_minutes,
        }

    def get_context_data(self, **kwargs):
        kept = kept_free(self.subject.institution, since=timezone.localdate())
        return super().get_context_data(kept_free=kept, **kwargs)

    def act(self, **data):
        return move_visit(
            engagement=self.subject,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class VisitCancel(PlannedVisit, ActionView):
    permission_required = "events.cancel_visit"
    template_name = "events/visit_cancel.html"
    form_class = CancelForm
    success_message = _("The visit is cancelled. Both sides hear of it by e-mail.")

    def act(self, **data):
        visit = cancel_visit(
            engagement=self.subject,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
        return visit.request or visit  # where the new date is owed


class VisitCalendar(Seen, View):
    """The visit as a file for one's own calendar."""

    model = Engagement
    permission_required = "events.download_visit_calendar"

    loads = "for_planning"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    def get(self, request, *args, **kwargs):
        content = calendar_of(self.subject, stamped_at=timezone.now())
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{ics.FILE_NAME}"'
        return response
