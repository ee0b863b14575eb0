"""The steps on which a mosque joins: asking, checks, the talk about limits, being left out."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.forms.people import EmptyForm
from partnerships.actions import joining
from partnerships.circle import who_may_own
from partnerships.forms.joining import CheckForm, LeftAloneForm, LimitsForm
from partnerships.models import Side
from partnerships.steps import Joining

from .partnerships import PartnershipAction


class ApplicationRecord(PartnershipAction):
    permission_required = "partnerships.record_application"
    template_name = "partnerships/application_record.html"
    form_class = EmptyForm
    action = joining.record_application
    success_message = _("Recorded. The coordinator is told.")


class LeftAlone(PartnershipAction):
    permission_required = "partnerships.leave_alone"
    template_name = "partnerships/left_alone.html"
    form_class = LeftAloneForm
    action = joining.leave_alone
    success_message = _("Recorded. Nobody invites them before that day.")


class CheckRecord(PartnershipAction):
    permission_required = "partnerships.record_check"
    template_name = "partnerships/check_record.html"
    form_class = CheckForm
    action = joining.record_check
    success_message = _("The check was recorded.")

    def get_form_kwargs(self):
        kinds = Joining(self.subject, on=timezone.localdate()).missing_checks
        return super().get_form_kwargs() | {"kinds": kinds}

    def get_initial(self):
        return {"checked_on": timezone.localdate()}

    def act(self, **data):
        super().act(**data)
        return self.subject.get_absolute_url()


class LimitsConfirm(PartnershipAction):
    """The whole limits page, with a lead's word below that an officer went through it."""

    permission_required = "partnerships.confirm_limits"
    template_name = "partnerships/limits_confirm.html"
    form_class = LimitsForm
    action = joining.confirm_limits
    success_message = _("Thank you. It is recorded that you went through this page.")

    def get_form_kwargs(self):
        officers = who_may_own(self.subject, Side.POLICE, on=timezone.localdate())
        return super().get_form_kwargs() | {"officers": officers}

    def get_initial(self):
        return {"held_on": timezone.localdate()}

    def act(self, **data):
        super().act(**data)
        return self.subject.get_absolute_url()
