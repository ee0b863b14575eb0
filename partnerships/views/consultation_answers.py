"""Answers to a consultation, and the themes found in them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from contacts.models import Institution
from contacts.views.access import Seen
from partnerships.actions import consultation_answers as answers
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.forms import consultations as forms
from partnerships.models import Consultation, ConsultationResponse, ConsultationTheme

from .consultations import UNLOGGED, ConsultationAction, Drafting


class ConsultationAnswer(ConsultationAction):
    permission_required = "partnerships.answer_consultation"
    form_class = forms.AnswerForm
    readers = "answer"
    heading = _("Answer")
    lede = _(
        "Nothing is decided yet. If you answer again, the later answer counts; this one stays on "
        "the record."
    )
    button = _("Send the answer")
    success_message = _("Sent. You can answer anew until the answers are considered.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        asked = self.subject.invitees.of(request.user)
        self.places = Institution.objects.those_of(asked)

    def get_form_kwargs(self):
        shares = self.subject.visibility == Consultation.Visibility.SHAREABLE
        return super().get_form_kwargs() | {"places": self.places, "shares": shares}

    def act(self, institution=None, *, is_shared=False, **data):
        answers.answer_consultation(
            consultation=self.subject,
            institution=institution or self.places[0],
            is_shared=is_shared,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
        return self.subject


class ResponseDetail(Seen, DetailView):
    """One answer in its own words; whose it is sees that it was read."""

    model = ConsultationResponse
    subject_name = "response"
    permission_required = "partnerships.view_response"
    template_name = "partnerships/consultation_response.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        response, user = self.subject, self.request.user
        return super().get_context_data(
            consultation=response.consultation,
            earlier=ConsultationResponse.objects.visible_to(user).earlier_than(response),
            themes=ConsultationTheme.objects.found_in(response),
            **kwargs,
        )


class AmongAnswers:
    """The form offers the answers that one may read."""

    def get_form_kwargs(self):
        seen = ConsultationResponse.objects.visible_to(self.request.user).current()
        rows = seen.of(self.get_consultation()).for_list()
        return super().get_form_kwargs() | {"responses": rows}


class ThemeName(AmongAnswers, ConsultationAction):
    permission_required = "partnerships.name_theme"
    form_class = forms.ThemeForm
    readers = "asked"
    heading = _("Name a theme")
    lede = _("Somebody of the other side reads it again before anything is considered.")
    button = _("Name it")
    success_message = _("Named. Somebody of the other side reads it again.")

    def get_consultation(self):
        return self.subject

    def act(self, **data):
        answers.name_theme(
            consultation=self.subject,
            side=answers.side_of(self.request.user, self.subject),
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
        return self.subject


class InTheme(Seen, Drafting):
    model = ConsultationTheme
    subject_name = "theme"
    unlogged_because = UNLOGGED
    readers = "asked"

    def get_consultation(self):
        return self.subject.consultation

    def get_context_data(self, **kwargs):
        return super().get_context_data(consultation=self.get_consultation(), **kwargs)


class ThemeReadAgain(AmongAnswers, InTheme):
    permission_required = "partnerships.read_theme_again"
    form_class = forms.ReadAgainForm
    heading = _("Read this theme again")
    lede = _("Is this what was said? If you hear it otherwise, say how: it stays beside it.")
    button = _("Say so")
    success_message = _("Read by both sides.")

    def act(self, **data):
        return answers.read_theme_again(
            theme=self.subject,
            side=answers.side_of(self.request.user, self.subject.consultation),
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class ThemeDecide(InTheme):
    permission_required = "partnerships.decide_theme"
    form_class = forms.ThemeOutcomeForm
    heading = _("What came of this theme?")
    lede = _("What changed, what did not, and why. It goes to everybody who answered.")
    button = _("Save")
    success_message = _("Saved. It can be changed until the whole is decided.")

    def get_initial(self):
        names = ("outcome", "changed", "unchanged", "why", "promise", "promise_due_on")
        return {name: getattr(self.subject, name) for name in names}

    def act(self, **data):
        return outcomes.decide_theme(
            theme=self.subject, by=self.request.user, at=timezone.now(), **data
        )
