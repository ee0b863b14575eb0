from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PhoneField, PortalForm, TimeField
from config.web.guard import GuardedForm
from contacts.models import Institution, PolicingArea, WeeklyTime


class AreaChoice(forms.ModelChoiceField):
    """One of the areas that the person may set up; give it its queryset in the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_label", _("Select one"))
        super().__init__(queryset=PolicingArea.objects.none(), **kwargs)

    def label_from_instance(self, area):
        return f"{area.name}, {area.parent.name}" if area.parent else area.name


class PublishedPhoneField(PhoneField):
    def __init__(self):
        super().__init__(
            label=_("Public phone number"),
            help_text=_("The published one only, never somebody's own."),
            required=False,
        )


class AreaForm(PortalForm):
    level = forms.ChoiceField(
        label=_("What kind of area is it?"),
        choices=[choice for choice in PolicingArea.Level.choices if choice[0] != "force"],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    level_label = forms.CharField(
        label=_("Your force's own word for it"),
        help_text=_("For example, borough. Leave it empty if the kind above is your word."),
        max_length=60,
        required=False,
    )
    parent = AreaChoice(label=_("Which area does it lie in?"))

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = areas


class WaysInForm(PortalForm):
    area = AreaChoice(label=_("Which area?"))
    phone = PublishedPhoneField()
    email = forms.EmailField(
        label=_("Public e-mail address"),
        help_text=_("A shared one that is answered, never somebody's own."),
        required=False,
    )
    was_tried = forms.BooleanField(
        label=_("I rang the number and wrote to the address today, and somebody answered"),
        help_text=_("The public page says so with the day, and shows them for half a year."),
        required=False,
    )

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas

    def clean(self):
        """Who takes both off the page need not have tried them."""
        given = self.cleaned_data
        if (given.get("phone") or given.get("email")) and not given.get("was_tried"):
            self.add_error("was_tried", _("Try them first, and say so."))
        return given


class TeamForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Institution.Kind.POLICE_TEAM, _("A neighbourhood team")),
            (Institution.Kind.POLICE_UNIT, _("Another police unit")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    area = AreaChoice(label=_("Which area does it serve?"))
    unit_function = forms.ChoiceField(
        label=_("What is it for?"),
        help_text=_("Shown as a badge wherever the team or one of its people appears."),
        choices=[("", _("Select one")), *Institution.UnitFunction.choices],
    )
    inbox_email = forms.EmailField(
        label=_("Shared inbox"),
        help_text=_("So that nothing waits for one person who is off shift."),
        required=False,
    )
    public_phone = PhoneField(label=_("Public phone number"), required=False)

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas


class InboxField(forms.EmailField):
    def __init__(self):
        super().__init__(
            label=_("Shared inbox"),
            help_text=_("So that nothing waits for one person. Whoever reads it gets our e-mails."),
            required=False,
        )


class InstitutionChangeForm(PortalForm):
    name = forms.CharField(
        label=_("Name"), help_text=_("As the institution itself writes it."), max_length=200
    )
    local_name = forms.CharField(
        label=_("Name in its own script or language"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    public_phone = PublishedPhoneField()
    inbox_email = InboxField()


class HouseRulesForm(GuardedForm, PortalForm):
    guarded = ("text",)
    drop_in = forms.ChoiceField(
        label=_("May officers come without an appointment?"),
        choices=Institution.DropIn.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What should officers know before they come?"),
        help_text=_("For example: which entrance, shoes, when to keep quiet, whom to greet first."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 8, "dir": "auto"}),
    )


class WeeklyTimeForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=WeeklyTime.Kind.choices, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=WeeklyTime.Weekday.choices, coerce=int
    )
    starts = TimeField(label=_("Start"))
    ends = TimeField(label=_("End"))


class WeeklyTimeEndForm(PortalForm):
    weekly_time = forms.ModelChoiceField(
        label=_("Time"), queryset=WeeklyTime.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args, times, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekly_time"].queryset = times
