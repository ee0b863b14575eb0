from django.db import models
from django.db.models import Q


class TouchedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institution, and those that a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def of(self, event):
        return self.filter(event=event)

    def for_list(self):
        return self.select_related("institution__area", "partnership", "commitment")


class WiderEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those that touch a partnership which one may see."""
        touched = self.model._meta.get_field("touched").related_model.objects
        return self.filter(pk__in=touched.visible_to(user).values("event"))

    def for_detail(self):
        people = [
            f"{who}__{part}"
            for who in ("recorded_by", "withdrawn_by")
            for part in ("officer__rank", "shown_role", "institution")
        ]
        return self.select_related("force", *people)

    def for_list(self):
        return self.select_related("force")

    def standing_on(self, since, until):
        """Keep those of a period that were not withdrawn, the latest first."""
        rows = self.filter(happened_on__gte=since, happened_on__lt=until)
        return rows.filter(withdrawn_at__isnull=True).order_by("-happened_on", "-pk")
