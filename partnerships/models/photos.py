"""A photograph beside words for the public page."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Tenant
from partnerships.querysets.photos import ItemPhotoQuerySet

from .published import PublishedItem


class ItemPhoto(Tenant):
    """One photograph, as the portal wrote it anew, and who agreed that it is shown.

    It is never changed, only added and removed. ``content`` is empty once it was removed, its
    words were taken down, or its time is over; what was agreed stays until its own time is over.
    ``agreed_by`` is empty where nobody can be recognised.
    """

    ALT_LIMIT, AGREED_LIMIT = 250, 250

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(PublishedItem, models.PROTECT, related_name="photos")
    content = models.BinaryField(null=True, blank=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("what it shows"), max_length=ALT_LIMIT)
    agreed_by = models.CharField(_("who agreed to be in it"), max_length=AGREED_LIMIT, blank=True)
    has_children = models.BooleanField(_("children are in it"))
    permitted_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    permitted_on = models.DateField(_("permitted on"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ItemPhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_children=False)
                | Q(permitted_by__isnull=False, permitted_on__isnull=False),
                name="item_photo_children_permitted",
                violation_error_message=_(
                    "A photograph with children needs the safeguarding lead’s permission."
                ),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(content__isnull=True),
                name="item_photo_removed_is_gone",
                violation_error_message=_("It was removed."),
            ),
        ]

    def __str__(self):
        return f"ItemPhoto #{self.pk}"

    def get_absolute_url(self):
        return self.item.get_absolute_url()

    def clean(self):
        if self.permitted_on and self.permitted_on > localdate(self.added_at):
            raise ValidationError({"permitted_on": _("The permission must be given already.")})
