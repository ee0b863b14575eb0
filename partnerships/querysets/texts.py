from django.db import models


class SharedTextQuerySet(models.QuerySet):
    def for_detail(self):
        return self.select_related("withdrawn_by").prefetch_related(
            "versions__written_by__officer__rank",
            "corrections__opened_by",
            "corrections__answered_by",
            "disagreements__made_by",
        )
