from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from config.web.guard import GuardedForm
from contacts.forms.people import PersonChoice
from partnerships.models import AgreedMeeting, JoiningCheck
from partnerships.models.joining import is_number
from partnerships.models.meetings import Every

from .partnerships import CadenceForm


class CheckForm(PortalForm):
    kind = forms.ChoiceField(label=_("Which check did you make?"), widget=forms.RadioSelect)
    register_number = forms.CharField(
        label=_("Number in the register"),
        help_text=_("The charity number, or the number in another public register."),
        max_length=40,
        required=False,
        validators=[is_number],
    )
    checked_on = DateField(label=_("Day of the check"))
    hints = {
        "kind": {
            "register": _("Look it up yourself; do not take it from whoever asked to join."),
            "phone_back": _("Ring the published number, not one that you were given."),
            "in_person": _("Meet somebody who speaks for the mosque, at the mosque."),
        }
    }
    reveals = {"kind": {"register": "register_number"}}

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self):
        data = super().clean()
        register = JoiningCheck.Kind.REGISTER
        if data.get("kind") == register and not data.get("register_number"):
            self.add_error("register_number", _("Enter the number in the register"))
        return data


class LimitsForm(PortalForm):
    officer = PersonChoice(label=_("Which officer went through it with you?"))
    held_on = DateField(label=_("Day of the talk"))
    confirmed = forms.BooleanField(label=_("I have read this page, or had it read to me"))

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers

    def clean(self):
        data = super().clean()
        data.pop("confirmed", None)
        return data


class LeftAloneForm(PortalForm):
    until = DateField(
        label=_("Until when?"),
        help_text=_("Nobody is invited before that day. They may come to us sooner."),
    )


class WordsField(forms.CharField):
    def __init__(self, label, help_text=""):
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=1500,
            widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        )


def every(meeting, help_text):
    """Make the box that asks how often the two sides hold such a meeting; None is not at all."""
    return forms.TypedChoiceField(
        label=meeting.label,
        help_text=help_text,
        choices=[("", _("None agreed")), *Every.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )


class AgreementForm(GuardedForm, CadenceForm):
    """The words of an agreement, part by part, with the two days that follow from it."""

    PARTS = {
        "purposes": (
            _("What we work on together"),
            _(
                "We meet, talk openly, tell each other what the other side should know, raise "
                "concerns, explain decisions, consult before deciding and look together at how "
                "it goes."
            ),
        ),
        "recorded": (
            _("What is written down, and who reads it"),
            _(
                "Visits, notes that both sides agree on, requests and promises. Both sides read "
                "the same words. The team and its seniors read them; no other police unit does "
                "unless the mosque invites it by name and for a time. Nobody who worships is named."
            ),
        ),
        "keeping": (
            _("How long it is kept, and who may ask for it"),
            _(
                "As long as the force’s published rules say. It can be asked for under the "
                "Freedom of Information Act; the mosque is told before a release unless the law "
                "forbids it."
            ),
        ),
        "publicity": (
            _("Publicity"),
            _("None, unless both sides approve the exact words and pictures each time."),
        ),
        "themes": (
            _("Themes, and who leads each of them"),
            _("None for the moment. Each theme has one lead from each side."),
        ),
        "complaints": (
            _("When something goes wrong"),
            _(
                "First the named officer, then the inspector. A formal complaint is open at any "
                "time and changes nothing in this partnership."
            ),
        ),
        "leaving": (
            _("Pausing and leaving"),
            _(
                "The mosque may pause or leave at any time without a reason and takes a copy of "
                "its record along. Police pause only with a reason that two of them sign, with "
                "notice, and the mosque replies."
            ),
        ),
    }
    guarded = tuple(PARTS)
    purposes = WordsField(*PARTS["purposes"][:1])
    recorded = WordsField(*PARTS["recorded"][:1])
    keeping = WordsField(*PARTS["keeping"][:1])
    publicity = WordsField(*PARTS["publicity"][:1])
    themes = WordsField(*PARTS["themes"][:1])
    complaints = WordsField(*PARTS["complaints"][:1])
    leaving = WordsField(*PARTS["leaving"][:1])
    senior_months = every(
        AgreedMeeting.SENIOR, _("The leads, with an inspector or a more senior officer.")
    )
    working_months = every(AgreedMeeting.WORKING, _("Those who work together from week to week."))
    review_on = DateField(
        label=_("When do we look at it again?"), help_text=_("Within twelve months.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cadence = self.fields["cadence"]
        cadence.label = _("How often does the mosque hear from its officers?")
        usual, other, _last = cadence.choices
        cadence.choices = [usual, other, (self.WHEN_WE_ASK, _("Only when it asks"))]

    @classmethod
    def usual_words(cls):
        return {code: str(words) for code, (_label, words) in cls.PARTS.items()}

    @classmethod
    def part_labels(cls):
        labels = {code: label for code, (label, _words) in cls.PARTS.items()}
        return labels | {"terms": _("How often, and until when")}

    def clean(self):
        """Leave ``parts``, ``cadence_days`` and ``review_on``."""
        data = super().clean()
        data["parts"] = {code: data.pop(code, "") for code in self.PARTS}
        data["cadence_days"] = data.pop("days", None)
        return data


class SignForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read this agreement, or had it read to me"))

    def clean(self):
        data = super().clean()
        data.pop("read", None)
        return data
