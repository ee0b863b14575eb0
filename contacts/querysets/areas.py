from django.db import models
from django.db.models import Q


class PolicingAreaQuerySet(models.QuerySet):
    def current(self, *, on):
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def below(self, area_ids):
        """Keep the areas in the subtrees of ``area_ids``, those themselves included."""
        return self.filter(lineage__overlap=list(area_ids))
