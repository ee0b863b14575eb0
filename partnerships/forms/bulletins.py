"""What people type about bulletins."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from config.web.guard import GuardedForm
from contacts.forms.people import LanguageChoice
from contacts.models import Institution, PolicingArea
from partnerships.models import Bulletin
from partnerships.models.bulletins import LABELS, PARTS

from .commitments import Words
from .partnerships import KINDS

DAY = timedelta(days=1)
WORDS = (*PARTS, "read_out")
TITLE = _("So that people who come to the mosque know what it is about.")
HELP = {
    "happening": _("The facts, in short sentences."),
    "why": _("The reason, also where it will not please."),
    "meaning": _("What they will see, and what they can do."),
    "unknown": _("Say it plainly. If nothing is open, say so."),
    "unsaid": _("Name what you leave out, and the reason. If nothing, say so."),
    "decided": _("The rank or body, and under which rule."),
}


class AreasChoice(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(PolicingArea.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, area):
        return f"{area.name}, {area.parent.name}" if area.parent else area.name


class ApartForm(PortalForm):
    """``asked`` are the consultations out among its readers; without one nothing is asked here."""

    apart_from = forms.TypedMultipleChoiceField(
        label=_("Which of these are about another matter?"),
        help_text=_(
            "Its readers are being asked about them, and nothing is decided. News of a decision on"
            " the same matter waits until then."
        ),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        if choices := [(each.pk, each.title) for each in asked]:
            self.fields["apart_from"].choices = choices
        else:
            del self.fields["apart_from"]


class BulletinWords(GuardedForm, PortalForm):
    """The seven parts, and what may be read out."""

    guarded = WORDS
    title = forms.CharField(label=LABELS["title"], help_text=TITLE, max_length=150)
    happening = Words(label=LABELS["happening"], help_text=HELP["happening"], max_length=1500)
    why = Words(label=LABELS["why"], help_text=HELP["why"], max_length=1500, required=False)
    meaning = Words(label=LABELS["meaning"], help_text=HELP["meaning"], max_length=1500)
    unknown = Words(label=LABELS["unknown"], help_text=HELP["unknown"], max_length=1500)
    unsaid = Words(
        label=LABELS["unsaid"], help_text=HELP["unsaid"], max_length=1500, required=False
    )
    decided = Words(
        label=LABELS["decided"], help_text=HELP["decided"], max_length=1500, required=False
    )
    read_out = Words(
        label=_("Two sentences to read out on Friday"),
        help_text=_("For whoever wants to pass it on aloud. Two sentences at the most."),
        rows=3,
        max_length=300,
        required=False,
    )


class BulletinUpdateForm(ApartForm, BulletinWords):
    """New words for a bulletin that is out."""


class BulletinForm(BulletinWords):
    """A draft: what it is, its words, for whom and until when. The unit is asked where several."""

    unit = forms.ModelChoiceField(
        label=_("Which unit does it come from?"),
        help_text=_("What the unit is for always stands beside its name."),
        queryset=Institution.objects.none(),
        empty_label=_("Select one"),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Bulletin.Kind.choices,
        initial=Bulletin.Kind.BULLETIN,
        widget=forms.RadioSelect,
    )
    areas = AreasChoice(
        label=_("For which areas?"), help_text=_("None means the whole force."), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("For which kinds of institution?"),
        help_text=_("None means all."),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = LanguageChoice(label=_("In which language is it written?"), help_text="")
    valid_until = DateField(label=_("Last day on which it holds"))
    questions_until = DateField(label=_("Last day for questions"))
    hints = {
        "kind": {
            "bulletin": _("A coordinator checks all seven parts, then sends it."),
            "statement_of_fact": _(
                "Against a rumour. It can go within the hour, on the word of an inspector."
            ),
        }
    }
    TERMS = ("unit", "kind")
    AUDIENCE = ("areas", "kinds", "language", "valid_until", "questions_until")

    def __init__(self, *args, units, areas, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = areas
        self.fields["language"].queryset = languages
        if len(units) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units

    def parts(self, names):
        return [self[name] for name in names if name in self.fields]

    @property
    def about(self):
        return self.parts(self.TERMS)

    @property
    def words(self):
        return self.parts(WORDS)

    @property
    def audience(self):
        return self.parts(self.AUDIENCE)


def arranged(data: dict) -> dict:
    """Put what was typed as the actions take it: the parts together, days as first days after."""
    given = {name: value for name, value in data.items() if name not in WORDS}
    given["parts"] = {name: data[name] for name in WORDS}
    for name in ("valid_until", "questions_until"):
        if name in given:
            given[name] += DAY
    if "areas" in given:
        given["areas"] = [area.pk for area in given["areas"]]
    return given


def as_typed(bulletin, version) -> dict:
    """Return what the form showed when this was typed."""
    return {name: getattr(version, name) for name in WORDS} | {
        "kind": bulletin.kind,
        "areas": bulletin.areas,
        "kinds": bulletin.kinds,
        "language": bulletin.language_id,
        "valid_until": bulletin.valid_until - DAY,
        "questions_until": bulletin.questions_until - DAY,
    }


class WithdrawBulletinForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    reason = Words(
        label=_("Why is it withdrawn?"),
        help_text=_("Everybody whom it was sent to reads this."),
        max_length=500,
    )
    removal = forms.ChoiceField(
        label=_("Do its words go as well?"),
        choices=[
            ("", _("No: they stay to be read, under the reason")),
            *((code, _("Yes: %(why)s") % {"why": why}) for code, why in Bulletin.Removal.choices),
        ],
        widget=forms.RadioSelect,
        required=False,
    )


class AskForm(GuardedForm, PortalForm):
    guarded = ("text",)
    institution = forms.ChoiceField(label=_("For which institution do you ask?"))
    text = Words(label=_("Your question"), max_length=600)
    is_named = forms.BooleanField(
        label=_("Show the name of our institution beside the question"), required=False
    )

    def __init__(self, *args, received, **kwargs):
        super().__init__(*args, **kwargs)
        if len(received) == 1:
            del self.fields["institution"]
        else:
            choices = [(str(place.ref), place.name) for place in received]
            self.fields["institution"].choices = choices


class AnswerForm(GuardedForm, PortalForm):
    guarded = ("answer",)
    can_answer = forms.ChoiceField(
        label=_("Can police answer it?"),
        choices=[("yes", _("Yes")), ("no", _("No, and this is why"))],
        widget=forms.RadioSelect,
    )
    answer = Words(label=_("The answer, or why there is none"), max_length=1500)

    def clean_can_answer(self):
        return self.cleaned_data["can_answer"] == "yes"


class BulletinFilter(PortalForm):
    state = forms.ChoiceField(label=_("Which ones?"), required=False)

    def __init__(self, *args, sees_drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", _("Those that hold")),
            *([("drafts", _("Not sent yet"))] if sees_drafts else []),
            ("over", _("Withdrawn, or past their last day")),
            ("all", _("All that were sent")),
        ]
