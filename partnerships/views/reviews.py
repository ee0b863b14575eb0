"""Reviews: the list, one review for its two sides, and its frozen figures as they were kept."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import DetailView, View

from config.web.paging import KeysetListView
from contacts.models import Rank, RoleType
from contacts.views.access import Permitted, Seen
from partnerships.models import PartnershipReview, ReviewAssessment, Side
from partnerships.review_figures import for_sides
from partnerships.rules.commitments import side_for
from partnerships.rules.reviews import writing_side

State = PartnershipReview.State
FIGURES_TYPE = "application/json"


class ReviewList(Permitted, KeysetListView):
    permission_required = "partnerships.list_reviews"
    template_name = "partnerships/review_list.html"
    order_keys = ("-period_until", "-pk")

    def get_queryset(self):
        return PartnershipReview.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        standing = self.request.user.standing
        is_panel = standing.has("scrutineer") and not (standing.is_police or standing.is_partner)
        return super().get_context_data(is_panel=is_panel, **kwargs)


class InReview(Seen):
    model = PartnershipReview
    subject_name = "review"

    @property
    def side(self):
        """The side for which the reader writes, else the one on which they read."""
        user = self.request.user
        return writing_side(user, self.subject) or side_for(user, self.subject.partnership)


class ReviewDetail(InReview, DetailView):
    permission_required = "partnerships.view_review"
    template_name = "partnerships/review_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        review = self.subject
        figures = getattr(review, "figures", None)
        side = self.reading_side
        return super().get_context_data(
            side=side,
            has_written=review.assessed_at(side),
            figures=figures,
            measured=for_sides(figures.told) if figures else [],
            accounts=list(ReviewAssessment.objects.readable_from(review, side)),
            statements=list(review.statements.all()),
            met_roles=_roles(review) if review.met_on else None,
            is_over=review.period_until <= timezone.localdate(),
            report=next(iter(review.reports.all()), None),
            **kwargs,
        )

    @property
    def reading_side(self):
        """The side on which somebody reads; writing for one is narrower."""
        own = self.subject.institution_id in self.request.user.standing.own_ids
        return Side.INSTITUTION if own else Side.POLICE


def _roles(review):
    """Return the roles that were there, in words. Two queries."""
    found = {}
    for model, codes in (
        (RoleType, review.met_institution_roles),
        (Rank, review.met_police_roles),
    ):
        found |= {entry.code: entry.label for entry in model.objects.of_codes(codes)}
    return {
        "institution": [found.get(code, code) for code in review.met_institution_roles],
        "police": [found.get(code, code) for code in review.met_police_roles],
    }


class FrozenFigures(InReview, View):
    """Hand out the very bytes whose hash is kept, so that anybody can work it out again."""

    permission_required = "partnerships.view_review"

    loads = "for_figures"

    def get_rows(self):
        return PartnershipReview.objects.visible_to(self.request.user)

    def get(self, request, ref):
        figures = getattr(self.subject, "figures", None)
        if figures is None:
            return HttpResponse(status=404)
        answer = HttpResponse(figures.content, content_type=FIGURES_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="figures-{ref}.json"'
        return answer
