from django.db import models
from django.db.models import Q


class SharingPermissionQuerySet(models.QuerySet):
    def open_on(self, day):
        """Keep those that hold on a day (a date, or an expression for one)."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
            withdrawn_at__isnull=True,
            valid_from__lte=day,
        )

    def not_over(self, *, on):
        """Keep those that hold or are to come."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=on), withdrawn_at__isnull=True
        )

    def visible_to(self, user):
        """Keep those of one's own institutions, and those that a police role reaches."""
        standing = user.standing
        return self.filter(Q(institution_id__in=standing.own_ids) | standing.within())

    def letting_in(self, user, institution, *, on):
        """Return the one by which ``user`` reads an institution on a day. Issues a query."""
        units = [unit.pk for unit in user.standing.invited_units]
        mine = Q(kind="invited_unit", grantee__in=units)
        mine |= Q(kind="umbrella", grantee__in=user.standing.own_ids)
        rows = self.open_on(on).filter(mine, institution=institution)
        return rows.select_related("grantee").order_by("pk").last()

    def given_by_place(self, institution):
        return self.filter(institution=institution)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def for_list(self):
        people = [
            f"{who}__{part}"
            for who in ("given_by", "withdrawn_by", "contact")
            for part in ("officer__rank", "shown_role")
        ]
        return self.select_related("grantee", *people).order_by("-given_at", "-pk")

    def for_detail(self):
        return self.select_related("institution__area", "grantee", "contact")
