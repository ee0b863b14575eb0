from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q
from django.utils.timezone import localdate

from partnerships import concern_clocks as clocks

from .panel import PANEL, forces_of

CLIMBING = ("with_inspector", "with_commander")
OVER = ("passed_to_complaints", "closed", "closed_not_agreed", "withdrawn")

# Asked once a statement, not once a row.
_SHARED = Func(
    template="(SELECT portal.shared_concerns())",
    output_field=ArrayField(models.BigIntegerField()),
)


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own partnerships, within reach, or that came up to oneself."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
            | (self.came_to_commander() & standing.within({"commander"}))
        )

    def shared_with(self, user):
        """Keep what other members of one's umbrella bodies, or those, closed in words for all.

        Which members there are the reader may not know, so the database is asked for the rows.
        """
        if not user.standing.is_partner:
            return self.none()
        others = self.exclude(institution_id__in=user.standing.own_ids)
        closed = others.filter(state="closed", audience__in=["members", "public"])
        return closed.alias(shared=_SHARED).filter(shared__contains=[F("pk")])

    @staticmethod
    def came_to_commander():
        return Q(level__gte=2) | Q(late_with="commander") | Q(recourse="with_commander")

    def open(self):
        return self.exclude(state__in=OVER)

    def late(self, *, at):
        """Keep those on which police have missed the answer that they owe."""
        return self.filter(clocks.lateness(at=at))

    def waiting_for(self, user):
        """Keep those whose next step is for somebody's own side, or for their rank."""
        standing, here = user.standing, self._act_here(user)
        ours = Q(institution_id__in=standing.own_ids)
        return self.filter(
            ours & (Q(state="answered") | Q(state="accepted", closing="proposed"))
            | here & Q(state__in=["raised", "acknowledged", "in_hand"])
            | here & Q(state="accepted", closing__in=["none", "rewording"])
            | standing.within({"inspector"})
            & (Q(state__in=["challenged", "escalated"], level=1) | Q(recourse="with_inspector"))
            | standing.within({"commander"})
            & (Q(state__in=["challenged", "escalated"], level=2) | Q(recourse="with_commander"))
            | standing.within({"coordinator"}) & Q(state__in=["challenged", "escalated"], level=3)
        )

    def _act_here(self, user):
        standing = user.standing
        return Q(partnership__police_unit_id__in=standing.unit_ids) | standing.within(
            {"officer", "sergeant", "inspector", "liaison"}
        )

    def chosen(self, user, *, at, state="", waiting=False, late=False, topic="", institution=None):
        """Keep what the list's filter asks for."""
        rows = self
        if state != "all":
            rows = rows.filter(state=state) if state else rows.open()
        if topic:
            rows = rows.filter(topic__code=topic)
        if waiting:
            rows = rows.waiting_for(user)
        if late:
            rows = rows.late(at=at)
        if institution:
            rows = rows.filter(institution__ref=institution)
        return rows

    def of_institution(self, institution):
        """Keep an institution's own, the newest first."""
        return (
            self.filter(institution=institution)
            .select_related("topic")
            .order_by("-raised_at", "-pk")
        )

    def of_the_same_topic(self, concern):
        """Keep the others of the same institution about the same topic, the newest first."""
        same = self.filter(institution=concern.institution_id, topic=concern.topic_id)
        return same.exclude(pk=concern.pk).order_by("-raised_at", "-pk")

    def to_take_up(self, *, at):
        """Keep the challenges that nobody of the next level has taken up in time."""
        return self.filter(state="challenged", state_at__lte=clocks.taken_up_before(at))

    def to_climb(self, rung, *, on):
        """Keep those whose answer is so late that it stands on ``rung``, and does not yet."""
        step = self.model._meta.get_field("steps").related_model
        climbed = step.objects.filter(
            concern=OuterRef("pk"), move=f"to_{rung}", due_on=OuterRef("due_on")
        )
        late = Q(pk__in=[])
        for level, days in clocks.first_days_on(rung).items():
            late |= Q(level=level, due_on__lte=on - timedelta(days=days))
        return self.filter(late, ~Exists(climbed), state__in=clocks.ANSWER_OWED)

    def with_inspector_since(self, moment):
        return self.filter(recourse="with_inspector", recourse_at__lte=moment)

    def with_clock(self, *, at):
        """Keep those that may still send a letter by the clock, for the sweep."""
        since = localdate(at) - timedelta(days=17)
        week = at - timedelta(days=7)
        return self.filter(
            Q(state="raised", raised_at__gte=week)
            | Q(state__in=clocks.ANSWER_OWED, due_on__gte=since)
            | Q(state="escalated", level=clocks.PANEL)
            | Q(state="closed", settled="", closed_at__gte=at - timedelta(days=40))
        )

    def for_action(self):
        """Load what an action looks at, and keep others from moving it meanwhile."""
        return self._with_people().select_for_update(of=["self"])

    def skipping_locked(self):
        """Lock the rows for a sweep, leaving out what somebody is moving at this moment."""
        return self._with_people().select_for_update(of=["self"], skip_locked=True)

    def for_clock(self):
        return self._with_people()

    def _with_people(self):
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "answerer__user",
            "raised_by__user",
        )

    def for_list(self):
        return self.select_related(
            "institution",
            "topic",
            "partnership__institution",
            "partnership__police_unit",
            "answerer__officer__rank",
            "answerer__shown_role",
            "raised_by__shown_role",
        )

    def for_detail(self):
        people = ("raised_by", "recorded_by", "answerer")
        told = [f"{who}__{what}" for who in people for what in ("institution", "officer__rank")]
        leads = self.model._meta.get_field("partnership").related_model._meta.get_field("leads")
        current = leads.related_model.objects.current().for_list()
        steps = self.model._meta.get_field("steps").related_model.objects.for_history()
        return self.select_related(
            "institution__area",
            "topic",
            "asked_role",
            "follows",
            "partnership__institution__area",
            "partnership__police_unit__area",
            *told,
            *(f"{who}__shown_role" for who in people),
        ).prefetch_related(
            Prefetch("steps", steps),
            Prefetch("partnership__leads", current, to_attr="current_leads"),
        )

    def for_panel(self, force_id, *, since, until):
        """Read what a panel's sample is drawn from; the columns are those of ``portal_audit``."""
        raised = self.filter(force_id=force_id, raised_at__gte=since, raised_at__lt=until)
        return raised.values(
            *("ref", "institution_id", "district_id", "channel", "about", "urgency", "choice"),
            *("topic__code", "state", "level", "challenges", "late_with", "recourse", "outcome"),
            *("raised_at", "acknowledged_at", "first_due_on", "first_answered_at", "settled"),
        )

    def before_panel(self, user):
        """Keep those that came before the panel on which ``user`` sits."""
        forces = forces_of(user.standing, PANEL)
        came = Q(state="escalated") | Q(panel_viewed_at__isnull=False)
        return self.filter(came, force_id__in=forces, level=clocks.PANEL)

    def waiting_for_panel(self, force_id):
        """Keep those of a force on which its panel has yet to give its view."""
        rows = self.filter(force_id=force_id, level=clocks.PANEL, state="escalated")
        return rows.filter(panel_viewed_at=None)


class ConcernStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the concerns that ``user`` may see."""
        concerns = self.model._meta.get_field("concern").related_model.objects
        return self.filter(concern__in=concerns.visible_to(user))

    def for_words(self):
        return self.select_related(
            "institution__area",
            "concern__institution__area",
            "concern__partnership__institution__area",
            "concern__partnership__police_unit",
            "by",
            "text",
            "wording",
        )

    def for_history(self):
        return self.select_related(
            "by__institution", "by__officer__rank", "by__shown_role", "text", "wording"
        ).order_by("at", "pk")
