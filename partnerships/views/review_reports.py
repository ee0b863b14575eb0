"""The panel's page, and the public report: drafting it, reading it before and after."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, TemplateView

from config.web.views import ActionView
from contacts.views.access import Seen
from partnerships.actions import review_panel, review_reports
from partnerships.forms import reviews as forms
from partnerships.models import PartnershipReview, ReviewReport
from partnerships.review_figures import for_outsiders, with_names

from .published import Public
from .reviews import InReview

State = PartnershipReview.State


class ReviewPanel(Seen, ActionView):
    """What a panel reads of a review, nobody's name among it, and where it comments."""

    model = PartnershipReview
    subject_name = "review"
    permission_required = "partnerships.comment_on_review"
    template_name = "partnerships/review_panel.html"
    form_class = forms.CommentForm
    success_message = _("The comment stands. Both sides are told within minutes.")

    loads = "for_panel"

    def get_rows(self):
        return PartnershipReview.objects.before_panel_of(self.request.user)

    def get_context_data(self, **kwargs):
        review = self.subject
        return super().get_context_data(
            figures=review.figures,
            measured=with_names(for_outsiders(review.figures.told)),
            accounts=list(review.assessments.all()) if review.is_opened else [],
            statements=list(review.statements.all()) if review.stated_at else [],
            may_comment=review.state in PartnershipReview.WITH_PANEL,
            **kwargs,
        )

    def act(self, **data):
        review_panel.comment_on_review(
            review=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.request.path


class DraftReport(InReview, ActionView):
    permission_required = "partnerships.report_review"
    template_name = "partnerships/review_report_draft.html"
    form_class = forms.ReportForm
    success_message = _("Proposed. It is public once a lead of the institution approves it whole.")

    def get_form_kwargs(self):
        named = {"name": self.subject.institution.name, "on": timezone.localdate()}
        return super().get_form_kwargs() | named

    def get_context_data(self, **kwargs):
        review = self.subject
        is_time = review.state in (State.PANEL_COMMENT, State.PUBLISHED)
        return super().get_context_data(is_possible=is_time and review.is_annual, **kwargs)

    def act(self, **data):
        return review_reports.draft_report(
            review=self.subject, by=self.request.user, at=timezone.now(), **data
        )


def report_context(report):
    return {"report": report, "item": report.item, "measured": with_names(report.figures)}


class ReportBefore(Seen, DetailView):
    """The report as it would stand, or stood, for the two sides."""

    model = ReviewReport
    subject_name = "report"
    permission_required = "partnerships.view_review_report"
    template_name = "partnerships/review_report.html"

    loads = "for_page"

    def get_rows(self):
        return ReviewReport.objects.visible_to(self.request.user).by_item_ref()

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | report_context(self.subject)


class PublicReport(Public, TemplateView):
    """The report for anybody, for as long as both sides leave it there."""

    template_name = "partnerships/public_report.html"

    def get_context_data(self, **kwargs):
        found = ReviewReport.objects.live().for_public().of_item(self.kwargs["item"])
        if found is None:
            raise Http404("No such report")
        return super().get_context_data(**kwargs) | report_context(found)
