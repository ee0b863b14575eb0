"""Asking about a bulletin, and answering for everybody who was sent it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import ActionView
from contacts.views.access import Seen
from partnerships.actions import bulletin_questions as questions
from partnerships.forms.bulletins import AnswerForm, AskForm
from partnerships.models import BulletinQuestion

from .bulletins import UNLOGGED, InBulletin


class QuestionAsk(InBulletin, ActionView):
    permission_required = "partnerships.ask_bulletin_question"
    template_name = "partnerships/bulletin_question_ask.html"
    form_class = AskForm
    success_message = _("Asked. Everybody whom the bulletin was sent to reads it, and the answer.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = self.subject.recipients.of(request.user)
        self.received = {str(row.institution.ref): row.institution for row in rows}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"received": list(self.received.values())}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            is_possible=self.subject.takes_questions(timezone.localdate()), **kwargs
        )

    def act(self, institution="", **data):
        only = next(iter(self.received.values()))
        return questions.ask_bulletin_question(
            bulletin=self.subject,
            institution=self.received.get(institution, only),
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class QuestionAnswer(Seen, ActionView):
    model = BulletinQuestion
    subject_name = "question"
    unlogged_because = UNLOGGED
    permission_required = "partnerships.answer_bulletin_question"
    template_name = "partnerships/bulletin_question_answer.html"
    form_class = AnswerForm
    success_message = _("Answered. Everybody whom the bulletin was sent to reads it.")

    def act(self, **data):
        return questions.answer_bulletin_question(
            question=self.subject, by=self.request.user, at=timezone.now(), **data
        )
