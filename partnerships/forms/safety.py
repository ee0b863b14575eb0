import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, OneOf, PhoneField, PortalForm
from partnerships.models import KeyHolder, PremisesSafetyDetail, SafetyNeed

from .commitments import PersonField, Words

LIMIT = PremisesSafetyDetail.LIMIT


class SafetyForm(PortalForm):
    """The mosque's own words; the guard stays away, for numbers belong here."""

    alarm = Words(
        label=_("Alarm"),
        help_text=_(
            "What it protects, where the panel is, who monitors it and on which number. "
            "Leave the code out: say it by phone when it is needed."
        ),
        rows=6,
        max_length=LIMIT,
        required=False,
    )
    layout = Words(
        label=_("Floor layout"),
        help_text=_(
            "In words: doors and which way they open, stairs, halls, the women’s area, where the "
            "gas, water and electricity are turned off."
        ),
        rows=8,
        max_length=LIMIT,
        required=False,
    )


class EitherPerson(OneOf, PersonField):
    empty_value = None


class EitherName(OneOf, forms.CharField):
    pass


class KeyHolderForm(PortalForm):
    contact = EitherPerson(
        label=_("Person with a role here"),
        help_text=_(
            "Their name stands here, also where they have not agreed to be named elsewhere: ask "
            "them first. They are taken out by themselves when their role ends. Choose a person or "
            "write a name."
        ),
        empty_label=_("Somebody else"),
    )
    name = EitherName(
        label=_("Name"),
        help_text=_("For somebody without a role here. Ask them first."),
        max_length=KeyHolder.NAME_LIMIT,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    phone = PhoneField(label=_("Phone number at any hour"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people

    def clean(self):
        """Ask for a name together with whatever else is missing."""
        data = super().clean()
        if not (
            self.errors.keys() & {"contact", "name"} or data.get("contact") or data.get("name")
        ):
            self.add_error("name", _("Choose a person or write a name."))
        return data


class SafetyNeedForm(PortalForm):
    officer = PersonField(label=_("Which officer?"), empty_label=_("Choose a person"))
    reason = forms.ChoiceField(
        label=_("Why do they need it?"),
        help_text=_("The institution reads what you choose."),
        choices=SafetyNeed.Reason.choices,
        widget=forms.RadioSelect,
    )
    last_day = DateField(label=_("Last day"), help_text=_("30 days at most."))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people

    def clean(self):
        """Turn the last day, which people name, into the first day after it."""
        data = super().clean()
        last_day = data.pop("last_day", None)
        if last_day is not None:
            data["until"] = last_day + dt.timedelta(days=1)
        return data
