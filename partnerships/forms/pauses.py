from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm


def _words(label, help_text=""):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1500,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
    )


class PauseReasonForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    reason = _words(
        _("Why?"), _("About the agreement between you, never a label for the mosque or a person.")
    )
    is_for_safety = forms.BooleanField(
        label=_("Somebody’s safety is at stake: begin without 14 days’ notice"), required=False
    )


class PauseReplyForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = _words(_("Your reply"), _("It stands beside the reason wherever that is shown."))
