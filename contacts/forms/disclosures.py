from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from contacts.models import Disclosure, HeldNotice


def _choice(label, choices):
    return forms.ChoiceField(label=label, choices=[("", _("Select one")), *choices])


class DisclosureForm(PortalForm):
    """No free text: the institution reads each row in its own words for codes."""

    left_on = DateField(label=_("Day it left"))
    recipient = _choice(_("To whom did it go?"), Disclosure.Recipient.choices)
    gateway = _choice(_("By what right?"), Disclosure.Gateway.choices)
    content = _choice(_("What left?"), Disclosure.Content.choices)
    reference = forms.CharField(
        label=_("Number of the file it belongs to"),
        help_text=_("For example FOI-2026-118. No names."),
        max_length=30,
        required=False,
    )
    forbidden = forms.ChoiceField(
        label=_("Does a law forbid telling the institution now?"),
        help_text=_("Not that it is awkward: a commander countersigns, and they are told later."),
        choices=[("no", _("No: tell them")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        initial="no",
        required=False,
    )
    reveals = {"forbidden": {"yes": ("ground", "review_on")}}
    ground = forms.ChoiceField(
        label=_("Which law?"),
        choices=[("", _("Select one")), *HeldNotice.Ground.choices],
        required=False,
    )
    review_on = DateField(
        label=_("Day of review"),
        help_text=_("Within 90 days. They are told on it, unless two people renew it."),
        required=False,
    )

    def clean(self):
        """Keep ground and day only where telling is forbidden, and ask for both there."""
        data = super().clean()
        if data.pop("forbidden", "no") != "yes":
            return {name: data[name] for name in data if name not in ("ground", "review_on")}
        if "ground" in data and not data["ground"]:
            self.add_error("ground", _("Select the law that forbids it"))
        if "review_on" in data and not data["review_on"]:
            self.add_error("review_on", _("Enter the day of review"))
        return data


class RenewForm(PortalForm):
    until = DateField(label=_("New day of review"), help_text=_("Within 90 days from today."))
