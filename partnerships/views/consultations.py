"""The list of consultations, one of them, and its way from draft to what came of it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.models import Institution, PolicingArea
from contacts.views.access import Permitted, Seen
from partnerships import consultation_words as words
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations
from partnerships.forms import consultations as forms
from partnerships.models import Consultation, ConsultationResponse, Partnership


class ConsultationList(Permitted, KeysetListView):
    permission_required = "partnerships.view_consultations"
    template_name = "partnerships/consultation_list.html"
    order_keys = ("-drafted_at", "-pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = forms.ConsultationFilter(request.GET or None)
        self.state = self.filter.cleaned_data["state"] if self.filter.is_valid() else ""

    def get_queryset(self):
        rows = Consultation.objects.visible_to(self.request.user)
        return rows.chosen(state=self.state).for_list()

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            filter=self.filter,
            may_draft=user.has_perm("partnerships.draft_consultation"),
            may_ask=user.has_perm("partnerships.ask_for_consultation"),
            may_ask_advice=user.has_perm("partnerships.ask_rapid_advice"),
            **kwargs,
        )


UNLOGGED = "one question of police to many, and nobody's record; each answer's page is logged"


class InConsultation(Seen):
    model = Consultation
    subject_name = "consultation"
    unlogged_because = UNLOGGED


class ConsultationDetail(InConsultation, DetailView):
    permission_required = "partnerships.view_consultation"
    template_name = "partnerships/consultation_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        consultation, user = self.subject, self.request.user
        seen = ConsultationResponse.objects.visible_to(user).current().of(consultation)
        return super().get_context_data(
            moves=words.moves_for(user, consultation),
            themes=words.with_moves(consultation.heard, user, consultation.state),
            responses=seen.for_list(),
            counted=words.counted(consultation) if consultation.is_out else [],
            positions=words.positions_of(consultation),
            areas=words.areas_of(consultation),
            hindrances=words.hindrances(consultation, user, on=timezone.localdate()),
            **kwargs,
        )


# --- Asking ---------------------------------------------------------------------------------------


class Drafting(ActionView):
    """A page with the form of a draft; drawn like every move."""

    template_name = "partnerships/consultation_move.html"
    readers = "asked"
    heading = lede = button = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(move=self, **kwargs)


class SavesDraft:
    """Says after saving what is missing before the umbrella body is asked."""

    saved = None

    def act(self, **data):
        self.saved = self.save_draft(**data)
        return self.saved

    def get_success_message(self):
        return words.saved(self.saved, whole=self.success_message)


class ConsultationDraft(SavesDraft, Permitted, Drafting):
    permission_required = "partnerships.draft_consultation"
    form_class = forms.ConsultationForm
    heading = _("Draft a consultation")
    lede = _(
        "Ask before anything is decided. Once nothing is missing, the umbrella body is asked "
        "whether it is fair."
    )
    button = _("Save the draft")
    success_message = _("Saved. The umbrella body is asked whether it is fair.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.units = Institution.objects.drafting_for(request.user)

    def get_form_kwargs(self):
        today = timezone.localdate()
        return super().get_form_kwargs() | {
            "units": self.units,
            "convenors": Institution.objects.convening_in(self.units),
            "areas": PolicingArea.objects.current(on=today).in_forces_of(self.units).for_choice(),
        }

    def save_draft(self, unit=None, **data):
        return consultations.draft_consultation(
            unit=unit or self.units[0],
            by=self.request.user,
            at=timezone.now(),
            **forms.arranged(data),
        )


class ConsultationAsk(Permitted, Drafting):
    """A mosque or an umbrella body asks police to consult."""

    permission_required = "partnerships.ask_for_consultation"
    form_class = forms.QuestionForm
    heading = _("Ask police to consult")
    lede = _("Your officers write the rest: what can change, by when, and who decides.")
    button = _("Ask them")
    success_message = _("Asked. The umbrella body and your officers see it.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.places = Institution.objects.led_by(request.user)

    def get_form_kwargs(self):
        convenors = Institution.objects.convening_for(self.places, on=timezone.localdate())
        return super().get_form_kwargs() | {"places": self.places, "convenors": convenors}

    def act(self, *, co_convenor, title, question, institution=None):
        asking = institution or self.places[0]
        partnerships = Partnership.objects.primary().live().for_list()
        return consultations.draft_consultation(
            unit=partnerships.get(institution=asking).police_unit,
            co_convenor=co_convenor,
            parts={"title": title, "question": question},
            asked_by=asking,
            by=self.request.user,
            at=timezone.now(),
        )


class ConsultationAction(InConsultation, Drafting):
    form_class = EmptyForm
    readers = ""
    action = None

    def act(self, **data):
        return self.action(
            consultation=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class ConsultationEdit(SavesDraft, ConsultationAction):
    permission_required = "partnerships.edit_consultation"
    form_class = forms.ConsultationForm
    readers = "asked"
    action = staticmethod(consultations.edit_consultation)
    heading = _("Change the draft")
    lede = _("The umbrella body has its say again, for these are other words.")
    button = _("Save the draft")
    success_message = _("Saved. The umbrella body has its say before it can be opened.")

    def get_form_kwargs(self):
        units = [self.subject.institution]
        today = timezone.localdate()
        areas = PolicingArea.objects.current(on=today).in_forces_of(units).for_choice()
        return super().get_form_kwargs() | {"units": units, "convenors": None, "areas": areas}

    def get_initial(self):
        return forms.as_typed(self.subject)

    def save_draft(self, **data):
        return ConsultationAction.act(self, **forms.arranged(data))


class ConsultationCoSign(ConsultationAction):
    permission_required = "partnerships.co_sign_consultation"
    form_class = forms.CoSignForm
    readers = "asked"
    action = staticmethod(consultations.co_sign_consultation)
    heading = _("Is this question fair?")
    lede = _("You do not say that you agree with police: only that it can be asked like this.")
    button = _("Say so")
    success_message = _("Said. Whoever decides is told.")

    def act(self, *, says, **data):
        return super().act(**data)


class ConsultationOpen(ConsultationAction):
    permission_required = "partnerships.open_consultation"
    action = staticmethod(consultations.open_consultation)
    heading = _("Open this consultation?")
    lede = _("Everybody in its areas who has joined is asked, and the umbrella body as a body.")
    button = _("Open it")
    success_message = _("Open. All leads hear of it by e-mail.")


class ConsultationOpenUrgent(ConsultationOpen):
    permission_required = "partnerships.open_urgent_consultation"
    form_class = forms.UrgentForm
    readers = "asked"
    heading = _("Open this consultation as urgent?")
    lede = _("People get less time than they should, or days that are theirs. Say why.")
    button = _("Open it as urgent")


class ConsultationConsider(ConsultationAction):
    permission_required = "partnerships.consider_consultation"
    action = staticmethod(outcomes.consider_consultation)
    heading = _("Consider the answers?")
    lede = _("No further answer is taken. Those who answered are told.")
    button = _("Consider them")
    success_message = _("Being considered. Those who answered are told.")


class ConsultationDecide(ConsultationAction):
    permission_required = "partnerships.decide_consultation"
    form_class = forms.DecideForm
    readers = "asked"
    action = staticmethod(outcomes.decide_consultation)
    heading = _("Decide")
    lede = _("Each theme has to say first what changed, what did not, and why.")
    button = _("Decide")
    success_message = _("Decided. The umbrella body is told.")


class ConsultationReport(ConsultationAction):
    permission_required = "partnerships.report_consultation"
    action = staticmethod(outcomes.report_back)
    heading = _("Report back?")
    lede = _("Everybody who answered and the panel hear of it. What police promise is promised.")
    button = _("Report back")
    success_message = _("Reported back. Everybody who answered hears of it by e-mail.")


class ConsultationAbandon(ConsultationAction):
    permission_required = "partnerships.abandon_consultation"
    form_class = forms.AbandonForm
    readers = "asked"
    action = staticmethod(consultations.abandon_consultation)
    heading = _("Give up this consultation?")
    lede = _("Everybody who was asked is told.")
    button = _("Give it up")
    success_message = _("Given up. Everybody who was asked hears of it by e-mail.")
