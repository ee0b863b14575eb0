"""What people type when they plan, move or cancel a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import ChoiceChips, DateField, PortalForm, TimeField, TopicChips
from config.web.guard import GuardedForm
from contacts.models import Contact
from contacts.presenters import shown_name
from events.models import Engagement, EngagementKind
from partnerships.models import Partnership, Side

LENGTHS = [
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (45, _("45 minutes")),
    (60, _("1 hour")),
    (90, _("1½ hours")),
    (120, _("2 hours")),
    (180, _("3 hours")),
    (240, _("4 hours")),
    (480, _("A whole day")),
]
INVITED = {
    Side.POLICE: _("The mosque has invited us at this time, though it is a busy one"),
    Side.INSTITUTION: _("We invite police at this time, though it is a busy one"),
}


class LengthField(forms.TypedChoiceField):
    """How long it takes, in minutes."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("How long"))
        super().__init__(choices=LENGTHS, coerce=int, empty_value=None, **kwargs)


class OfficersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        return shown_name(contact, unit=True)


class OfficerField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        return shown_name(contact, unit=True)


class PartnershipField(forms.ModelChoiceField):
    """A partnership, called by the side that is not one's own."""

    def __init__(self, **kwargs):
        super().__init__(Partnership.objects.none(), to_field_name="ref", **kwargs)
        self.side = Side.POLICE

    def label_from_instance(self, partnership):
        theirs = self.side == Side.POLICE
        return partnership.institution.name if theirs else partnership.police_unit.name


class Words(forms.CharField):
    """A box for free text that both sides read."""

    def __init__(self, *, rows=4, max_length=1500, **kwargs):
        widget = forms.Textarea({"rows": rows, "dir": "auto"})
        super().__init__(max_length=max_length, widget=widget, **kwargs)


class FundingField(forms.CharField):
    """Said beforehand, so that nobody finds out later whose money it was."""

    def __init__(self):
        super().__init__(
            label=_("Who pays, if money or equipment is involved"),
            help_text=_(
                "For example, the force’s own budget, or a security grant. Both sides see this."
            ),
            max_length=200,
            required=False,
        )


class WhenForm(PortalForm):
    """A day, a time, a length; and whether a busy time is by invitation."""

    on = DateField(label=_("Day"), help_text=_("For example, 27 3 2026"))
    starts = TimeField(label=_("Start"))
    duration_minutes = LengthField(initial=60)
    invited_at_busy_time = forms.BooleanField(required=False)

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["invited_at_busy_time"].label = INVITED[side]


class PlanForm(GuardedForm, WhenForm):
    """A visit without a request: its purpose comes first."""

    guarded = ("place", "funding")

    partnership = PartnershipField(label=_("Whom it is with"), empty_label=_("Choose"))
    kind = forms.ChoiceField(label=_("What kind of visit"), widget=ChoiceChips)
    purposes = forms.MultipleChoiceField(
        label=_("What the visit is for"),
        help_text=_("The other side sees this before anybody comes."),
        widget=TopicChips,
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), widget=TopicChips, required=False)
    officers = OfficersField(label=_("Which officers come"), required=False)
    place = forms.CharField(label=_("Place or room"), max_length=200, required=False)
    funding = FundingField()
    field_order = ("partnership", "kind", "purposes", "topics", "on", "starts")

    def __init__(self, *args, partnerships, purposes, topics, officers, **kwargs):
        super().__init__(*args, **kwargs)
        side = kwargs["side"]
        self.fields["kind"].choices = EngagementKind.choices
        self.fields["partnership"].queryset = partnerships
        self.fields["partnership"].side = side
        self.fields["purposes"].choices = purposes
        self.fields["topics"].choices = topics
        if side == Side.POLICE:
            self.fields["officers"].queryset = officers
        else:
            del self.fields["officers"]


class CancelForm(PortalForm):
    reason = forms.ChoiceField(label=_("Why it is cancelled"), widget=forms.RadioSelect)

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = Engagement.CancelReason
        left_out = {reasons.LOGGED_IN_ERROR}
        left_out |= {reasons.OPERATIONAL} if side == Side.INSTITUTION else set()
        self.fields["reason"].choices = [c for c in reasons.choices if c[0] not in left_out]
