from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import TruncDate

from config.london import LONDON

from .panel import NEAR, forces_read_by


class PanelCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's panel or force, and those about a record that one answers for."""
        standing = user.standing
        items = self.model._meta.get_field("item").related_model
        origin = items._meta.get_field("origin").related_model.objects
        concerns = self.model._meta.get_field("concern").related_model.objects
        here = Q(institution_id__in=standing.own_ids) | standing.within(NEAR)
        return self.filter(
            Q(force_id__in=forces_read_by(standing))
            | Q(item__in=origin.answered_for_by(user).values("item"))
            | Q(concern__in=concerns.filter(here).values("pk"))
        )

    def chosen(self, *, awaiting=False):
        return self.filter(answered_at=None) if awaiting else self

    def of_force(self, force_ids):
        return self.filter(force_id__in=force_ids)

    def about_items(self, items):
        return self.filter(item__in=items)

    def late_on(self, day):
        """Keep those whose day is over without an answer, and of which nobody has been told."""
        return self.filter(answered_at=None, late_told_at=None, due_on__lt=day).order_by("pk")

    def untold(self):
        return self.filter(told_at=None).order_by("pk")

    def skipping_locked(self):
        return self.for_detail().select_for_update(of=["self"], skip_locked=True)

    def for_action(self):
        return self.for_detail().select_for_update(of=["self"])

    def for_list(self):
        return self.select_related("item__sample", "sample", "item__origin__institution", "concern")

    def for_detail(self):
        """Load what it is about; to the panel the database hides whose record that is."""
        answers = self.model._meta.get_field("answers").related_model.objects.order_by("at", "pk")
        return self.select_related(
            "force",
            "sample",
            "item__sample",
            "item__origin__institution__area",
            "concern__institution__area",
        ).prefetch_related(Prefetch("answers", answers))

    def counts(self, *, since, until, on):
        """Count those made in a period by what became of them. Issues a query."""
        by = TruncDate("answered_at", tzinfo=LONDON)
        made = self.filter(made_at__gte=since, made_at__lt=until).annotate(answered_on=by)
        answered = Q(answered_at__isnull=False)
        return made.aggregate(
            n=Count("pk"),
            on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
            answered_late=Count("pk", filter=answered & Q(answered_on__gt=F("due_on"))),
            awaiting=Count("pk", filter=Q(answered_at=None, due_on__gte=on)),
            overdue=Count("pk", filter=Q(answered_at=None, due_on__lt=on)),
        )


class PanelAnswerQuerySet(models.QuerySet):
    def untold(self):
        return self.filter(told_at=None).order_by("pk")

    def skipping_locked(self):
        return self.select_related("comment").select_for_update(of=["self"], skip_locked=True)
