"""What a side says after a visit."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import ActionView
from contacts.views.access import Seen
from events.actions.feedback import give_feedback, require_open_to_feedback
from events.forms.feedback import FeedbackForm
from events.models import Engagement
from events.rules.requests import acting_side


class VisitFeedback(Seen, ActionView):
    model = Engagement
    subject_name = "visit"
    permission_required = "events.give_feedback"
    template_name = "events/visit_feedback.html"
    form_class = FeedbackForm
    success_message = _("Thank you. Both sides can read it.")

    loads = "for_planning"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.side = acting_side(request.user, self.subject.partnership)

    def get_context_data(self, **kwargs):
        return super().get_context_data(over=self.why_over(), side=self.side, **kwargs)

    def why_over(self):
        try:
            require_open_to_feedback(self.subject, at=timezone.now())
        except ValidationError as error:
            return error.messages[0]
        return ""

    def act(self, **data):
        give_feedback(
            engagement=self.subject,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
        return self.subject.request or self.subject
