"""Asking an umbrella body for advice within hours, giving it, and saying what became of it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Institution
from contacts.views.access import Permitted
from partnerships.actions import rapid_advice
from partnerships.forms import consultations as forms

from .consultations import ConsultationAction, Drafting


class AdviceAsk(Permitted, Drafting):
    permission_required = "partnerships.ask_rapid_advice"
    form_class = forms.AdviceForm
    readers = "about_advice"
    heading = _("Ask for advice within hours")
    lede = _(
        "For what cannot wait. One umbrella body is asked, and nobody else. It is advice, not "
        "consultation: it counts as none, and takes the place of none."
    )
    button = _("Ask them now")
    success_message = _("Asked. Its leads hear of it by e-mail at once. Ring them as well.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.units = Institution.objects.drafting_for(request.user)
        self.convenors = Institution.objects.convening_in(self.units)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"units": self.units, "convenors": self.convenors}

    def get_context_data(self, **kwargs):
        only = [found[0] for found in (self.units, self.convenors) if len(found) == 1]
        return super().get_context_data(only=only, **kwargs)

    def act(self, unit=None, co_convenor=None, **data):
        return rapid_advice.ask_rapid_advice(
            unit=unit or self.units[0],
            co_convenor=co_convenor or self.convenors[0],
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class AdviceAction(ConsultationAction):
    readers = "about_advice"

    def act(self, **data):
        self.action(advice=self.subject, by=self.request.user, at=timezone.now(), **data)
        return self.subject


class AdviceGive(AdviceAction):
    permission_required = "partnerships.give_advice"
    form_class = forms.AdviseForm
    readers = "advice"
    action = staticmethod(rapid_advice.give_advice)
    heading = _("Give your advice")
    lede = _("You advise; police decide, and say here what they did. You consent to nothing.")
    button = _("Send the advice")
    success_message = _("Sent. Whoever asked hears of it at once.")


class AdviceReport(AdviceAction):
    permission_required = "partnerships.report_on_advice"
    form_class = forms.AdviceReportForm
    action = staticmethod(rapid_advice.report_on_advice)
    heading = _("Say what you did")
    lede = _("Also where no advice came, or where you did otherwise.")
    button = _("Tell them")
    success_message = _("Said. The umbrella body hears of it by e-mail.")
