"""What people type about consultations. Every box is guarded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from config.web.guard import GuardedForm
from contacts.models import Institution
from partnerships.models import Consultation, ConsultationResponse, ConsultationTheme
from partnerships.models.consultations import ADVICE_LABELS, LABELS, PARTS

from .bulletins import AreasChoice
from .commitments import Words

Position, Outcome = ConsultationResponse.Position, ConsultationTheme.Outcome
Visibility = Consultation.Visibility
NOTHING = _("If there is nothing to say, say so.")


def _radios(label, choices, **options):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class PlaceField(forms.ModelChoiceField):
    """One of the institutions that the view gives."""

    def __init__(self, **kwargs):
        super().__init__(Institution.objects.none(), empty_label=_("Select one"), **kwargs)


class QuestionForm(GuardedForm, PortalForm):
    """What a partner types who asks police to consult; police write the rest."""

    guarded = ("title", "question")
    institution = PlaceField(label=_("For which institution do you ask?"))
    co_convenor = PlaceField(
        label=_("Which umbrella body should stand beside it?"),
        help_text=_("It says whether the question is fair, or objects."),
    )
    title = forms.CharField(
        label=LABELS["title"], max_length=120, widget=forms.TextInput({"dir": "auto"})
    )
    question = Words(
        label=LABELS["question"], help_text=_("One question, in plain words."), max_length=600
    )

    def __init__(self, *args, places, convenors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["co_convenor"].queryset = convenors
        if len(places) == 1:
            del self.fields["institution"]
        else:
            self.fields["institution"].queryset = places


class ConsultationForm(GuardedForm, PortalForm):
    """A draft: the question, what is to be known about it, and the terms."""

    guarded = PARTS
    unit = PlaceField(label=_("Which unit asks?"))
    co_convenor = PlaceField(
        label=_("Which umbrella body stands beside it?"),
        help_text=_("It says whether the question is fair, or objects; both can be read."),
    )
    is_decided = _radios(
        _("Is there a decision on this already?"),
        [("no", _("No")), ("yes", _("Yes"))],
        help_text=_("What is decided is explained in a bulletin, not asked about."),
    )
    title = forms.CharField(
        label=LABELS["title"], max_length=120, widget=forms.TextInput({"dir": "auto"})
    )
    question = Words(
        label=LABELS["question"], help_text=_("One question, in plain words."), max_length=600
    )
    open_to_change = Words(label=LABELS["open_to_change"], max_length=1500, required=False)
    not_open = Words(label=LABELS["not_open"], max_length=1500, required=False)
    options = Words(label=LABELS["options"], max_length=1500, required=False)
    effect = Words(
        label=LABELS["effect"],
        help_text=_("Women, children, older people, disabled people, and others."),
        max_length=1500,
        required=False,
    )
    materials = Words(label=LABELS["materials"], help_text=NOTHING, max_length=1500, required=False)
    events = Words(label=LABELS["events"], help_text=NOTHING, max_length=1500, required=False)
    owner_role = _radios(_("Who decides?"), Consultation.OwnerRole.choices)
    areas = AreasChoice(
        label=_("For which areas?"), help_text=_("None means the whole force."), required=False
    )
    closes_on = DateField(
        label=_("Last day for answers"),
        help_text=_("At least 28 days, clear of the last ten nights of Ramadan and of Eid."),
        required=False,
    )
    decides_on = DateField(label=_("Day of the decision"), required=False)
    visibility = _radios(_("Who reads an answer?"), Visibility.choices)
    is_public = forms.BooleanField(
        label=_("Show the question on the public page while it is open"),
        help_text=_("Only where the umbrella body says so, too."),
        required=False,
    )

    def __init__(self, *args, units, convenors, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = areas
        if convenors is None:
            del self.fields["co_convenor"]
        else:
            self.fields["co_convenor"].queryset = convenors
        if len(units) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units


def arranged(data: dict) -> dict:
    """Put what was typed as the actions take it."""
    given = {name: value for name, value in data.items() if name not in PARTS}
    given["parts"] = {part: data.get(part, "") for part in PARTS}
    given["is_decided"] = given.get("is_decided") == "yes"
    if "areas" in given:
        given["areas"] = [area.pk for area in given["areas"]]
    return given


def as_typed(consultation: Consultation) -> dict:
    """Return what the form showed when this was typed."""
    names = (*PARTS, "owner_role", "areas", "closes_on", "decides_on", "visibility", "is_public")
    return {name: getattr(consultation, name) for name in names} | {"is_decided": "no"}


class CoSignForm(GuardedForm, PortalForm):
    guarded = ("objection",)
    reveals = {"says": {"object": "objection"}}
    says = _radios(
        _("What does your body say?"),
        [
            ("agree", _("The question and what there is to read are fair")),
            ("object", _("We object, and this is why")),
        ],
    )
    objection = Words(
        label=_("What you object to"),
        help_text=_("Everybody who is asked reads it beside the question."),
        max_length=1000,
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("The question may stand on the public page while it is open"), required=False
    )

    def clean(self):
        data = super().clean()
        says, objection = data.get("says"), data.get("objection")
        if says == "object" and not objection:
            self.add_error("objection", _("Enter what you object to"))
        if says == "agree" and objection:
            self.add_error(
                "says", _("You wrote what you object to: say that you object, or empty it")
            )
        return data


class UrgentForm(GuardedForm, PortalForm):
    guarded = ("urgency",)
    urgency = Words(
        label=_("Why can it not wait?"),
        help_text=_("Everybody who is asked reads it, with your rank."),
        max_length=500,
    )


class AnswerForm(GuardedForm, PortalForm):
    """``shares`` says whether the consultation lets its umbrella body read answers."""

    guarded = ("text",)
    institution = PlaceField(label=_("For which institution do you answer?"))
    position = _radios(_("Where do you stand?"), Position.choices)
    text = Words(label=_("Your answer"), rows=8, max_length=3000)
    is_shared = forms.BooleanField(
        label=_("The umbrella body may read our answer"),
        help_text=_("Otherwise it learns no more than how many have answered."),
        required=False,
    )

    def __init__(self, *args, places, shares, **kwargs):
        super().__init__(*args, **kwargs)
        if not shares:
            del self.fields["is_shared"]
        if len(places) == 1:
            del self.fields["institution"]
        else:
            self.fields["institution"].queryset = places


class AdviceForm(GuardedForm, PortalForm):
    """What an inspector types who needs an umbrella body's advice within hours."""

    guarded = ("title", "question", "urgency", "withheld")
    unit = PlaceField(label=_("Which unit asks?"))
    co_convenor = PlaceField(label=_("Which umbrella body do you ask?"))
    title = forms.CharField(
        label=LABELS["title"], max_length=120, widget=forms.TextInput({"dir": "auto"})
    )
    question = Words(label=ADVICE_LABELS["question"], max_length=600)
    urgency = Words(
        label=ADVICE_LABELS["urgency"],
        help_text=_("Why it is not asked of everybody, with the time that takes."),
        max_length=500,
    )
    withheld = Words(
        label=ADVICE_LABELS["withheld"],
        help_text=_("Name the kind of thing, not the thing itself. If nothing, say so."),
        max_length=1000,
    )
    hours = forms.TypedChoiceField(
        label=_("Within how many hours?"),
        choices=[(hours, str(hours)) for hours in Consultation.ADVICE_HOURS],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, units, convenors, **kwargs):
        super().__init__(*args, **kwargs)
        for name, places in (("unit", units), ("co_convenor", convenors)):
            if len(places) == 1:
                del self.fields[name]
            else:
                self.fields[name].queryset = places


