from django.db import models


class Tenant(models.Model):
    """A row that belongs to one institution.

    ``force`` and ``district`` are the institution's on the day the row was written; a trigger sets
    them (see migration 0002), so that wide readers filter on one column and history keeps its
    force when a boundary moves. Where there is no district above, the district is the area itself.
    """

    institution = models.ForeignKey(
        "contacts.Institution", models.PROTECT, related_name="+", db_index=False
    )
    force = models.ForeignKey(
        "contacts.PolicingArea",
        models.PROTECT,
        related_name="+",
        blank=True,
        editable=False,
        db_index=False,
    )
    district = models.ForeignKey(
        "contacts.PolicingArea",
        models.PROTECT,
        related_name="+",
        blank=True,
        editable=False,
        db_index=False,
    )

    class Meta:
        abstract = True
