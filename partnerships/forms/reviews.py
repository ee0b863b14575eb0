from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import DateField, PortalForm
from config.web.guard import GuardedForm
from contacts.models import Language, Rank, RoleType
from partnerships.models import ReviewAssessment, ReviewReport
from partnerships.models.review_words import WORDS_LIMIT

from .commitments import Words


class AssessmentForm(GuardedForm, PortalForm):
    """How one side sees it; the yearly review also looks ahead."""

    guarded = ReviewAssessment.PARTS

    worked = Words(label=_("What worked?"), rows=6, max_length=WORDS_LIMIT)
    did_not = Words(
        label=_("What did not work?"),
        help_text=_("On your own side, too."),
        rows=6,
        max_length=WORDS_LIMIT,
    )
    next_year = Words(
        label=_("What should we work on together next year?"),
        rows=4,
        max_length=WORDS_LIMIT,
        required=False,
    )
    agreement_changes = Words(
        label=_("What should change in the agreement?"),
        rows=3,
        max_length=WORDS_LIMIT,
        required=False,
    )

    def __init__(self, *args, is_annual, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_annual:
            del self.fields["next_year"], self.fields["agreement_changes"]


class MeetingForm(PortalForm):
    """When both met, and who was there: roles, and nobody's name."""

    met_on = DateField(label=_("The day on which you met"))
    institution_roles = forms.MultipleChoiceField(
        label=_("Who was there for the mosque or umbrella body?"),
        widget=forms.CheckboxSelectMultiple,
    )
    police_roles = forms.MultipleChoiceField(
        label=_("Who was there for the police?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution_roles"].choices = RoleType.objects.choices(on=on)
        self.fields["police_roles"].choices = Rank.objects.choices(on=on)


class ReviewStatementForm(GuardedForm, PortalForm):
    guarded = ("words",)

    words = Words(
        label=_("The statement"),
        help_text=_("What comes of this review. Name nobody: it may be published."),
        rows=10,
        max_length=WORDS_LIMIT,
    )


class JointSignForm(PortalForm):
    """``read`` is the digest of the words that were on the page."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CommentForm(GuardedForm, PortalForm):
    guarded = ("words",)

    words = Words(
        label=_("What the panel says"),
        help_text=_("Name nobody. Both sides read it, and a public report carries it."),
        rows=8,
        max_length=WORDS_LIMIT,
    )


class ReportForm(GuardedForm, PortalForm):
    """The plain summary and its translation; ``name`` is the institution's, as it would stand."""

    guarded = ("summary", "translation")

    summary = Words(
        label=_("Summary in plain English"),
        help_text=_("Short sentences, for somebody who knows neither side. Name nobody."),
        rows=6,
        max_length=ReviewReport.SUMMARY_LIMIT,
    )
    language = forms.ModelChoiceField(
        label=_("Language of the translation"),
        queryset=Language.objects.none(),
        to_field_name="code",
        empty_label=_("Choose a language"),
    )
    translation = Words(
        label=_("The summary in that language"), rows=6, max_length=2 * ReviewReport.SUMMARY_LIMIT
    )
    is_named = forms.BooleanField(required=False)

    def __init__(self, *args, name, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].queryset = Language.objects.besides_english(on=on)
        self.fields["is_named"].label = _("Show the name: %(name)s") % {"name": name}
