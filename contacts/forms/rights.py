from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.privacy import cases
from config.privacy.periods import PERIODS
from config.web.forms import PhoneField, PortalForm, name_fields
from contacts.models import Contact, Institution, LegalHold, RightsRequest

State, Reason = RightsRequest.State, RightsRequest.Reason
RULES = [(code, period.label) for code, period in PERIODS.items() if period.two]


class RightForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=RightsRequest.Kind.choices,
        widget=forms.RadioSelect,
    )
    hints = {
        "kind": {
            "access": _("You can also download it yourself, at once."),
            "rectification": _("Say below what is wrong. A records officer rings you about it."),
            "erasure": _("Two records officers decide. Numbers stay; your name and words go."),
            "objection": _("You say how it should not be used, and are answered within a month."),
            "complaint": _("You are told within 30 days that it was read."),
        }
    }
    reveals = {"kind": {"rectification": "about"}}
    about = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=RightsRequest.About.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self):
        data = super().clean()
        if data.get("kind") == RightsRequest.Kind.RECTIFICATION and not data.get("about"):
            self.add_error("about", _("Select what is wrong"))
        return data


class RecordRightForm(RightForm):
    """The same, written down for somebody who rang or wrote."""

    person = forms.CharField(
        label=_("Who asked?"),
        help_text=_("Their full name or e-mail address, as the portal has it."),
        max_length=254,
    )
    hints = {}
    field_order = ("person", "kind")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("What do they want?")
        self.people = people

    def clean(self):
        """Find the one person who is meant."""
        data = super().clean()
        wanted = data.pop("person", None)
        if wanted is None:
            return data
        found = list(self.people.called(wanted)[:2])
        if len(found) != 1:
            none = _("Nobody in your force is called that. Check how the portal writes it.")
            several = _("Several people are called that. Use the e-mail address.")
            raise ValidationError({"person": several if found else none})
        return data | {"contact": found[0]}


class AnswerForm(PortalForm):
    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(State.DONE, _("It is done")), (State.DECLINED, _("It is declined"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("If it is declined, why?"),
        choices=[("", _("Select one")), *((r.value, r.label) for r in RightsRequest.DECLINING)],
        required=False,
    )


class RectifyForm(PortalForm):
    """How a detail should read, or that the rest was corrected where it stands.

    What it reads now is not shown: most of it is the person's own to show.
    """

    FIELDS = {
        RightsRequest.About.NAME: partial(
            forms.CharField,
            label=_("Their name"),
            max_length=Contact._meta.get_field("name").max_length,
        ),
        RightsRequest.About.PHONE: partial(PhoneField, label=_("Their phone number")),
        RightsRequest.About.EMAIL: partial(
            forms.EmailField,
            label=_("Address to which their mail goes"),
            max_length=Contact._meta.get_field("email").max_length,
        ),
    }

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        if request.about in RightsRequest.DETAILS:
            self.fields["value"] = self.FIELDS[request.about]()
        else:
            self.fields["corrected"] = forms.BooleanField(label=_("It reads correctly now"))
        name_fields(self)


class ErasureForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why is it erased?"),
        choices=[(r.value, r.label) for r in RightsRequest.ERASING],
        widget=forms.RadioSelect,
    )


class DisposalForm(PortalForm):
    rule = forms.ChoiceField(choices=RULES, widget=forms.HiddenInput)


class CaseField(forms.CharField):
    """Which concern, request or visit, by what people have of it."""

    def __init__(self, **kwargs):
        kwargs = {
            "label": _("Which one?"),
            "help_text": _("Its reference, such as R-2F7K, or the address of its page."),
            "max_length": 300,
            "required": False,
        } | kwargs
        super().__init__(**kwargs)


class HoldForm(PortalForm):
    """A hold on all of an institution's record, on one person, or on one case of it."""

    CASES = [(code, kind.label) for code, kind in cases.KINDS.items()]

    institution = forms.ModelChoiceField(
        label=_("Which institution?"),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    of = forms.ChoiceField(
        label=_("What is held?"),
        choices=[("all", _("The whole record")), ("person", _("One person there")), *CASES],
        widget=forms.RadioSelect,
        initial="all",
    )
    reveals = {"of": {code: code for code in ("person", *cases.KINDS)}}
    person = forms.CharField(
        label=_("Who?"),
        help_text=_("Their full name or e-mail address."),
        max_length=254,
        required=False,
    )
    concern = CaseField()
    request = CaseField()
    visit = CaseField(help_text=_("The address of its page."))
    reason = forms.ChoiceField(
        label=_("Why?"), choices=LegalHold.Reason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions

    def clean(self):
        data = super().clean()
        of, institution = data.pop("of", "all"), data.get("institution")
        typed = {code: data.pop(code, "") for code in ("person", *cases.KINDS)}
        if institution is None or of == "all" or self.errors:
            return data
        if of == "person":
            return data | {"contact": self._person(institution, typed[of])}
        return data | {"case": self._case(institution, of, typed[of])}

    def _person(self, institution, wanted):
        found = list(Contact.objects.at(institution).called(wanted)[:2]) if wanted else []
        if len(found) != 1:
            none, empty = _("Nobody there is called that."), _("Enter who is held")
            raise ValidationError({"person": none if wanted else empty})
        return found[0]

    def _case(self, institution, kind, wanted):
        found = cases.find(kind, wanted, institution=institution) if wanted else None
        if found is None:
            none = _("There is none there with that reference or address.")
            raise ValidationError({kind: none if wanted else _("Enter which one is held")})
        return found
