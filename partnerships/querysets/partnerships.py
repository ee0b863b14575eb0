from django.db import models
from django.db.models import Prefetch, Q


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the partnerships to which ``user`` is a party, or which a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def measured_by(self, user):
        """Keep those whose figures ``user`` may read as aggregates."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(police_unit_id__in=standing.unit_ids)
            | standing.within()
            | standing.within({"commander"})
        )

    def primary(self):
        return self.filter(is_primary=True)

    def live(self):
        return self.exclude(state="ended")

    def joined(self):
        return self.filter(state="active")

    def for_list(self):
        return self.select_related("institution__area", "police_unit")

    def for_detail(self):
        """Load what a partnership's own pages show, its named officer and cover included."""
        leads = self.model._meta.get_field("leads").related_model.objects
        return self.select_related("institution__area", "police_unit__area").prefetch_related(
            Prefetch("leads", queryset=leads.current().for_list(), to_attr="current_leads")
        )


class LeadAssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(held_until__isnull=True)

    def for_list(self):
        return self.select_related("officer__officer__rank", "officer__institution").order_by(
            "-role", "pk"
        )
