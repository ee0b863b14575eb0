from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from contacts.actions.people import Role
from contacts.forms.institutions import AreaChoice, InboxField, PublishedPhoneField
from contacts.forms.people import LanguageChoice, PersonChoice
from contacts.models import Institution, RoleType
from contacts.querysets.institutions import PARTNER_KINDS
from partnerships.models import Partnership

KINDS = [choice for choice in Institution.Kind.choices if choice[0] in PARTNER_KINDS]
PARTNER_ROLE_CHOICES = [
    (role.value, role.label)
    for role in (Role.MOSQUE_LEAD, Role.MOSQUE_MEMBER, Role.MOSQUE_SAFETY, Role.UMBRELLA_LEAD)
]


class InstitutionFilter(PortalForm):
    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *KINDS], required=False)
    area = AreaChoice(label=_("Area"), required=False, empty_label=_("All"))
    state = forms.ChoiceField(
        label=_("Partnership"),
        choices=[("", _("All but ended")), *Partnership.State.choices],
        required=False,
    )

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas


class InstitutionForm(PortalForm):
    kind = forms.ChoiceField(label=_("What is it?"), choices=[("", _("Select one")), *KINDS])
    name = forms.CharField(
        label=_("Name"), help_text=_("As the institution itself writes it."), max_length=200
    )
    local_name = forms.CharField(
        label=_("Name in its own script"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    area = AreaChoice(label=_("Which area does it lie in?"))
    police_unit = forms.ModelChoiceField(
        label=_("Which team serves it?"),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    public_phone = PublishedPhoneField()
    inbox_email = InboxField()

    def __init__(self, *args, areas, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas
        self.fields["police_unit"].queryset = units


class PartnershipChoice(forms.ModelChoiceField):
    def label_from_instance(self, partnership):
        return partnership.institution.name


class InviteForm(PortalForm):
    partnership = PartnershipChoice(
        label=_("Which institution?"),
        queryset=Partnership.objects.none(),
        empty_label=_("Select one"),
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Nobody else sees it until the person agrees."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own, not a shared inbox: they sign in with it."),
    )
    role_type = forms.ModelChoiceField(
        label=_("What are they there?"),
        queryset=RoleType.objects.none(),
        empty_label=_("Select one"),
    )
    access_role = forms.ChoiceField(
        label=_("What may they do in the portal?"),
        choices=PARTNER_ROLE_CHOICES,
        widget=forms.RadioSelect,
    )
    hints = {
        "access_role": {
            "mosque_lead": _("Everything, including people, pausing and leaving."),
            "mosque_member": _("Asks, answers, confirms and corrects."),
            "mosque_safety": _("The same, and writes the house rules and who has keys."),
            "umbrella_lead": _("Speaks for an umbrella body; sees what it shares itself."),
        }
    }

    language = LanguageChoice()

    def __init__(self, *args, partnerships, role_types, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        self.fields["role_type"].queryset = role_types
        self.fields["language"].queryset = languages


class LeadsForm(PortalForm):
    named = PersonChoice(
        label=_("Who is the named officer?"),
        help_text=_("The person whom the institution knows and can ring."),
    )
    cover = PersonChoice(
        label=_("Who covers?"), help_text=_("Answers when the named officer is away.")
    )

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = self.fields["cover"].queryset = officers


class CadenceForm(PortalForm):
    DEFAULT, OTHER, WHEN_WE_ASK = "default", "other", "when_we_ask"

    cadence = forms.ChoiceField(
        label=_("How often do you want to hear from your officers?"), widget=forms.RadioSelect
    )
    other_days = forms.IntegerField(
        label=_("Every how many days?"), min_value=7, max_value=730, required=False
    )
    reveals = {"cadence": {OTHER: "other_days"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = settings.PORTAL_CLOCKS["cadence_days"]
        self.fields["cadence"].choices = [
            (self.DEFAULT, _("Every %(days)s days") % {"days": days}),
            (self.OTHER, _("Another number of days")),
            (self.WHEN_WE_ASK, _("Only when we ask")),
        ]

    def clean(self):
        """Leave ``days`` alone: a number, or None for "only when we ask"."""
        data = super().clean()
        chosen, other = data.pop("cadence", None), data.pop("other_days", None)
        if chosen == self.OTHER and other is None and "other_days" not in self.errors:
            self.add_error("other_days", _("Enter a number of days, from 7 to 730"))
        default = settings.PORTAL_CLOCKS["cadence_days"]
        data["days"] = {self.DEFAULT: default, self.OTHER: other}.get(chosen)
        return data


class RoleEndForm(PortalForm):
    last_day = DateField(
        label=_("Last day in the role"),
        help_text=_("Leave it empty to end it now."),
        required=False,
    )
    successor = PersonChoice(
        label=_("Who takes on their work?"),
        help_text=_(
            "Institutions, workstreams and open promises pass to them now; both sides are told."
        ),
        empty_label=_("Nobody"),
        required=False,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = people
