from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from contacts.models import BreakGlassGrant


class BreakGlassForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why do you need to read this record now?"),
        help_text=_("The institution reads what you choose."),
        choices=BreakGlassGrant.Reason.choices,
        widget=forms.RadioSelect,
    )
    hours = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(1, _("1 hour")), (2, _("2 hours")), (4, _("4 hours"))],
        widget=forms.RadioSelect,
        initial=1,
    )
