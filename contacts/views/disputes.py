"""For a coordinator and an inspector: that leadership of a mosque is disputed, and its end."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.views import ActionView, MovePage
from contacts.actions import disputes
from contacts.forms.people import EmptyForm
from contacts.models import Institution, LeadershipDispute

from .access import Seen


class TwoReportsForm(PortalForm):
    two_reports = forms.BooleanField(
        label=_("Two reports reached us that do not depend on each other")
    )

    def clean(self):
        data = super().clean()
        data.pop("two_reports", None)
        return data


class GroundForm(PortalForm):
    ground = forms.ChoiceField(
        label=_("By what is it settled?"),
        choices=LeadershipDispute.Ground.choices,
        widget=forms.RadioSelect,
    )


class DisputeReport(Seen, ActionView):
    model = Institution
    subject_name = "institution"
    permission_required = "contacts.report_dispute"
    template_name = "contacts/dispute_report.html"
    form_class = TwoReportsForm
    success_message = _("Reported. It stands once the other one of you confirms it.")

    def act(self):
        kinds = LeadershipDispute.Reporter
        coordinates = self.request.user.standing.has(kinds.COORDINATOR)
        disputes.report_dispute(
            institution=self.subject,
            reported_as=kinds.COORDINATOR if coordinates else kinds.INSPECTOR,
            by=self.request.user,
            at=timezone.now(),
        )
        return reverse("contacts:institution-people", args=[self.subject.ref])


class DisputeAction(Seen, MovePage):
    model = LeadershipDispute
    subject_name = "dispute"
    template_name = "contacts/dispute_move.html"
    form_class = EmptyForm
    action = None

    def act(self, **data):
        type(self).action(dispute=self.subject, by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:institution-people", args=[self.subject.institution.ref])


class DisputeConfirm(DisputeAction):
    permission_required = "contacts.confirm_dispute"
    action = disputes.confirm_dispute
    heading = _("Confirm that leadership is disputed?")
    lede = _(
        "Nobody’s role changes there until it is settled by the regulator, a court or both groups. "
        "Everybody there is told in the same words. All else goes on."
    )
    button = _("Confirm")
    success_message = _("Confirmed. Everybody there is told in the same words.")


class DisputeDrop(DisputeAction):
    permission_required = "contacts.drop_dispute"
    action = disputes.drop_dispute
    heading = _("Drop the report?")
    lede = _("Nothing changes there, and nobody is told.")
    button = _("Drop it")
    success_message = _("Dropped.")


class DisputeLift(DisputeAction):
    permission_required = "contacts.lift_dispute"
    form_class = GroundForm
    action = disputes.lift_dispute
    heading = _("Is it settled who leads?")
    lede = _("Not for police to say: on the word of the regulator, of a court or of both groups.")
    button = _("It is settled")
    success_message = _("Roles can change again. Everybody there is told in the same words.")
