from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from contacts.presenters import shown_name

ALL = "all"


class StandingDownForm(PortalForm):
    """Who stands down: one of ``leads``, or all of them."""

    who = forms.ChoiceField(label=_("Who stands down?"), widget=forms.RadioSelect)

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.leads = {str(lead.ref): lead for lead in leads}
        one = [(ref, shown_name(lead)) for ref, lead in self.leads.items()]
        self.fields["who"].choices = [*one, (ALL, _("All of us: then nobody leads here"))]

    def clean(self):
        data = super().clean()
        who = data.pop("who", None)
        return data if who is None else data | {"contact": self.leads.get(who)}
