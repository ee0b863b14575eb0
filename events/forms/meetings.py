from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from partnerships.models import AgreedMeeting, Workstream


class WorkstreamChoice(forms.ModelChoiceField):
    def label_from_instance(self, workstream):
        return workstream.title


class CountForm(PortalForm):
    """Which agreed meeting one that was held counts as."""

    meeting = forms.ChoiceField(
        label=_("Which of the agreed meetings was it?"),
        choices=[*AgreedMeeting.choices, ("", _("Neither"))],
        widget=forms.RadioSelect,
        required=False,
    )
    workstream = WorkstreamChoice(
        label=_("Which workstream was it in?"),
        queryset=Workstream.objects.none(),
        empty_label=_("None"),
        required=False,
    )
    hints = {
        "meeting": {
            AgreedMeeting.SENIOR: _("An inspector or a more senior officer is listed as present."),
        }
    }

    def __init__(self, *args, workstreams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = workstreams
