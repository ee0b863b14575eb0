from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from contacts.actions.accounts import Why

STATES = [
    ("", _("All")),
    ("open", _("Open")),
    ("leaving", _("Leaving")),
    ("without_step", _("Without passkey or authenticator app")),
    ("closed", _("Closed")),
]


class AccountFilter(PortalForm):
    """What the list shows; an answer that is none changes nothing."""

    who = forms.CharField(
        label=_("Full name or sign-in address"),
        help_text=_("Whole, as they write it."),
        max_length=254,
        required=False,
    )
    state = forms.ChoiceField(label=_("Which?"), choices=STATES, required=False)


class ShutForm(PortalForm):
    reason = forms.ChoiceField(label=_("Why?"), choices=Why.choices, widget=forms.RadioSelect)
