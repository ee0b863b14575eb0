from django.db import models
from django.db.models import Q

from .reference import HALF_A_YEAR


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

    def with_ways_in(self, *, on):
        """Keep those with a public number or address that somebody tried within half a year."""
        tried = self.current(on=on).filter(public_verified_on__gt=on - HALF_A_YEAR)
        return tried.exclude(public_phone="", public_email="").order_by("lineage")

    def in_public(self, districts, *, on):
        """Keep the districts of the public page: those given, and those with a way in."""
        tried = self.model._default_manager.with_ways_in(on=on).order_by()
        found = self.filter(Q(pk__in=districts) | Q(pk__in=tried.values("lineage__1")))
        return found.select_related("parent").order_by("parent__name", "name", "pk")

    def for_choice(self):
        return self.select_related("parent").order_by("lineage")
