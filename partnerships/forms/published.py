from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from partnerships.models import PublishedItem, Side

from .commitments import Words

Kind = PublishedItem.Kind


class ItemForm(GuardedForm, PortalForm):
    """Words for the public page. ``name`` is the institution's, as it would stand there."""

    guarded = ("title", "words")

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Heading"),
        max_length=PublishedItem.TITLE_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    words = Words(
        label=_("What the page says"),
        help_text=_("Name nobody. Anybody in the world can read it, and may keep a copy."),
        rows=5,
        max_length=PublishedItem.WORDS_LIMIT,
    )
    is_named = forms.BooleanField(required=False)

    def __init__(self, *args, side, name, **kwargs):
        super().__init__(*args, **kwargs)
        apart = {Kind.CONSULTATION, Kind.REVIEW}  # these come by pages of their own
        kinds = [(code, label) for code, label in Kind.choices if code not in apart]
        if side == Side.POLICE:
            kinds = [(code, label) for code, label in kinds if code != Kind.OWN_WORDS]
        self.fields["kind"].choices = kinds
        self.fields["is_named"].label = _("Show the name: %(name)s") % {"name": name}
