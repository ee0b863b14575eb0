from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from partnerships.models import Workstream

from .commitments import PersonField, Words


class LeadForm(PortalForm):
    lead = PersonField(label=_("Who leads it for your side?"), empty_label=_("Choose a person"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = people


class WorkstreamForm(GuardedForm, LeadForm):
    guarded = ("title", "purpose")

    title = forms.CharField(
        label=_("What is it called?"),
        max_length=Workstream.TITLE_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    purpose = Words(
        label=_("What is it for?"),
        help_text=_("What both sides want to have done by the end."),
        rows=5,
        max_length=Workstream.PURPOSE_LIMIT,
    )
    field_order = ("title", "purpose", "lead")


class CloseForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why is it closed?"),
        choices=Workstream.CloseReason.choices,
        widget=forms.RadioSelect,
    )
