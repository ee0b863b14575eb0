from django.db import models


class EntryQuerySet(models.QuerySet):
    def about(self, subject):
        """Select what happened to ``subject``."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def about_institution(self, institution):
        """Select what happened to an institution: its own record and everything shared with it."""
        return self.filter(institution_id=institution.pk)

    def newest_first(self):
        return self.order_by("-at", "-pk")
