from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from contacts.models import Disclosure

from .figures.scope import Period, Scope

MONTHS = {"3": 3, "6": 6, "12": 12, "18": 18}
USUAL = "12"
LONGEST = timedelta(days=5 * 366)


class FiguresFilter(PortalForm):
    """Over which days and where; two dates win over a number of months."""

    period = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[
            ("12", _("Last 12 months")),
            ("3", _("Last 3 months")),
            ("6", _("Last 6 months")),
            ("18", _("Last 18 months")),
        ],
    )
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    since = DateField(label=_("From"), required=False, help_text=_("Instead of a period"))
    until = DateField(label=_("To"), required=False, help_text=_("This day included"))

    def __init__(self, data, *, scope: Scope, on: date):
        names = {"period", "area", "since_0", "since_1", "since_2", "until_0", "until_1", "until_2"}
        super().__init__(data if names & set(data) else None)
        self.on, self.areas = on, dict(scope.areas)
        self.fields["area"].choices = [("", _("Everywhere")), *self.areas.items()]

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if until and not since and "since" not in self.errors:
            self.add_error("since", _("Enter the first day as well"))
        if since and since > (until or self.on):
            self.add_error("since", _("The first day must not come after the last"))
        if since and (until or self.on) - since > LONGEST:
            self.add_error("since", ValidationError(_("Choose five years or less")))
        return data

    @property
    def chosen_period(self) -> Period:
        """Return the days asked for; the usual ones when nothing, or nonsense, was asked."""
        usual = Period.months(MONTHS[USUAL], on=self.on)
        if not self.is_bound or not self.is_valid():
            return usual
        if since := self.cleaned_data["since"]:
            return Period(since, (self.cleaned_data["until"] or self.on) + timedelta(days=1))
        return Period.months(MONTHS[self.cleaned_data["period"] or USUAL], on=self.on)

    @property
    def chosen_area(self) -> int | None:
        return self.cleaned_data["area"] if self.is_bound and self.is_valid() else None

    @property
    def area_name(self) -> str:
        return self.areas.get(self.chosen_area, "")


class LookedFilter(PortalForm):
    """How far back the list of who looked goes; kept in the address."""

    days = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[
            ("", _("Any time")),
            ("7", _("The last 7 days")),
            ("30", _("The last 30 days")),
            ("90", _("The last 90 days")),
            ("365", _("The last year")),
        ],
    )


class ReferenceForm(PortalForm):
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("As the institution reads it in its list, for example V-7HK2QM."),
        max_length=20,
    )


class ReasonForm(PortalForm):
    """Why a table that names institutions is taken out; a code, which each of them reads."""

    gateway = forms.ChoiceField(
        label=_("Why do you take this table out?"),
        widget=forms.RadioSelect,
        choices=[
            (code, code.label)
            for code in (
                Disclosure.Gateway.PLANNING,
                Disclosure.Gateway.REPORTING,
                Disclosure.Gateway.FOI,
                Disclosure.Gateway.LEGAL_DUTY,
            )
        ],
    )
