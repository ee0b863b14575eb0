from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from config.web.guard import GuardedForm
from contacts.models import PolicingArea
from partnerships.models import WiderEvent

from .commitments import Words


class WiderEventForm(GuardedForm, PortalForm):
    """What happened, and where it is felt. ``areas`` are those that the coordinator reaches."""

    guarded = ("title", "words")

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=WiderEvent.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Heading"),
        help_text=_("In a few words."),
        max_length=WiderEvent.TITLE_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    words = Words(
        label=_("What happened"),
        help_text=_("What is public. Never about a person, and never what a mosque thinks of it."),
        rows=5,
        max_length=WiderEvent.WORDS_LIMIT,
    )
    happened_on = DateField(label=_("The day it happened"))
    area = forms.ModelChoiceField(
        PolicingArea.objects.none(),
        label=_("Where is it felt?"),
        help_text=_("Each active partnership there gets a promise that its officer gets in touch."),
    )

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas
        self.fields["area"].label_from_instance = lambda area: area.name
