from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from contacts.models import Preferences, WeeklyTime

from .people import WorkPhoneField


class NamedField(forms.TypedChoiceField):
    """Whether a person agrees to be named to the other side; gives a bool."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("May the other side see your name?"),
            help_text=_("If not, they see your role instead. You can change this at any time."),
            choices=[("yes", _("Yes, show my name")), ("no", _("No, show my role only"))],
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            **kwargs,
        )


class ConfirmInvitationForm(PortalForm):
    named = NamedField()


class PreferencesForm(PortalForm):
    digest = forms.ChoiceField(
        label=_("How often do you want a summary?"),
        help_text=_("What is open, due and waiting for you, in one e-mail."),
        choices=Preferences.Cadence.choices,
        widget=forms.RadioSelect,
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("On which day, if once a week?"), choices=WeeklyTime.Weekday.choices, coerce=int
    )
    digest_hour = forms.TypedChoiceField(
        label=_("At what time?"),
        choices=[(hour, f"{hour:02}:00") for hour in range(8, 21)],
        coerce=int,
    )
    reminders = forms.BooleanField(
        label=_("Remind me of promises and visits that are due"), required=False
    )
    delivery_address = forms.EmailField(
        label=_("Send my e-mails to"),
        help_text=_(
            "Leave it empty to get them at your sign-in address. A shared inbox is fine: e-mails "
            "say who, when and where to look, never what was written."
        ),
        required=False,
    )

    phone = WorkPhoneField(
        help_text=_("Shown to the mosques that you work with. Never a private number.")
    )
    named = NamedField()

    def __init__(self, *args, is_officer=False, **kwargs):
        super().__init__(*args, **kwargs)
        # Officers are always named; nobody writes down a partner's number.
        del self.fields["named" if is_officer else "phone"]
