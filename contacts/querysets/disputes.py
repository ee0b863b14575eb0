from django.db import models
from django.db.models import Q


class LeadershipDisputeQuerySet(models.QuerySet):
    def standing_at(self, institution):
        """Keep the one that stands at an institution (or an expression for its id)."""
        return self.filter(state="stands", institution=institution)

    def open_at(self, institution):
        return self.filter(state__in=["reported", "stands"], institution=institution)

    def visible_to(self, user):
        """Keep those that a coordinator or inspector may handle; a mosque reads that one stands."""
        return self.filter(Q(user.standing.within({"coordinator", "inspector"})))

    def for_detail(self):
        return self.select_related(
            "institution__area", "reported_by__officer__rank", "confirmed_by__officer__rank"
        )

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related("institution__area")
