import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from contacts.models import Institution, SharingPermission

Kind = SharingPermission.Kind
AT_ONCE = (Kind.LISTED, Kind.UMBRELLA, Kind.PUBLICITY)


class PermissionForm(PortalForm):
    """Behind each "Allow" on the page of permissions."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in AT_ONCE], widget=forms.HiddenInput
    )
    grantee = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, umbrellas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grantee"].queryset = umbrellas


class UnitChoice(forms.ModelChoiceField):
    """A police unit with what it is for, which is said wherever its name stands."""

    def label_from_instance(self, unit):
        return f"{unit.name} ({unit.get_unit_function_display()})"


class UnitInviteForm(PortalForm):
    unit = UnitChoice(
        label=_("Which unit?"),
        help_text=_("What the unit is for stands in brackets."),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    valid_from = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), help_text=_("A year at most."))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean(self):
        """Turn the last day, which people name, into the first day after it."""
        data = super().clean()
        last_day = data.pop("last_day", None)
        if last_day is not None:
            data["valid_until"] = last_day + dt.timedelta(days=1)
            if data.get("valid_from") and data["valid_from"] > last_day:
                self.add_error("last_day", _("The last day must not come before the first"))
        return data
