from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from contacts.models import Institution, Membership


class JoinForm(PortalForm):
    umbrella = forms.ModelChoiceField(
        label=_("Which umbrella body?"),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    role = forms.ChoiceField(
        label=_("What are you there?"), choices=Membership.Role.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["umbrella"].queryset = bodies


class EndForm(PortalForm):
    """Behind each "End" beside a membership."""

    membership = forms.ModelChoiceField(
        queryset=Membership.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships
