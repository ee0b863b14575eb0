"""Freezing the figures of a review: they are counted here, and kept for good below."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import MovePage
from contacts.forms.people import EmptyForm
from partnerships.models import PartnershipReview
from partnerships.views.reviews import InReview

from ..reviews import freeze_review


class ReviewFreeze(InReview, MovePage):
    permission_required = "partnerships.freeze_review"
    template_name = "partnerships/review_move.html"
    form_class = EmptyForm
    heading = _("Freeze the figures")
    lede = _(
        "They are counted now and never again, whatever changes later. Then each side has two "
        "weeks to write its account alone."
    )
    button = _("Freeze the figures")
    success_message = _("Frozen. Both sides and the panel are told.")

    def get_context_data(self, **kwargs):
        review = self.subject
        is_over = review.period_until <= timezone.localdate()
        is_time = review.state == PartnershipReview.State.SCHEDULED and is_over
        return super().get_context_data(is_possible=is_time, **kwargs)

    def act(self):
        freeze_review(review=self.subject, by=self.request.user, at=timezone.now())
        return self.subject
