from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from contacts.querysets.asked import today
from contacts.standing import POLICE_ROLES

KEEPERS = ("mosque_lead", "mosque_safety", "umbrella_lead")


class PremisesSafetyDetailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep what one's own institution wrote, and where one is assigned a need today.

        Each row says in ``is_needed`` whether it is. Breaking glass opens none.
        """
        standing = user.standing
        needs = apps.get_model("partnerships.SafetyNeed").objects.standing().of_officer(user)
        rows = self.annotate(is_needed=Exists(needs.filter(institution=OuterRef("institution"))))
        needed = Q(is_needed=True) & standing.within(POLICE_ROLES, with_grants=False)
        return rows.filter(Q(institution_id__in=standing.ids_with(*KEEPERS)) | needed)

    def of(self, institution):
        return self.filter(institution=institution)

    def for_mask(self):
        """Leave the sealed words where they are."""
        return self.defer("alarm", "layout")

    def for_verifying(self):
        """Lock the row without reading its words."""
        rows = self.select_for_update(of=["self"]).for_mask()
        return rows.select_related("institution")

    def for_detail(self):
        return self.select_related("institution__area")

    def of_the_gone(self):
        """Keep those of institutions that are no more, or that left every partnership."""
        partnerships = apps.get_model("partnerships.Partnership").objects
        with_us = partnerships.filter(institution=OuterRef("institution"), ended_on__isnull=True)
        return self.filter(Q(institution__ended_on__isnull=False) | ~Exists(with_us))


class KeyHolderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institution: its leads and its safety lead."""
        return self.filter(institution_id__in=user.standing.ids_with(*KEEPERS))

    def of(self, institution):
        return self.filter(institution=institution)

    def holding_on(self, day):
        """Keep those who hold a role there on a day, and those written down by name alone."""
        return self.filter(Q(contact__isnull=True) | Exists(_roles(day)))

    def gone_on(self, day):
        return self.filter(~Exists(_roles(day)), contact__isnull=False)

    def for_list(self):
        return self.select_related(*_person("contact")).order_by("added_at", "pk")

    def for_detail(self):
        return self.select_related("institution__area", "detail__institution__area")


class SafetyNeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        standing = user.standing
        return self.filter(Q(institution_id__in=standing.own_ids) | standing.within())

    def of(self, institution):
        return self.filter(institution=institution)

    def of_officer(self, user):
        return self.filter(officer=user.standing.contact_id)

    def standing(self):
        """Keep those that hold today."""
        return self.filter(ended_at__isnull=True, starts_on__lte=today(), until__gt=today())

    def not_over(self, *, on):
        return self.filter(ended_at__isnull=True, until__gt=on)

    def newest(self, size):
        people = [*_person("officer"), *_person("assigned_by"), *_person("ended_by")]
        return self.select_related("institution", *people).order_by("-assigned_at", "-pk")[:size]

    def for_detail(self):
        people = [*_person("officer"), *_person("assigned_by")]
        return self.select_related("institution__area", *people)


def _roles(day):
    roles = apps.get_model("contacts.RoleHolding").objects.open_on(day)
    return roles.filter(contact=OuterRef("contact"), institution=OuterRef("institution"))


def _person(name):
    return (f"{name}__institution", f"{name}__officer__rank", f"{name}__shown_role")
