from django.db import models
from django.db.models import Q


class PolicePauseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institution, and those that a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
            | standing.within({"commander"})
        )

    def of(self, partnership):
        return self.filter(partnership=partnership).order_by("-proposed_at", "-pk")

    def to_begin(self, *, on):
        """Keep the announced ones whose notice is over."""
        return self.filter(state="announced", starts_on__lte=on)

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related("institution", "partnership")

    def for_detail(self):
        people = [
            f"{who}__{part}"
            for who in ("proposed_by", "countersigned_by", "replied_by", "ended_by")
            for part in ("officer__rank", "shown_role", "institution")
        ]
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "wording",
            "reply_wording",
            *people,
        )

    for_words = for_detail
