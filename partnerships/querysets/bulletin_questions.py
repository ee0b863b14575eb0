from datetime import timedelta

from django.db import models
from django.db.models import Q

from .bulletins import person

WHO_ANSWER = frozenset({"coordinator"})
ACTING_POLICE = frozenset({"officer", "sergeant", "inspector", "liaison"})


class BulletinQuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the questions about what ``user`` was sent, or reads as police of the force.

        Never those of whoever may only draft: what recipients ask is for those who answer.
        """
        bulletins = self.model._meta.get_field("bulletin").related_model._default_manager
        standing = user.standing
        mine = bulletins.visible_to(user).exclude(state__in=["draft", "checked"])
        shown = mine.filter(
            Q(is_received=True)
            | Q(force_id__in=standing.force_ids)
            | standing.within(frozenset({"scrutineer"}))
        )
        return self.filter(bulletin__in=shown.values("pk"))

    def open(self):
        return self.filter(state="open")

    def to_warn(self, *, at, hours):
        """Keep the open ones that have waited for so long and of which nobody was reminded."""
        return self._waiting(at, hours).filter(warned_at__isnull=True)

    def to_escalate(self, *, at, hours):
        return self._waiting(at, hours).filter(escalated_at__isnull=True)

    def _waiting(self, at, hours):
        return self.open().filter(asked_at__lte=at - timedelta(hours=hours))

    def answerable_by(self, user):
        """Keep those that ``user`` may answer: of one's own unit, or as coordinator over it."""
        standing = user.standing
        units = [h.institution_id for h in standing.holdings if h.access_role in ACTING_POLICE]
        return self.open().filter(Q(institution_id__in=units) | standing.within(WHO_ANSWER))

    def escalated_to(self, user, *, role):
        """Keep those that were not answered in time and stand with ``user`` in that role.

        A commander has those of units of the commander's own area, over which no inspector is.
        """
        late = self.open().filter(escalated_at__isnull=False)
        if role == "commander":
            return late.filter(institution__area_id__in=user.standing.area_ids(role))
        return late.filter(user.standing.within(frozenset({role})))

    def about(self, bulletin):
        """Load a bulletin's questions with their answers, in the order in which they came."""
        rows = self.filter(bulletin=bulletin).order_by("asked_at", "pk")
        return rows.select_related("institution", *person("answered_by"))

    def asked_by_own(self, user):
        """Keep what ``user``'s own institutions asked."""
        return self.filter(asker__institution_id__in=user.standing.own_ids)

    def for_list(self):
        return self.select_related("institution", "bulletin")

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related(
            "institution__area", "bulletin__institution__area", "bulletin__drafted_by"
        )

    def skipping_locked(self):
        return self.for_action().select_for_update(of=["self"], skip_locked=True)

    def for_detail(self):
        return self.select_related("institution__area", "bulletin__language")
