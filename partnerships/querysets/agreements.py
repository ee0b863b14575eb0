from django.db import models
from django.db.models import Min, Prefetch, Q


class PartnershipAgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the partnerships that ``user`` may see."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def drafted(self):
        return self.filter(state="drafted")

    def in_force(self):
        return self.filter(state="in_force")

    def of_active_partnerships(self):
        """Return ``(partnership id, day)`` of each that has one in force: the day of its first.

        A later agreement does not begin the count of reviews anew.
        """
        rows = self.filter(
            partnership__in=self.in_force().values("partnership"),
            partnership__state="active",
            in_force_on__isnull=False,
        )
        by_partnership = rows.order_by("partnership_id").values_list("partnership_id")
        return by_partnership.annotate(began=Min("in_force_on"))

    def due_for_review(self, *, on):
        return self.in_force().filter(review_on__lte=on)

    def of(self, partnership):
        """Load every agreement of one partnership, the newest first."""
        return self.filter(partnership=partnership).order_by("-number")

    def for_detail(self):
        signatures = self.model._meta.get_field("signatures").related_model.objects
        return self.select_related(
            "text",
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
        ).prefetch_related(Prefetch("signatures", queryset=signatures.for_list()))


class SignatureQuerySet(models.QuerySet):
    def under(self, agreement):
        """Keep those under the wording that stands; ``agreement.text`` must be loaded."""
        return self.filter(agreement=agreement, version_number=agreement.text.current_version)

    def for_list(self):
        people = ("officer__rank", "shown_role", "institution")
        return self.select_related(*(f"signed_by__{part}" for part in people)).order_by("pk")
