from django.db import models


class DisclosureQuerySet(models.QuerySet):
    def of(self, institution):
        """Keep what left of one institution's record."""
        return self.filter(institution=institution)
