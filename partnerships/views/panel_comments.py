"""What the panel says: the list for each side, one comment, writing one, and answering it."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.actor import claims
from config.audit.actions import record_read
from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.views.access import Permitted, Seen
from partnerships.actions import panel_comments as actions
from partnerships.forms.panel import (
    MeasureCommentForm,
    PanelAnswerForm,
    PanelCommentFilter,
    PanelCommentForm,
)
from partnerships.models import PanelComment, PanelItem, PanelSample, Side
from partnerships.rules.panel import role_of, side_of

from .panel_concerns import BeforePanel

UNLOGGED = "a comment is the panel’s own words; the record it is about is logged where it is read"


class PanelCommentList(Permitted, KeysetListView):
    permission_required = "partnerships.list_panel_comments"
    template_name = "partnerships/panel_comment_list.html"
    order_keys = ("-made_at", "-pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = PanelCommentFilter(request.GET or None)

    def get_queryset(self):
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        return PanelComment.objects.visible_to(self.request.user).chosen(**asked).for_list()

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        return super().get_context_data(filter=self.filter, today=today, **kwargs)


class InComment(Seen):
    model = PanelComment
    subject_name = "comment"
    unlogged_because = UNLOGGED


class PanelCommentDetail(InComment, DetailView):
    permission_required = "partnerships.view_panel_comment"
    template_name = "partnerships/panel_comment_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        comment, user = self.subject, self.request.user
        may_answer = user.has_perm("partnerships.answer_panel_comment", comment)
        answered = {answer.side for answer in comment.answers.all()}
        return super().get_context_data(
            may_answer=may_answer and side_of(user, comment) not in answered,
            today=timezone.localdate(),
            **kwargs,
        )


class PanelCommentAnswer(InComment, ActionView):
    permission_required = "partnerships.answer_panel_comment"
    template_name = "partnerships/panel_comment_answer.html"
    form_class = PanelAnswerForm
    success_message = _("Your answer is with the panel.")

    def get_context_data(self, **kwargs):
        side = side_of(self.request.user, self.subject)
        return super().get_context_data(
            is_answered=any(answer.side == side for answer in self.subject.answers.all()),
            is_police=side == Side.POLICE,
            **kwargs,
        )

    def act(self, **data):
        side = side_of(self.request.user, self.subject)
        return actions.answer_panel_comment(
            comment=self.subject,
            side=side,
            role=role_of(self.request.user, self.subject) if side == Side.POLICE else "",
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


# --- Writing one ---------------------------------------------------------------------------------


class Commenting(ActionView):
    template_name = "partnerships/panel_comment_make.html"
    form_class = PanelCommentForm
    success_message = _("Your comment is written down. Those whom you ask are told today.")


class ItemComment(Seen, Commenting):
    model = PanelItem
    subject_name = "item"
    permission_required = "partnerships.comment_on_item"

    def log_read(self):
        record_read(
            self.permission_required,
            subject=self.subject,
            institutions=filter(None, [claims.panel_institution(self.subject.pk)]),
            by=self.request.user,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.subject.get_absolute_url(), **kwargs)

    def act(self, **data):
        return actions.comment_on_item(
            item=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class MeasureComment(Seen, Commenting):
    model = PanelSample
    subject_name = "sample"
    unlogged_because = "a measure is nobody's record"
    form_class = MeasureCommentForm
    permission_required = "partnerships.comment_on_measure"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.measure = kwargs["measure"]
        codes = {each["code"] for each in self.subject.measures if each["n"] is not None}
        if self.measure not in codes:
            raise Http404("No such measure")

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.subject.get_absolute_url(), **kwargs)

    def act(self, **data):
        return actions.comment_on_measure(
            sample=self.subject,
            measure=self.measure,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class ConcernComment(BeforePanel, Commenting):
    permission_required = "partnerships.comment_on_concern"

    def act(self, **data):
        return actions.comment_on_concern(
            concern=self.subject, by=self.request.user, at=timezone.now(), **data
        )
