"""What people type about concerns. Every box is guarded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import ChoiceChips, DateField, OneOf, OpenFirst, PortalForm
from config.web.guard import GuardedForm
from contacts.models import RoleType, Topic
from partnerships.actions.texts import PART_LIMIT
from partnerships.models import Concern

from .commitments import PersonField, Words

Choice = Concern.Choice


class Box(Words):
    """A box for words that become a shared text."""

    def __init__(self, **kwargs):
        super().__init__(rows=kwargs.pop("rows", 6), max_length=PART_LIMIT, **kwargs)


class OneOfBoxes(OneOf, Box):
    pass


OF_THREE = {"help_text": _("Fill in at least one of the three."), "rows": 4}
OF_TWO = {"help_text": _("Fill in at least one of the two.")}


def _radios(label, choices, **options):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class EarlierField(forms.ModelChoiceField):
    """An earlier concern of the same institution, called by what is read out on the phone."""

    def __init__(self, **kwargs):
        super().__init__(Concern.objects.none(), **kwargs)

    def label_from_instance(self, concern):
        return f"{concern.reference}: {concern.topic.label}"


class ConcernForm(GuardedForm, PortalForm):
    guarded = ("worry", "would_help")
    hints = {
        "choice": {
            Choice.ANSWER: _("Police answer here, in words that both sides keep."),
            Choice.COMPLAINT: _(
                "For how an officer behaved, or when you want it looked into formally. A "
                "coordinator passes it on and gives you its number; you read it here still."
            ),
            Choice.HELP_ME_DECIDE: _("Somebody explains both ways, and you choose after that."),
        }
    }

    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), empty_label=_("Choose"))
    about = forms.ChoiceField(
        label=_("What it is about"), choices=Concern.About.choices, widget=ChoiceChips
    )
    worry = Box(label=_("What happened, or what worries people"))
    would_help = Box(label=_("What would help"), required=False, rows=4)
    for_unnamed_member = forms.BooleanField(
        label=_("We raise this for one of our members, who is not named"), required=False
    )
    urgency = _radios(_("How soon"), Concern.Urgency.choices, initial=Concern.Urgency.ROUTINE)
    choice = _radios(_("What you want"), Choice.choices, initial=Choice.ANSWER)
    may_see = _radios(
        _("Who else may read it, once it is closed"),
        Concern.Audience.choices,
        initial=Concern.Audience.SIDES,
    )
    follows = EarlierField(
        label=_("Does it follow on from an earlier concern?"),
        required=False,
        empty_label=_("No"),
    )

    def __init__(self, *args, topics, earlier, is_umbrella, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics
        self.fields["follows"].queryset = earlier
        if not is_umbrella:
            del self.fields["for_unnamed_member"]

    @property
    def of_the_matter(self):
        return [self["topic"], self["about"]]

    @property
    def boxes(self):
        return [self["worry"], self["would_help"]]

    @property
    def of_the_rest(self):
        first = {field.name for field in (*self.of_the_matter, *self.boxes)} | {
            "channel",
            "asked_role",
        }
        return [field for field in self if field.name not in first]

    def clean(self):
        """Hand on the two boxes as the parts of a text."""
        cleaned = super().clean()
        boxes = ("worry", "would_help")
        if not self.errors:
            cleaned["parts"] = {name: cleaned.pop(name, "") for name in boxes}
        return cleaned


class ConcernRecordForm(ConcernForm):
    """What somebody told an officer, as they said it."""

    channel = _radios(
        _("How they told you"),
        [each for each in Concern.Channel.choices if each[0] != Concern.Channel.PORTAL],
    )
    asked_role = forms.ModelChoiceField(
        RoleType.objects.none(), label=_("Their role there"), empty_label=_("Choose")
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_role"].queryset = roles


class NothingForm(PortalForm):
    pass


class WordsForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = Words(label=_("Your words"), max_length=1500)


class MaybeWordsForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = Words(label=_("Anything to say with it"), required=False, max_length=1500)


class AmongOfficers:
    """Mixin of a form that names who answers, among ``people``."""

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answerer"].queryset = people


class AcknowledgeForm(AmongOfficers, GuardedForm, PortalForm):
    guarded = ("words",)
    answerer = PersonField(label=_("Officer who will answer"), empty_label=_("Choose"))
    due_on = DateField(
        label=_("Day by which they answer"),
        required=False,
        help_text=_("Leave it empty for ten working days from now."),
    )
    words = Words(label=_("What you tell them now"), max_length=1500)


class ReassignForm(AmongOfficers, GuardedForm, PortalForm):
    guarded = ("words",)
    answerer = PersonField(label=_("Officer who answers from now on"), empty_label=_("Choose"))
    words = Words(label=_("What they need to know"), required=False, max_length=1500)


class ChooseForm(PortalForm):
    choice = _radios(_("What you want"), Choice.choices)
    hints = {"choice": ConcernForm.hints["choice"]}


class ComplaintForm(PortalForm):
    complaint_reference = forms.CharField(
        label=_("Number of the complaint"),
        max_length=40,
        help_text=_("As the complaints team gave it, like CO/01234/26."),
    )


class PartsForm(GuardedForm, PortalForm):
    """Boxes that together are one shared text; hands them on as ``parts``."""

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["parts"] = {name: cleaned.pop(name, "") for name in self.guarded}
        return cleaned


class AnswerForm(PartsForm):
    guarded = ("answer", "reasons", "will_change", "cannot_change", "cannot_say")
    answer = Box(label=_("The answer"))
    reasons = Box(label=_("The reasons"))
    will_change = OneOfBoxes(label=_("What will change"), **OF_THREE)
    cannot_change = OneOfBoxes(label=_("What cannot change, and why"), **OF_THREE)
    cannot_say = OneOfBoxes(label=_("What cannot be said, and why"), **OF_THREE)


class ChallengeForm(GuardedForm, PortalForm):
    guarded = ("why",)
    why = Box(label=_("Why you challenge the answer"))


class ClosingForm(PartsForm):
    guarded = ("you_said", "we_did", "we_could_not")
    you_said = Box(label=_("You said"))
    we_did = OneOfBoxes(label=_("We did"), **OF_TWO)
    we_could_not = OneOfBoxes(label=_("We could not, and why"), **OF_TWO)


class CloseForm(PortalForm):
    audience = _radios(_("Who may read these words"), Concern.Audience.choices)


class PanelForm(GuardedForm, PortalForm):
    guarded = ("view",)
    view = Box(label=_("The panel’s view, in its own words"))


class StatementForm(GuardedForm, PortalForm):
    guarded = ("statement",)
    statement = Box(label=_("Your side’s statement"))


class SettledForm(PortalForm):
    """One click: each button sends its own answer."""

    is_settled = forms.TypedChoiceField(
        label=_("Is it still settled?"),
        choices=[("yes", _("Yes, it is still settled")), ("no", _("No, it is not settled"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ConcernFilter(OpenFirst, PortalForm):
    """What the list shows; an answer that is none changes nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Open")), ("all", _("Open and over")), *Concern.State.choices],
        required=False,
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    waiting = forms.BooleanField(label=_("Only those that wait for us"), required=False)
    late = forms.BooleanField(label=_("Only those where police are late"), required=False)
    institution = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(topic.code, topic.label) for topic in topics]
        self.fields["topic"].choices = [("", _("Every topic")), *named]
