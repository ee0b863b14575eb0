from django.db import models
from django.db.models import Exists, OuterRef, Q

PANEL = frozenset({"scrutineer"})
READERS = frozenset({"coordinator", "commander"})  # who answer to a panel for a whole force
NEAR = frozenset({"inspector"})  # who answers for the records of their own area


def forces_of(standing, roles):
    """Return the ids of the forces in which somebody holds one of these roles."""
    return sorted({h.force_id for h in standing.holdings if h.access_role in roles})


def forces_read_by(standing):
    """Return the forces on whose panel somebody sits, or in which they answer to it."""
    return forces_of(standing, PANEL | READERS)


class PanelSampleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of a force on whose panel one sits, or for which one answers to it."""
        return self.filter(force_id__in=forces_read_by(user.standing))

    def latest_of(self, force_ids):
        return self.filter(force_id__in=force_ids).order_by("-since", "-pk").first()

    def for_list(self):
        return self.select_related("force")

    def for_detail(self):
        return self.select_related("force")


class PanelItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of samples in sight, and those made of a record that one answers for."""
        origin = self.model._meta.get_field("origin").related_model.objects
        mine = origin.answered_for_by(user).filter(item=OuterRef("pk"))
        return self.filter(Q(force_id__in=forces_read_by(user.standing)) | Exists(mine))

    def of_kind(self, kind):
        return self.filter(kind=kind).order_by("position", "pk")

    def for_list(self):
        return self.order_by("position", "pk")

    def for_detail(self):
        return self.select_related("sample", "force", "origin__institution__area")


class PanelOriginQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own institutions, and those that a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | standing.within()
            | standing.within(frozenset({"commander"}))
        )

    def answered_for_by(self, user):
        """Keep those of one's own institutions, and for an inspector those of their area."""
        standing = user.standing
        return self.filter(Q(institution_id__in=standing.own_ids) | standing.within(NEAR))

    def of(self, item):
        return self.filter(item=item).select_related("institution__area").first()

    def of_sample(self, sample):
        """Return, in the order drawn, which record each item was made of and its letter."""
        rows = self.filter(item__sample=sample).order_by("item__position")
        return rows.values_list("subject_ref", "item__letter")
