from django.db import models
from django.db.models import Q


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | Q(owner_id=standing.contact_id)
            | standing.within()
        )

    def open(self):
        return self.filter(state__in=["proposed", "agreed", "done_claimed"])

    def overdue(self, *, on):
        return self.filter(state__in=["proposed", "agreed"], due_on__lt=on)

    def owned_by_side(self, side):
        return self.filter(owner_side=side)

    def for_list(self):
        return self.select_related("institution", "owner__officer__rank", "owner__shown_role")

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "owner__officer__rank",
            "owner__shown_role",
            "proposed_by__officer__rank",
            "proposed_by__shown_role",
        ).prefetch_related("steps__by__officer__rank", "steps__by__shown_role")
