from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.querysets.areas import PolicingAreaQuerySet


class PolicingArea(models.Model):
    """A force, district, neighbourhood or ward, in a tree whose parts begin and end on a day.

    Forces are expected to merge and districts to move, so nothing may assume today's tree.
    ``lineage`` holds the ids from the force down to the area itself; a trigger keeps it. The public
    number and address are the team's published ones, and never somebody's own.
    """

    class Level(models.TextChoices):
        FORCE = "force", _("Force")
        DISTRICT = "district", _("District")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        WARD = "ward", _("Ward")

    level = CodeField(choices=Level)
    level_label = models.CharField(
        max_length=60, blank=True, help_text=_("The force's own word, like “borough”.")
    )
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    public_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    public_email = models.EmailField(blank=True, default="", db_default="")
    public_verified_on = models.DateField(null=True, blank=True, editable=False)
    lineage = ArrayField(models.BigIntegerField(), editable=False, default=list)

    objects = PolicingAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="force", parent__isnull=True)
                | (~models.Q(level="force") & models.Q(parent__isnull=False)),
                name="policing_area_stands_in_a_force",
                violation_error_message=_("Only a force stands alone; choose the area above."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="policing_area_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(public_phone="", public_email="")
                | models.Q(public_verified_on__isnull=False),
                name="policing_area_ways_were_tried",
            ),
            models.UniqueConstraint(
                fields=["parent", "level", "name"],
                condition=models.Q(valid_until__isnull=True),
                nulls_distinct=False,
                name="policing_area_named_once",
                violation_error_message=_("There is an area of that name there already."),
            ),
        ]
        indexes = [GinIndex(fields=["lineage"], name="policing_area_lineage")]

    def __str__(self):
        return self.name
