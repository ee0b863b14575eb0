from django.db import models


class JoiningCheckQuerySet(models.QuerySet):
    def of(self, partnership):
        """Load the checks of one partnership with who made them."""
        people = ("checked_by__officer__rank", "checked_by__shown_role", "checked_by__institution")
        return self.filter(partnership=partnership).select_related(*people).order_by("pk")


class LimitsTalkQuerySet(models.QuerySet):
    def of(self, partnership):
        """Load the talks of one partnership with who was there."""
        people = [
            f"{one}__{part}"
            for one in ("lead", "officer")
            for part in ("officer__rank", "shown_role", "institution")
        ]
        return self.filter(partnership=partnership).select_related(*people).order_by("pk")
