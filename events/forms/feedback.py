from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from events.models import EngagementFeedback

from .plans import Words


class FeedbackForm(GuardedForm, PortalForm):
    """The two questions that each side answers after a visit."""

    guarded = ("next_words",)

    as_agreed = forms.ChoiceField(
        label=_("Was it what we agreed it would be for?"),
        choices=EngagementFeedback.AsAgreed.choices,
        widget=forms.RadioSelect,
    )
    next_words = Words(label=_("What should happen next?"), max_length=1000, required=False)
