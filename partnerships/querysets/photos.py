from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject


class ItemPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those that stand beside words which ``user`` may see."""
        items = self.model._meta.get_field("item").related_model._default_manager
        return self.filter(item__in=items.visible_to(user)).there()

    def there(self):
        """Keep those that were not removed and have not reached their time."""
        return self.filter(content__isnull=False)

    def live(self):
        """Keep what anybody may see, signed in or not."""
        items = self.model._meta.get_field("item").related_model._default_manager
        return self.filter(item__in=items.live()).there()

    def of(self, item):
        return self.filter(item=item)

    def at(self, institution):
        """Keep those of an institution that are still there, in order."""
        return self.filter(institution=institution).there().order_by("pk")

    def for_detail(self):
        """Load whose it is; what it shows comes with :meth:`for_showing` alone."""
        return self.select_related(
            "item__institution__area",
            "item__partnership__institution",
            "item__partnership__police_unit",
            "institution",
        ).defer("content")

    def for_showing(self):
        return self.for_detail().defer(None)

    def for_public(self):
        return self.only("content")

    def take_away(self, *, at):
        """Empty them, whatever is left; return how many there were. Issues the query."""
        return self.there().update(content=None, removed_at=at)

    def as_shown(self):
        """Return a subquery of what a page needs to show the photographs of each item."""
        photos = self.of(OuterRef("pk")).there().order_by("pk")
        columns = ["ref", "alt", "width", "height", "agreed_by", "has_children", "permitted_on"]
        return ArraySubquery(photos.values(as_json=JSONObject(**{c: c for c in columns})))
