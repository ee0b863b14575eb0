from django.db import models


class EntryQuerySet(models.QuerySet):
    def about(self, subject):
        """Select what happened to ``subject``."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def newest_first(self):
        return self.order_by("-at", "-pk")


class AccessEventQuerySet(models.QuerySet):
    def of(self, institution):
        """Keep the reads of one institution's record."""
        return self.filter(institution_id=institution.pk)
