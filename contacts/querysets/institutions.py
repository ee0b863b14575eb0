from django.db import models
from django.db.models import Q

POLICE_KINDS = ("police_team", "police_unit", "police_force")
PARTNER_KINDS = (
    "mosque",
    "islamic_centre",
    "madrasah",
    "umbrella_body",
    "council",
    "school",
    "charity_other",
)


class InstitutionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the institutions whose whole record ``user`` may read.

        One's own; for police, those within reach and the units of their force; for an umbrella
        body, its members. Other forces' officers, other mosques and strangers get nothing.
        """
        standing = user.standing
        return self.filter(
            Q(pk__in=standing.own_ids)
            | standing.within_institutions()
            | Q(pk__in=standing.unit_ids)
            | Q(kind__in=POLICE_KINDS, force_id__in=standing.force_ids)
        )

    def loggable_by(self, user):
        """Keep those at which ``user`` may log a visit: an officer anywhere in the force."""
        standing = user.standing
        own = Q(pk__in=standing.own_ids)
        return self.partners().filter(own | Q(force_id__in=standing.force_ids), ended_on=None)

    def partners(self):
        return self.filter(kind__in=PARTNER_KINDS)

    def police(self):
        return self.filter(kind__in=POLICE_KINDS)

    def current(self):
        return self.filter(ended_on__isnull=True)

    def for_list(self):
        return self.select_related("area", "district")

    def for_detail(self):
        return self.select_related("area", "district", "force")


class MembershipQuerySet(models.QuerySet):
    def open_on(self, day):
        return self.filter(
            Q(member_until__isnull=True) | Q(member_until__gt=day), member_from__lte=day
        )