class AdviseForm(GuardedForm, PortalForm):
    guarded = ("text",)
    text = Words(label=_("Your advice"), rows=8, max_length=3000)


class AdviceReportForm(GuardedForm, PortalForm):
    guarded = ("decision",)
    decision = Words(
        label=_("What police did, and what they did with the advice"), rows=6, max_length=1500
    )


class FoundField(forms.ModelMultipleChoiceField):
    """Answers that one may read, by who gave them."""

    def __init__(self, **kwargs):
        super().__init__(
            ConsultationResponse.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def label_from_instance(self, response):
        return f"{response.institution.name}: {response.get_position_display()}"


def offer_answers(form, responses):
    """Let the form ask in which answers something is, where there is any that one may read."""
    if responses.exists():
        form.fields["found_in"].queryset = responses
    else:
        del form.fields["found_in"]


class ReadAgainForm(GuardedForm, PortalForm):
    guarded = ("dissent",)
    found_in = FoundField(label=_("In which of the answers that you may read is it?"))
    dissent = Words(
        label=_("How you hear it, if otherwise"),
        help_text=_("It stays beside the theme, whatever is decided."),
        max_length=600,
        required=False,
    )

    def __init__(self, *args, responses, **kwargs):
        super().__init__(*args, **kwargs)
        offer_answers(self, responses)


class ThemeForm(GuardedForm, PortalForm):
    guarded = ("title", "heard")
    title = forms.CharField(
        label=_("Theme, in a few words"), max_length=120, widget=forms.TextInput({"dir": "auto"})
    )
    heard = Words(
        label=_("What was heard"),
        help_text=_("So that those who said it find it again. Name nobody."),
    )
    found_in = FoundField(label=_("In which of the answers that you may read is it?"))

    def __init__(self, *args, responses, **kwargs):
        super().__init__(*args, **kwargs)
        offer_answers(self, responses)


class ThemeOutcomeForm(GuardedForm, PortalForm):
    guarded = ("changed", "unchanged", "why", "promise")
    outcome = _radios(_("What came of it?"), Outcome.choices)
    changed = Words(label=_("What changed"), required=False)
    unchanged = Words(label=_("What did not change"), required=False)
    why = Words(label=_("The reason"))
    promise = Words(label=_("What police promise about it"), rows=3, max_length=500, required=False)
    promise_due_on = DateField(label=_("The day by which it is done"), required=False)


class DecideForm(GuardedForm, PortalForm):
    guarded = ("decision",)
    decision = Words(label=_("What is decided"), rows=6, max_length=1500)


class AbandonForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    reason = Words(
        label=_("Why is it given up?"),
        help_text=_("Everybody who was asked reads this."),
        max_length=500,
    )


class ConsultationFilter(PortalForm):
    state = forms.ChoiceField(label=_("Which ones?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", _("Those being asked or considered")),
            ("drafts", _("Not open yet")),
            ("over", _("Decided, or given up")),
            ("all", _("All")),
        ]
