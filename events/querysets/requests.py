from django.db import models
from django.db.models import Q


class EngagementRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own partnerships, within reach, or escalated to oneself."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | Q(redirected_to_id__in=standing.unit_ids)
            | standing.within()
            | (Q(recourse="with_commander") & standing.within({"commander"}))
        )

    def unacknowledged(self):
        return self.filter(state="submitted")

    def for_list(self):
        return self.select_related(
            "institution", "raised_by__officer__rank", "raised_by__shown_role"
        )

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "language",
            "raised_by__officer__rank",
            "raised_by__shown_role",
            "recorded_by__officer__rank",
            "recorded_by__shown_role",
            "acknowledged_by__officer__rank",
            "acknowledged_by__shown_role",
            "attending__officer__rank",
            "declined_by__officer__rank",
            "redirected_to",
        ).prefetch_related("slots", "steps__by__officer__rank", "steps__by__shown_role")
