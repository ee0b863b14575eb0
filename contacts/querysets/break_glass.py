from django.db import models


class BreakGlassQuerySet(models.QuerySet):
    def open_at(self, moment):
        return self.filter(closes_at__gt=moment)

    def of(self, institution):
        return self.filter(institution=institution)

    def latest(self, number):
        """Load the newest few, each with whom it was given to."""
        people = self.select_related("contact__officer__rank", "contact__institution")
        return people.order_by("-opened_at", "-pk")[:number]
