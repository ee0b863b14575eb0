"""What a panel says, and what it is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from partnerships.models import PanelComment
from partnerships.models.panel_comments import WORDS_LIMIT

from .commitments import Words


class PanelCommentForm(GuardedForm, PortalForm):
    guarded = ("words",)

    words = Words(
        label=_("What the panel says"),
        help_text=_("No names. Say what you saw, and what you ask."),
        rows=6,
        max_length=WORDS_LIMIT,
    )
    asked_role = forms.ChoiceField(
        label=_("Who is asked to answer?"),
        choices=PanelComment.Asked.choices,
        widget=forms.RadioSelect,
    )


class MeasureCommentForm(PanelCommentForm):
    """A measure is a whole force's, so nobody of one area can answer for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_role"].choices = [
            choice for choice in PanelComment.Asked.choices if choice[0] != "inspector"
        ]


class PanelAnswerForm(GuardedForm, PortalForm):
    guarded = ("words",)

    words = Words(
        label=_("Your answer"),
        help_text=_("No names. The panel and the other side read it."),
        rows=6,
        max_length=WORDS_LIMIT,
    )


class PanelCommentFilter(PortalForm):
    """What the list shows; an answer that is none changes nothing."""

    awaiting = forms.BooleanField(label=_("Only those that await an answer"), required=False)
