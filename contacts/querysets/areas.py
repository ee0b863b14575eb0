from django.db import models
from django.db.models import Q


class PolicingAreaQuerySet(models.QuerySet):
    def current(self, *, on):
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def below(self, area_ids):
        """Keep the areas in the subtrees of ``area_ids``, those themselves included."""
        return self.filter(lineage__overlap=list(area_ids))

    def in_forces(self, user):
        """Keep the areas of the forces in which ``user`` serves."""
        return self.below(user.standing.force_ids)

    def reached_by(self, user, *access_roles):
        """Keep the areas below those in which ``user`` holds one of these police roles."""
        return self.below(user.standing.area_ids(*access_roles))

    def in_forces_of(self, institutions):
        """Keep the areas of the forces of these institutions."""
        return self.below({place.force_id for place in institutions})

    def for_choice(self):
        return self.select_related("parent").order_by("lineage")
