from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from partnerships.models import CommunityView

from .commitments import Words


class StatementForm(GuardedForm, PortalForm):
    """What an institution wants to say about policing, and to whom."""

    guarded = ("title", "words")

    about = forms.ChoiceField(
        label=_("What is it about?"), choices=CommunityView.About.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Heading"),
        max_length=CommunityView.TITLE_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    words = Words(
        label=_("What you want to say"),
        help_text=_("What people here see and feel, as you would say it to somebody’s face."),
        rows=8,
        max_length=CommunityView.WORDS_LIMIT,
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=CommunityView.Audience.choices,
        widget=forms.RadioSelect,
        initial=CommunityView.Audience.POLICE,
    )
