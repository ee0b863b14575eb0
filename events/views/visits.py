"""Logging a visit, the list of visits, and the page of one."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.views.access import Logged, Permitted, Seen
from events.actions.visits import join_visit, log_visit
from events.forms.notes import NothingForm
from events.forms.visits import BlankForm, HeldForm, VisitFilter, VisitLogForm
from events.models import Engagement
from events.note_clocks import finish_due_on
from events.places import officers_who_may_come, place_of, visible_places
from events.records import note_state, visit_record
from partnerships.models import Side

from .note_move import replayed
from .note_moves import moves_for

JOINABLE_FOR = timedelta(days=14)


class VisitLog(Permitted, Logged, ActionView):
    """Step 1, outside the door: the fact of a visit. One that was planned is asked less."""

    permission_required = "events.log_visit"
    template_name = "events/visit_log.html"
    success_message = gettext_lazy("The visit is logged.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.planned = self._planned(request.GET.get("planned"))

    def _planned(self, ref):
        if not ref:
            return None
        user = self.request.user
        ours = Engagement.objects.visible_to(user).not_as_guest(user)
        return get_object_or_404(ours.for_record().with_ref(ref))

    def get(self, request, *args, **kwargs):
        if self.planned and self.planned.state != Engagement.State.PLANNED:
            return redirect(self.planned)  # whose page clears a draft that was sent
        return super().get(request, *args, **kwargs)

    @property
    def subject(self):
        return self.planned  # what is read here of a record, if anything

    @property
    def side(self):
        return Side.INSTITUTION if self.request.user.standing.is_partner else Side.POLICE

    def get_form_class(self):
        return HeldForm if self.planned else VisitLogForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        user, visit = self.request.user, self.planned
        kwargs |= {"user": user, "side": self.side, "now": self.now}
        kwargs["officers"] = officers_who_may_come(user, visit=visit)
        if visit:
            kwargs["initial"] = HeldForm.initial_of(visit)
        else:
            kwargs["here"] = self.request.GET.get("institution", "")
        return kwargs

    def get_context_data(self, **kwargs):
        here = self.planned.institution if self.planned else self._here()
        user = self.request.user
        ours = Engagement.objects.visible_to(user).not_as_guest(user)
        planned = ours.planned_about(at=self.now)
        return super().get_context_data(
            planned=self.planned,
            here=here,
            is_partner=self.side == Side.INSTITUTION,
            planned_now=() if self.planned else planned.for_choice(),
            **kwargs,
        )

    def _here(self):
        return place_of(self.request.user, self.request.GET.get("institution"))

    def act(self, *, draft_id, **data):
        if self.planned:
            data |= HeldForm.declared(self.planned)
        return log_visit(
            side=self.side, by=self.request.user, at=self.now, client_draft=draft_id, **data
        )

    def form_invalid(self, form):
        if getattr(form, "already", None):
            context = {"already": form.already, "replayed": replayed(form), "form": form}
            context |= {"is_partner": self.side == Side.INSTITUTION, "now": self.now}
            return render(self.request, "events/visit_again.html", context)
        return super().form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class VisitLogBlank(TemplateView):
    """The same form without a word from the records, kept on the phone for want of a signal.

    What is typed stays in a draft on the phone, which the form above offers to go on with.
    """

    permission_required = None
    template_name = "events/visit_log_blank.html"

    def get_context_data(self, **kwargs):
        # The kept page must say nothing about who was signed in when it was kept.
        nobody = {"user": AnonymousUser(), "nav_items": [], "messages": [], "is_kept": True}
        return super().get_context_data(form=BlankForm(on=timezone.localdate()), **nobody, **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response


class VisitJoin(Seen, ActionView):
    """Add oneself to what a colleague logged, instead of logging it twice."""

    model = Engagement
    subject_name = "visit"
    permission_required = "events.join_visit"
    template_name = "events/visit_join.html"
    form_class = NothingForm
    success_message = gettext_lazy("You are listed as one of the officers who came.")

    def get_subject(self, ref):
        since = timezone.localdate() - JOINABLE_FOR
        joinable = Engagement.objects.joinable_by(self.request.user, since=since)
        return joinable.for_choice().with_sight_of(self.request.user).filter(ref=ref).first()

    def act(self):
        return join_visit(engagement=self.subject, by=self.request.user, at=timezone.now())


class VisitList(Permitted, KeysetListView):
    permission_required = "events.view_visits"
    template_name = "events/visit_list.html"
    order_keys = ("-starts_at", "-pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = VisitFilter(
            request.GET or None,
            institutions=visible_places(request.user),
        )

    def get_queryset(self):
        answers = self.filter.cleaned_data if self.filter.is_valid() else {}
        visits = Engagement.objects.visible_to(self.request.user)
        return visits.chosen(on=timezone.localdate(), **answers).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter=self.filter, **kwargs)
        for visit in context["page"].items:
            visit.note_label, visit.note_colour = note_state(visit)
        return context


class VisitDetail(Seen, TemplateView):
    model = Engagement
    subject_name = "visit"
    permission_required = "events.view_visit"
    template_name = "events/visit_detail.html"

    loads = "for_record"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        visit, user = self.subject, self.request.user
        label, colour = note_state(visit)
        return super().get_context_data(
            record=visit_record(visit, user),
            note_label=label,
            note_colour=colour,
            moves=moves_for(user, visit),
            finish_due_on=finish_due_on(visit.on),
            now=timezone.now(),
            **kwargs,
        )
