from django.db import models
from django.db.models import Q

from contacts.standing import NOTICES


class HeldNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the force whose records one keeps, or of the area that one commands."""
        return self.filter(user.standing.within(NOTICES))

    def to_tell(self, *, on, unsigned_since):
        """Keep those whose day of review has come, or which nobody countersigned in time."""
        unsigned = Q(state="proposed", asked_at__lte=unsigned_since)
        return self.filter(Q(review_on__lte=on) | unsigned, told_at__isnull=True)

    def for_detail(self):
        return self.select_related(
            "disclosure", "institution__area", "asked_by__officer__rank", "signed_by__officer__rank"
        )

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related("disclosure", "institution__area")
