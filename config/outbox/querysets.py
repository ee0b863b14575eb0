from django.db import models
from django.db.models import Q

OPEN = ("pending", "sending")


class MessageQuerySet(models.QuerySet):
    def open(self):
        """Select what has neither left nor been given up or called off."""
        return self.filter(state__in=OPEN)

    def about(self, subject):
        return self.filter(about_type=subject._meta.label_lower, about_id=str(subject.pk))

    def ready(self, *, at):
        """Select what may be claimed: due and waiting, or claimed by a sender that fell silent."""
        waiting = Q(state="pending", next_try_at__lte=at)
        abandoned = Q(state="sending", lease_until__lt=at)
        return self.filter(waiting | abandoned).order_by("next_try_at", "pk")

    def overdue(self, *, at):
        """Select what was given up by its deadline; a claim that still runs may finish first."""
        unclaimed = Q(state="pending") | Q(state="sending", lease_until__lt=at)
        return self.filter(unclaimed, give_up_at__lte=at)

    def due(self, *, at):
        """Select what ought to have left; what quiet hours hold back is not late."""
        return self.open().filter(due_at__lte=at).exclude(held_until__gt=at)

    def ended_before(self, moment):
        return self.filter(ended_at__lt=moment)


class TaskRunQuerySet(models.QuerySet):
    def of(self, tasks):
        """Return when each of these tasks last ended well, by its name. Issues a query."""
        return dict(self.filter(pk__in=tasks).values_list("pk", "ended_at"))
