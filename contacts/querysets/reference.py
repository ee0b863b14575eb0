from datetime import timedelta

from django.db import models
from django.db.models import Q

HALF_A_YEAR = timedelta(days=183)


class ReferenceQuerySet(models.QuerySet):
    def offered(self, *, on):
        """Keep what may be chosen on a day, in its own order."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_until__isnull=True) | Q(valid_until__gt=on),
        ).order_by("position", "code")

    def verified_lately(self, *, on):
        """Keep what is offered and was held against its source within the last half year."""
        return self.offered(on=on).filter(verified_on__gt=on - HALF_A_YEAR)

    def besides_english(self, *, on):
        """Keep the languages on offer that somebody has to be asked about."""
        return self.offered(on=on).exclude(code="en")

    def of_codes(self, codes):
        """Keep those with these codes, ended ones too: what was chosen keeps its label."""
        return self.filter(code__in=codes)

    def choices(self, *, on):
        """Return ``[(code, label)]`` for a form. Issues a query."""
        return [(entry.code, entry.label) for entry in self.offered(on=on)]
