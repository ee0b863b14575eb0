from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from contacts.models import Disclosure


def _choice(label, choices):
    return forms.ChoiceField(label=label, choices=[("", _("Select one")), *choices])


class DisclosureForm(PortalForm):
    """No free text: the institution reads each row in its own words for codes."""

    left_on = DateField(label=_("Day it left"))
    recipient = _choice(_("To whom did it go?"), Disclosure.Recipient.choices)
    gateway = _choice(_("By what right?"), Disclosure.Gateway.choices)
    content = _choice(_("What left?"), Disclosure.Content.choices)
    reference = forms.CharField(
        label=_("Number of the file it belongs to"),
        help_text=_("For example FOI-2026-118. No names."),
        max_length=30,
        required=False,
    )
