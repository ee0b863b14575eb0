from django.db import models
from django.db.models import Q


class PublishedItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institution, and those that a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def live(self):
        """Keep what anybody may read, signed in or not; words that reached their time are gone."""
        return self.filter(state="published").exclude(words="")

    def in_district(self, district_id):
        return self.filter(district_id=district_id)

    def of(self, partnership):
        return self.filter(partnership=partnership)

    def not_down(self):
        """Keep what stands on the public page or may yet."""
        return self.filter(state__in=["proposed", "published"])

    def waiting_for(self, side):
        """Keep those that a side is asked to approve."""
        return self.filter(state="proposed").exclude(proposed_side=side)

    def for_public(self):
        """Load what the public page shows, and nobody's name beside the institution's."""
        return (
            self.select_related("district")
            .only(*("ref", "kind", "title", "words", "shown_name", "answered_at", "district__name"))
            .with_photos()
        )

    def with_photos(self):
        """Load what a page needs to show ``pictures``, in the same query."""
        photos = self.model._meta.get_field("photos").related_model._default_manager
        return self.annotate(photos_as_json=photos.as_shown())

    def for_list(self):
        return self.select_related("institution", "partnership")

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related(
            "institution__area", "partnership__institution", "partnership__police_unit"
        )

    def for_detail(self):
        people = [
            f"{who}__{part}"
            for who in ("proposed_by", "answered_by", "taken_down_by")
            for part in ("officer__rank", "shown_role", "institution")
        ]
        return self.select_related(
            "institution__area",
            "partnership__institution",
            "partnership__police_unit",
            "district",
            *people,
        ).with_photos()
