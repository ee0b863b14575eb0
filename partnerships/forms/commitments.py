"""What people type about promises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, OpenFirst, PortalForm
from config.web.guard import GuardedForm
from contacts.models import Contact
from contacts.presenters import shown_name
from partnerships.models import Commitment, Side


class PersonField(forms.ModelChoiceField):
    """One of ``people``, which the view gives; called what others may call them."""

    def __init__(self, **kwargs):
        super().__init__(Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        return shown_name(contact, unit=True)


class Words(forms.CharField):
    """A box for free text that both sides read."""

    def __init__(self, *, rows=4, max_length=1000, **kwargs):
        widget = forms.Textarea({"rows": rows, "dir": "auto"})
        super().__init__(max_length=max_length, widget=widget, **kwargs)


class PromiseForm(GuardedForm, PortalForm):
    """A promise of one's own side, or one that is asked of the other."""

    guarded = ("text",)
    reveals = {}

    text = Words(
        label=_("What is promised"),
        help_text=_("Begin with what will be done: “Send…”, “Come to…”, “Ask the council…”"),
        rows=3,
        max_length=500,
    )
    owner_side = forms.ChoiceField(label=_("Who promises?"), widget=forms.RadioSelect)
    owner = PersonField(
        label=_("Person who sees to it"),
        required=False,
        empty_label=_("Nobody by name"),
    )
    due_on = DateField(label=_("The day by which it is done"))

    def __init__(self, *args, side, ours, theirs, people, may_ask=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.side = side
        choices = [(side, _("%(ours)s promises") % {"ours": ours})]
        if may_ask:
            asked = _("%(theirs)s is asked to promise") % {"theirs": theirs}
            choices.append((Side(side).other, asked))
        self.fields["owner_side"].choices = choices
        self.fields["owner"].queryset = people
        if side == Side.POLICE:
            self.fields["owner"].empty_label = _("You")
        self.reveals = {"owner_side": {side: "owner"}}

    def clean_owner(self):
        """A person of one's own side is named for one's own promise only."""
        own = self.cleaned_data.get("owner_side") == self.side
        return self.cleaned_data["owner"] if own else None


class AgreeForm(PortalForm):
    owner = PersonField(
        label=_("Person who sees to it"), required=False, empty_label=_("As it stands")
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class DeclineForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    reason = Words(label=_("Why it cannot be promised"))


class ExtendForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    due_on = DateField(label=_("The new day"))
    reason = Words(label=_("Why it needs longer"))


class ClaimForm(GuardedForm, PortalForm):
    guarded = ("done",)
    done = Words(label=_("What was done"))


class KeepForm(PortalForm):
    pass


class ReopenForm(GuardedForm, PortalForm):
    guarded = ("missing",)
    missing = Words(label=_("What is missing"))


class FailForm(GuardedForm, PortalForm):
    guarded = ("explanation",)
    explanation = Words(label=_("Why it could not be kept"))


class ReleaseForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = Words(label=_("Why it is no longer needed"), required=False)


class HandOverForm(GuardedForm, PortalForm):
    guarded = ("note",)
    owner = PersonField(label=_("Person who takes it on"), empty_label=_("Choose a person"))
    note = Words(label=_("What they need to know"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class RangForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = Words(label=_("What was agreed on the phone"), required=False)


class PromiseFilter(OpenFirst, PortalForm):
    """What the list shows; everything is optional, and an answer that is none changes nothing."""

    OPEN, ALL = "", "all"

    whose = forms.ChoiceField(
        label=_("Whose promises"),
        choices=[
            ("", _("Both sides’")),
            ("ours", _("Ours to them")),
            ("theirs", _("Theirs to us")),
        ],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[(OPEN, _("Open")), (ALL, _("Open and closed")), *Commitment.State.choices],
        required=False,
    )
    overdue = forms.BooleanField(label=_("Only late ones"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    hand_over = forms.BooleanField(label=_("Only those whose owner has moved on"), required=False)
    institution = forms.UUIDField(required=False, widget=forms.HiddenInput)
