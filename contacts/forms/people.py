import datetime as dt
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PhoneField, PortalForm
from contacts.actions.people import OFFICER_ROLES, Role
from contacts.models import Contact, Institution, Language, OfficerProfile, Rank
from contacts.presenters import shown_name

OFFICER_CHOICES = [(role.value, role.label) for role in OFFICER_ROLES]
OTHER_CHOICES = [
    (role.value, role.label)
    for role in (Role.RECORDS_OFFICER, Role.PLATFORM_ADMIN, Role.INVITED_UNIT)
]


class PersonChoice(forms.ModelChoiceField):
    """One person, called what they may be called here; give it its queryset in the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_label", _("Select one"))
        super().__init__(queryset=Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        return shown_name(contact, unit=True)


class WorkPhoneField(PhoneField):
    """The number on which a mosque reaches an officer."""

    def __init__(self, *, help_text):
        super().__init__(label=_("Work phone"), help_text=help_text, required=False)


class OfficerForm(PortalForm):
    unit = forms.ModelChoiceField(
        label=_("Which team or unit?"),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    name = forms.CharField(
        label=_("Name"), help_text=_("Officers are always named."), max_length=200
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own, not a shared inbox: they sign in with it."),
    )
    rank = forms.ModelChoiceField(
        label=_("Rank or grade"), queryset=Rank.objects.none(), empty_label=_("Select one")
    )
    prefix = forms.ChoiceField(
        label=_("Acting or temporary?"),
        help_text=_("Shown before the rank."),
        choices=[("", _("Neither")), *OfficerProfile.Prefix.choices],
        required=False,
    )
    is_detective = forms.BooleanField(label=_("Detective"), required=False)
    shoulder_number = forms.CharField(label=_("Shoulder number"), max_length=20, required=False)
    phone = WorkPhoneField(
        help_text=_("Shown to the mosques that they work with. Never a private number.")
    )
    access_role = forms.ChoiceField(
        label=_("What will they do in the portal?"),
        choices=OFFICER_CHOICES + OTHER_CHOICES,
        widget=forms.RadioSelect,
    )
    hints = {
        "access_role": {
            "officer": _("Logs visits, answers requests, keeps promises."),
            "sergeant": _("Also assigns officers and adds institutions."),
            "inspector": _("Also answers what was not answered in time."),
            "commander": _("Sees figures, and what has come up to them."),
            "liaison": _("Like an officer, for the areas of their unit."),
            "coordinator": _("Sets up people and institutions, reads the figures."),
            "invited_unit": _("For counter-terrorism units. Sees nothing without an invitation."),
        }
    }

    def __init__(self, *args, units, ranks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["rank"].queryset = ranks


class DeputyForm(PortalForm):
    deputy = PersonChoice(label=_("Who stands in?"))
    acts_from = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people
        self.has_people = people.exists()

    def clean(self):
        """Turn the last day, which people name, into the first day after it."""
        data = super().clean()
        last_day = data.pop("last_day", None)
        if last_day is not None:
            data["acts_until"] = last_day + dt.timedelta(days=1)
        return data


class LanguageChoice(forms.ModelChoiceField):
    """That of somebody who is invited; give it its queryset in the form."""

    def __init__(self, **kwargs):
        kwargs = {
            "label": _("In which language shall we write to them?"),
            "help_text": _("English where the portal does not speak it yet."),
            "empty_label": _("English"),
            "required": False,
        } | kwargs
        super().__init__(queryset=Language.objects.none(), **kwargs)


class CardForm(PortalForm):
    language = LanguageChoice()

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].queryset = languages


class CardCodeForm(PortalForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Twelve letters and figures, like 7HKM-2QXR-9TBD."),
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )

    def clean_code(self):
        """Take it as people write it: small letters, with or without dashes."""
        code = re.sub(r"[^A-Z0-9]", "", self.cleaned_data["code"].upper())
        if len(code) != 12:
            raise forms.ValidationError(_("Enter all twelve letters and figures of the code"))
        return code


class LostFactorForm(PortalForm):
    rang_back = forms.BooleanField(label=_("I rang them back there, and it is them"))


class EmptyForm(PortalForm):
    """A page that only asks for a yes."""
