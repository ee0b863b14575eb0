from django.db import models
from django.db.models import Q

from contacts.standing import NOTICES


class DisclosureQuerySet(models.QuerySet):
    def of(self, institution):
        """Keep what left of one institution's record."""
        return self.filter(institution=institution)

    def shown_to(self, user):
        """Leave out what a law forbids telling for now, but for those who hold it back."""
        told = Q(held_back__isnull=True) | Q(held_back__told_at__isnull=False)
        return self.filter(told | user.standing.within(NOTICES))

    def for_list(self):
        return self.select_related("held_back__institution")
