from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import IfShown, PortalForm, RevealedDateField, YesNoField
from config.web.guard import GuardedForm
from config.web.pictures import PictureField
from partnerships.models import ItemPhoto

from .commitments import PersonField

NOBODY_LEADS = _(
    "Nobody is recorded there as safeguarding lead, who alone can permit photographs of children. "
    "Choose a photograph without children."
)


class RevealedText(IfShown, forms.CharField):
    pass


class RevealedPerson(IfShown, PersonField):
    empty_value = None


class PhotoForm(GuardedForm, PortalForm):
    """One photograph. ``leads`` are the people who may permit that children are in it."""

    guarded = ("alt", "agreed_by")
    reveals = {
        "is_anybody_known": {"yes": "agreed_by"},
        "has_children": {"yes": ("permitted_by", "permitted_on")},
    }

    picture = PictureField(label=_("The photograph"))
    alt = forms.CharField(
        label=_("What it shows"),
        help_text=_("Read out to those who cannot see it. Name nobody."),
        max_length=ItemPhoto.ALT_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    is_anybody_known = YesNoField(label=_("Can anybody be recognised in it?"))
    agreed_by = RevealedText(
        label=_("Who agreed to be in it?"),
        help_text=_("Everybody who can be recognised, by role: the imam, two stewards."),
        max_length=ItemPhoto.AGREED_LIMIT,
        widget=forms.TextInput({"dir": "auto"}),
    )
    has_children = YesNoField(label=_("Are children in this picture?"))
    permitted_by = RevealedPerson(
        label=_("Which safeguarding lead permitted it?"), empty_label=_("Choose")
    )
    permitted_on = RevealedDateField(label=_("The day on which they permitted it"))

    def __init__(self, *args, leads, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["permitted_by"].queryset = leads
        self.today = today

    def clean(self):
        """Ask for what the answers make necessary, and for the file again: no browser keeps it."""
        cleaned = super().clean()
        if cleaned.get("is_anybody_known"):
            self._require("agreed_by", _("Say who agreed to be in it, by role"))
        else:
            self._leave_out(agreed_by="")
        if cleaned.get("has_children"):
            self._ask_for_permission(cleaned)
        else:
            self._leave_out(permitted_by=None, permitted_on=None)
        if self.errors and cleaned.get("picture"):
            self.add_error(
                "picture", _("Choose the photograph again: only what you typed was kept")
            )
        cleaned.pop("is_anybody_known", None)
        return cleaned

    def _ask_for_permission(self, cleaned):
        if not self.fields["permitted_by"].queryset.exists():
            self.add_error("has_children", NOBODY_LEADS)
            return
        self._require("permitted_by", _("Select the safeguarding lead who permitted it"))
        self._require("permitted_on", _("Enter the day on which they permitted it"))
        day = cleaned.get("permitted_on")
        if day and day > self.today:
            self.add_error("permitted_on", _("The permission must be given already"))

    def _leave_out(self, **answers):
        """Look at nothing in the fields that no answer shows."""
        for name, empty in answers.items():
            self.errors.pop(name, None)
            self.cleaned_data[name] = empty

    def _require(self, name, message):
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, message)


class ApproveForm(PortalForm):
    """``seen`` names the photographs that were on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
