from django.db import models
from django.db.models import F, Q

PEOPLE = ("officer__rank", "shown_role", "institution")


class ReviewAssessmentQuerySet(models.QuerySet):
    def known_to(self, side):
        """Keep a side's own, and the other's of reviews that are opened."""
        return self.filter(Q(side=side) | Q(review__opened_at__isnull=False))

    def readable_from(self, review, side):
        """Keep one's own side's, and the other's once the review is opened."""
        rows = self.known_to(side).filter(review=review)
        return rows.select_related(*(f"written_by__{part}" for part in PEOPLE)).order_by("side")

    def of_side(self, review, side):
        return self.filter(review=review, side=side)


class ReviewStatementQuerySet(models.QuerySet):
    def standing_of(self, review):
        """Keep what is signed by all who had to."""
        signed = Q(is_joint=False) | Q(countersigned_at__isnull=False)
        return self.filter(signed, review=review).order_by("side", "pk")

    def joint_of(self, review):
        return self.filter(review=review, is_joint=True)

    def own_of(self, review):
        return self.filter(review=review, is_joint=False)

    def for_detail(self):
        people = [f"{who}__{part}" for who in ("signed_by", "countersigned_by") for part in PEOPLE]
        return self.select_related(*people).order_by("side", "pk")


class ReviewReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institution, and those that a police role reaches."""
        standing = user.standing
        served = Q(pk__in=[])
        if standing.unit_ids:
            served = Q(review__partnership__police_unit_id__in=standing.unit_ids)
        return self.filter(Q(institution_id__in=standing.own_ids) | served | standing.within())

    def live(self):
        """Keep what anybody may read: approved by both and not taken down."""
        return self.filter(item__state="published").exclude(item__words="")

    def for_page(self):
        return self.select_related(
            "institution__area",
            "language",
            "item__district",
            "item__partnership__police_unit",
            "review__partnership__police_unit",
        )

    def by_item_ref(self):
        """Let a page find each by the ``ref`` of its words, as its address says."""
        return self.annotate(ref=F("item__ref"))

    def of_item(self, ref):
        return self.filter(item__ref=ref).first()

    def for_public(self):
        """Load what a stranger reads, and nothing that the database shows to the two sides only."""
        return self.select_related("item__district", "language")
