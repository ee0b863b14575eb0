from django.db import models
from django.db.models import Q


class CommunityViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep one's own, those that a police role reaches, and those meant for somebody further.

        Who was let in reads what is meant for guests; partners of the same force what is meant for
        all of them.
        """
        standing = user.standing
        served = Q(pk__in=[])
        if standing.unit_ids:  # others see no partnership, and a join would hide the row
            served = Q(partnership__police_unit_id__in=standing.unit_ids)
        beyond = Q(institution_id__in=standing.guest_ids) & ~Q(audience="police")
        everybody = Q(force_id__in=standing.partner_force_ids, audience="partners")
        return self.filter(
            Q(institution_id__in=standing.own_ids) | served | standing.within() | beyond | everybody
        )

    def of(self, institution_ids):
        return self.filter(institution_id__in=institution_ids)

    def standing_on(self, since, until):
        """Keep those signed in a period and not taken back, the latest first."""
        rows = self.filter(signed_at__gte=since, signed_at__lt=until, withdrawn_at__isnull=True)
        return rows.order_by("-signed_at", "-pk")

    def for_list(self):
        return self.select_related("institution")

    def for_detail(self):
        """Load what the page shows: no person, since most readers may not look them up."""
        return self.select_related("institution__area")
