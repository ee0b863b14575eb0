"""Meetings that an agreement owes: which, and how often."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreedMeeting(models.TextChoices):
    """What a held meeting counts as; a senior one has an inspector or somebody above in it."""

    SENIOR = "senior", _("Senior meeting")
    WORKING = "working", _("Working meeting")


class Every(models.IntegerChoices):
    """How often, in months."""

    MONTH = 1, pgettext_lazy("how often", "every month")
    TWO_MONTHS = 2, pgettext_lazy("how often", "every two months")
    THREE_MONTHS = 3, pgettext_lazy("how often", "every three months")
    SIX_MONTHS = 6, pgettext_lazy("how often", "every six months, so twice a year")
    YEAR = 12, pgettext_lazy("how often", "once a year")


def every_field() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(choices=Every, null=True, blank=True)
