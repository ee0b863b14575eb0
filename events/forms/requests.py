"""What people type about requests."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.web.forms import (
    ChoiceChips,
    DateField,
    OpenFirst,
    PortalForm,
    TimeField,
    TopicChips,
)
from config.web.guard import GuardedForm
from config.web.templatetags.ui import clock, day
from contacts.models import Institution, Language, RoleType
from events.actions.plans import instant
from events.actions.requests import MOST_SLOTS, Slot
from events.models import EngagementKind, EngagementRequest
from partnerships.models import Side

from .plans import INVITED, FundingField, LengthField, OfficerField, PartnershipField, Words

Channel = EngagementRequest.Channel


def _day(label, **options):
    needed = {"required": _("Enter a day that would suit")}
    return DateField(
        label=label, help_text=_("For example, 27 3 2026"), error_messages=needed, **options
    )


def _start(label, **options):
    messages = {
        "required": _("Enter when it would start"),
        "max_length": _("Enter the start as hours and minutes, like 18:30"),
    }
    return TimeField(label=label, error_messages=messages, **options)


class SlotsForm(PortalForm):
    """Up to three times that would suit, as ``slots``; the first may be asked for."""

    first_slot_needed = True

    slot_1_on = _day(_("First choice: day"))
    slot_1_starts = _start(_("First choice: start"))
    slot_1_minutes = LengthField(label=_("First choice: how long"), required=False, initial=60)
    slot_2_on = _day(_("Second choice: day"), required=False)
    slot_2_starts = _start(_("Second choice: start"), required=False)
    slot_2_minutes = LengthField(label=_("Second choice: how long"), required=False, initial=60)
    slot_3_on = _day(_("Third choice: day"), required=False)
    slot_3_starts = _start(_("Third choice: start"), required=False)
    slot_3_minutes = LengthField(label=_("Third choice: how long"), required=False, initial=60)

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        if not self.first_slot_needed:
            self.fields["slot_1_on"].required = self.fields["slot_1_starts"].required = False

    def slot_groups(self):
        """Return the bound fields of each time, for the page to lay out."""
        return [
            [self[f"slot_{number}_{part}"] for part in ("on", "starts", "minutes")]
            for number in range(1, MOST_SLOTS + 1)
        ]

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        slots = [self._slot(cleaned, number) for number in range(1, MOST_SLOTS + 1)]
        cleaned["slots"] = [slot for slot in slots if slot]
        return cleaned

    def _slot(self, cleaned, number):
        name = f"slot_{number}"
        on, starts = cleaned.pop(f"{name}_on", None), cleaned.pop(f"{name}_starts", None)
        minutes = cleaned.pop(f"{name}_minutes", None)
        if on and starts:
            self._look_ahead(on, starts, prefix=f"{name}_")
            return Slot(on, starts, minutes or 60)
        if on and not self.has_error(f"{name}_starts"):
            self.add_error(f"{name}_starts", _("Enter the start as well."))
        if starts and not self.has_error(f"{name}_on"):
            self.add_error(f"{name}_on", _("Enter the day as well."))
        return None

    def _look_ahead(self, on, starts, *, prefix):
        """Say what the action would, together with whatever else is wrong with the form."""
        try:
            instant(on, starts, at=self.at, prefix=prefix)
        except ValidationError as error:
            self.add_error(None, error)


class RequestForm(GuardedForm, SlotsForm):
    """What a side asks of the other. The page lays the fields out in groups."""

    guarded = ("why", "times_to_avoid", "place")
    field_order = ("partnership", "channel", "asked_role", "kind", "purposes", "topics")

    partnership = PartnershipField(label=_("Whom you ask"), empty_label=_("Choose"))
    kind = forms.ChoiceField(
        label=_("What you would like"), choices=EngagementKind.choices, widget=ChoiceChips
    )
    purposes = forms.MultipleChoiceField(label=_("What it is for"), widget=TopicChips)
    topics = forms.MultipleChoiceField(label=_("Topics"), widget=TopicChips, required=False)
    why = Words(label=_("Why now"), required=False)
    urgency = forms.ChoiceField(
        label=_("How soon"),
        choices=EngagementRequest.Urgency.choices,
        initial=EngagementRequest.Urgency.ROUTINE,
        widget=forms.RadioSelect,
    )
    times_to_avoid = forms.CharField(
        label=_("Times to avoid"),
        help_text=_("Prayer and class times that are on your page are kept free already."),
        max_length=300,
        required=False,
    )
    place = forms.CharField(label=_("Place or room"), max_length=200, required=False)
    expected_band = forms.ChoiceField(
        label=_("How many people you expect"),
        choices=[("", _("Not sure"))] + EngagementRequest.Band.choices,
        required=False,
    )
    children_likely = forms.BooleanField(label=_("Children will be there"), required=False)
    language = forms.ModelChoiceField(
        Language.objects.none(), label=_("Language"), empty_label=_("English"), required=False
    )
    wants_woman_officer = forms.BooleanField(label=_("A woman officer, please"), required=False)
    wants_known_officer = forms.BooleanField(
        label=_("An officer whom we know, please"), required=False
    )
    share_with_umbrella = forms.BooleanField(
        label=_("Our umbrella body may be told of this request"),
        help_text=_("Whoever answers reads this. The portal itself does not show it to them."),
        required=False,
    )

    def __init__(self, *args, side, partnerships, purposes, topics, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        self.fields["partnership"].side = side
        self.fields["purposes"].choices = purposes
        self.fields["topics"].choices = topics
        self.fields["language"].queryset = languages
        if self.mosque_asks(side):
            return
        for name in ("wants_woman_officer", "wants_known_officer", "share_with_umbrella"):
            del self.fields[name]

    def mosque_asks(self, side):
        return side == Side.INSTITUTION

    def group(self, *names):
        return [self[name] for name in names if name in self.fields]

    def about(self):
        return self.group("channel", "asked_role", "kind", "purposes", "topics")

    def circumstances(self):
        return self.group(
            "times_to_avoid",
            "place",
            "expected_band",
            "children_likely",
            "language",
            "wants_woman_officer",
            "wants_known_officer",
            "share_with_umbrella",
        )


class CaptureForm(RequestForm):
    """What a mosque asked by phone or letter, written down by an officer."""

    channel = forms.ChoiceField(
        label=_("How they asked"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.PORTAL],
        widget=forms.RadioSelect,
    )
    asked_role = forms.ModelChoiceField(
        RoleType.objects.none(), label=_("Who asked, by role"), empty_label=_("Choose")
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_role"].queryset = roles
        self.fields["partnership"].label = _("Which mosque or body asked")

    def mosque_asks(self, side):
        return True


class MessageForm(GuardedForm, PortalForm):
    """A message that goes with a move and must not be empty."""

    guarded = ("words",)
    words = Words(label=_("Your message"))


class OptionalMessageForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = Words(label=_("Your message"), required=False, rows=3)


class CallForm(MessageForm):
    words = Words(label=_("What you agreed on the phone"))


class AcceptForm(OptionalMessageForm):
    """Police name who will come; a mosque only agrees."""

    attending = OfficerField(label=_("Officer who will come"), empty_label=_("Choose"))
    field_order = ("attending",)

    def __init__(self, *args, side, officers, **kwargs):
        super().__init__(*args, **kwargs)
        if side == Side.POLICE:
            self.fields["attending"].queryset = officers
        else:
            del self.fields["attending"]


class CounterForm(GuardedForm, SlotsForm):
    """Another time or another way, with the reason."""

    guarded = ("words",)
    first_slot_needed = False
    words = Words(label=_("What you propose, and why"))


class RedirectForm(MessageForm):
    unit = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Which team takes it on"), empty_label=_("Choose")
    )
    warm_handover = forms.TypedChoiceField(
        label=_("Have you spoken to them about it?"),
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("unit", "warm_handover", "words")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class AskToDeclineForm(GuardedForm, PortalForm):
    guarded = ("words", "other_route")
    reason = forms.ChoiceField(
        label=_("Why police would decline"),
        choices=EngagementRequest.DeclineReason.choices,
        widget=forms.RadioSelect,
    )
    words = Words(label=_("What you say to them"), max_length=900)
    other_route = Words(
        label=_("What else is possible"),
        help_text=_("Another team, another way, another time of the year."),
        rows=3,
        max_length=500,
    )


class ReassignForm(OptionalMessageForm):
    officer = OfficerField(label=_("Officer who takes it on"), empty_label=_("Choose"))
    field_order = ("officer",)

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers


def slot_words(slot):
    return _("%(day)s, %(starts)s, for %(minutes)s minutes") % {
        "day": day(slot.on),
        "starts": clock(slot.starts),
        "minutes": slot.duration_minutes,
    }


OF_THE_TIME = ("on", "starts", "duration_minutes")


class ScheduleForm(GuardedForm, PortalForm):
    """One of the times that were named, or another one."""

    guarded = ("funding",)
    OTHER = "other"

    slot = forms.ChoiceField(label=_("Which time"), widget=forms.RadioSelect)
    on = DateField(label=_("Day"), required=False)
    starts = TimeField(label=_("Start"), required=False)
    duration_minutes = LengthField(required=False, initial=60)
    officer = OfficerField(
        label=_("Officer who will come"), required=False, empty_label=_("Choose")
    )
    funding = FundingField()
    invited_at_busy_time = forms.BooleanField(required=False)

    def __init__(self, *args, side, slots, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = {str(slot.pk): slot for slot in slots}
        named = [(key, slot_words(slot)) for key, slot in self.slots.items()]
        self.fields["slot"].choices = [*named, (self.OTHER, _("Another time"))]
        self.fields["invited_at_busy_time"].label = INVITED[side]
        if side == Side.POLICE:
            self.fields["officer"].queryset = officers
        else:
            del self.fields["officer"]

    def of_another_time(self):
        return [self[name] for name in OF_THE_TIME]

    def of_any_time(self):
        names = ("officer", "funding", "invited_at_busy_time")
        return [self[name] for name in names if name in self.fields]

    def clean(self):
        """Hand on the time that was chosen, whichever way."""
        cleaned = super().clean()
        self.named = slot = self.slots.get(cleaned.pop("slot", ""))
        if slot:
            for name in OF_THE_TIME:
                self.errors.pop(name, None)
                cleaned[name] = getattr(slot, name)
        else:
            for name in ("on", "starts"):
                if not cleaned.get(name) and not self.has_error(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
            cleaned["duration_minutes"] = cleaned.get("duration_minutes") or 60
        officer = cleaned.pop("officer", None)
        cleaned["officers"] = [officer] if officer else []
        return cleaned

    def beside_its_choice(self, error):
        """Return what is wrong with a time that was named as an error of choosing that time."""
        if self.named is None or not hasattr(error, "error_dict"):
            return error
        placed = {}
        for name, texts in error.message_dict.items():
            placed.setdefault("slot" if name in OF_THE_TIME else name, []).extend(texts)
        return ValidationError(placed)


class RequestFilter(OpenFirst, PortalForm):
    """What the list shows; an answer that is none changes nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Open")),
            ("all", _("Open and over")),
            *EngagementRequest.State.choices,
        ],
        required=False,
    )
    asked_by = forms.ChoiceField(
        label=_("Who asked"),
        choices=[("", _("Either side")), ("institution", _("Mosques")), ("police", _("Police"))],
        required=False,
    )
    waiting = forms.BooleanField(label=_("Only those that wait for us"), required=False)
    late = forms.BooleanField(label=_("Only those where police are late"), required=False)
    institution = forms.UUIDField(required=False, widget=forms.HiddenInput)
