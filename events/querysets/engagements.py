from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q


class EngagementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those in which one's institution takes part, within reach, or logged by oneself."""
        standing = user.standing
        party = self._related("parties").filter(engagement=OuterRef("pk"))
        present = self._related("attendances").filter(
            engagement=OuterRef("pk"), officer_id=standing.contact_id
        )
        return self.filter(
            Exists(party.filter(institution_id__in=standing.own_ids))
            | Exists(party.filter(partnership__police_unit_id__in=standing.unit_ids))
            | Exists(party.filter(standing.within()))
            | Q(logged_by_id=standing.contact_id)
            | Exists(present)
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager

    def planned(self):
        return self.filter(state="planned")

    def held(self):
        return self.filter(state="held")

    def not_cancelled(self):
        return self.exclude(state="cancelled")

    def near(self, institution, *, on, days):
        """Keep what happened at ``institution`` within ``days`` of a day."""
        return self.not_cancelled().filter(
            institution=institution,
            on__gte=on - timedelta(days=days),
            on__lte=on + timedelta(days=days),
        )

    def for_list(self):
        return self.select_related("institution", "lead_unit", "note", "note__text")

    def for_action(self):
        """Lock the rows and load what moving, cancelling or holding a visit needs."""
        return self.select_for_update(of=["self"]).select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "request__institution",
            "lead_unit",
            "logged_by",
        )

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "lead_unit",
            "request",
            "logged_by__officer__rank",
            "logged_by__shown_role",
            "cancelled_by__officer__rank",
            "cancelled_by__shown_role",
            "note__text__withdrawn_by__officer__rank",
            "note__text__withdrawn_by__shown_role",
            "note__drafted_by__officer__rank",
            "note__drafted_by__shown_role",
            "note__answered_by__officer__rank",
            "note__answered_by__shown_role",
            "note__answer_recorded_by__officer__rank",
        ).prefetch_related(
            Prefetch(
                "attendances",
                queryset=self._related("attendances").select_related(
                    "officer__officer__rank", "officer__institution"
                ),
            ),
            "parties__institution",
        )
