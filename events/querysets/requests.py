from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q

from contacts.models import Purpose, Topic
from events.clocks import CLOCKED, lateness, span


def _labels(reference, column):
    """Build the labels, by language, of the codes in a row's array, in the list's own order."""
    place = Func(
        OuterRef(column), "code", function="array_position", output_field=models.IntegerField()
    )
    entries = reference.objects.alias(place=place).filter(place__isnull=False)
    entries = entries.order_by("position", "code")
    return ArraySubquery(entries.values("labels"))


class EngagementRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own partnerships, within reach, or escalated to oneself."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | Q(redirected_to_id__in=standing.unit_ids)
            | standing.within()
            | (Q(recourse="with_commander") & standing.within({"commander"}))
        )

    def chosen(
        self, user, *, at, state="", asked_by="", waiting=False, late=False, institution=None
    ):
        """Keep what a reader of the list chose; an answer that is none changes nothing."""
        found = self.waiting_for(user) if waiting else self
        found = found.late(at=at) if late else found
        if state != "all":
            found = found.filter(state=state) if state else found.open()
        if asked_by:
            found = found.filter(raised_side=asked_by)
        return found.filter(institution__ref=institution) if institution else found

    def open(self):
        return self.exclude(state__in=["closed", "redirected", "declined", "withdrawn"])

    def late(self, *, at: datetime):
        """Keep those on which police have missed a step that they owe (``events.clocks``)."""
        return self.filter(lateness(at=at))

    def escalated_to(self, user, *, at: datetime):
        """Keep what climbed to ``user``: late ones for inspectors, unanswered ones for commanders.

        A dated deputy stands where the person does whom they deputise for.
        """
        standing = user.standing
        asked = Q(recourse="with_inspector") | Q(state="decline_asked")
        inspector = asked | lateness(at=at)
        return self.open().filter(
            (standing.within({"inspector"}) & inspector)
            | (standing.within({"commander"}) & Q(recourse="with_commander"))
        )

    def waiting_for(self, user):
        """Keep those whose next step is for ``user``'s side to take."""
        standing = user.standing
        ours = Q(institution_id__in=standing.own_ids)
        police = Q(partnership__police_unit_id__in=standing.unit_ids) | standing.within()
        return self.filter(
            (ours & self._waits_for("institution"))
            | (police & self._waits_for("police"))
            | (standing.within({"inspector"}) & Q(state="decline_asked"))
        )

    def _waits_for(self, side):
        """Build "this side is to take the next step"; either may put an agreed visit in."""
        other = "police" if side == "institution" else "institution"
        said = self._related("engagements").filter(request=OuterRef("pk"), feedback__side=side)
        either = Q(state="accepted") | (Q(state="feedback_due") & ~Exists(said))
        cancelled = Q(state="cancelled_by_police") if side == "police" else Q(pk__in=[])
        return (
            Q(raised_side=other, state__in=["submitted", "acknowledged"])
            | Q(raised_side=side, state="alternative_proposed")
            | either
            | cancelled
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager

    def with_clock(self, *, since: datetime):
        """Keep those that wait for a step by the clock, and have since a moment."""
        waits = Q(state_at__gte=since) | Q(recourse_answered_at__gte=since)
        return self.filter(waits, state__in=CLOCKED)

    def with_inspector_since(self, moment: datetime):
        """Keep those that an inspector was asked to step into at ``moment`` or before."""
        return self.open().filter(recourse="with_inspector", recourse_at__lte=moment)

    def feedback_over(self, moment: datetime):
        """Keep those held at ``moment`` or before that still wait for feedback."""
        return self.filter(state="feedback_due", held_at__lte=moment)

    def for_list(self):
        return self.select_related(
            "institution", "asked_role", "raised_by__officer__rank", "raised_by__shown_role"
        )

    def for_words(self):
        """Load what the pages about the words of a request look at."""
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "recorded_by",
            "wording",
        )

    def for_clock(self):
        """Load what tells whom a clock concerns."""
        return self.select_related(
            "institution", "partnership__institution__area", "partnership__police_unit", "raised_by"
        )

    def for_action(self):
        """Lock the rows and load what a move needs."""
        return self.for_clock().select_for_update(of=["self"])

    def skipping_locked(self):
        """Like ``for_action``, leaving out what somebody is moving at this moment."""
        return self.for_action().select_for_update(of=["self"], skip_locked=True)

    def for_detail(self):
        steps = self._related("steps").select_related(
            "by__officer__rank", "by__shown_role", "by__institution", "wording"
        )
        partnership = self.model._meta.get_field("partnership").related_model
        partnership_leads = partnership._meta.get_field("leads").related_model.objects
        visits = self._related("engagements").prefetch_related("feedback")
        labels = {
            "purpose_labels": _labels(Purpose, "purposes"),
            "topic_labels": _labels(Topic, "topics"),
        }
        return (
            self.annotate(**labels)
            .select_related(
                "institution__area",
                "partnership__institution__area",
                "partnership__police_unit",
                "language",
                "asked_role",
                "raised_by__officer__rank",
                "raised_by__shown_role",
                "raised_by__institution",
                "recorded_by__officer__rank",
                "recorded_by__shown_role",
                "attending__officer__rank",
                "attending__institution",
                "redirected_to",
                "wording",
            )
            .prefetch_related(
                Prefetch(
                    "partnership__leads",
                    queryset=partnership_leads.current().for_list(),
                    to_attr="current_leads",
                ),
                Prefetch(
                    "slots", queryset=self._related("slots").order_by("round", "on", "starts")
                ),
                Prefetch("steps", queryset=steps.order_by("at", "pk")),
                Prefetch(
                    "engagements", queryset=visits.order_by("-starts_at", "-pk"), to_attr="visits"
                ),
            )
        )

    def for_panel(self, force_id, *, since, until):
        """Read what institutions asked and got no answer to in time, by the end of a period.

        The columns are those of ``portal_audit``.
        """
        limit = span("acknowledge_hours")
        late = Q(acknowledged_at__gt=F("submitted_at") + limit)
        none = Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=until)
        asked = self.filter(force_id=force_id, submitted_at__gte=since, submitted_at__lt=until)
        rows = asked.filter(
            late | (none & Q(submitted_at__lt=until - limit)), raised_side="institution"
        )
        return rows.values(
            *("ref", "institution_id", "district_id", "kind", "channel", "urgency", "state"),
            *("submitted_at", "acknowledged_at", "police_counters", "decline_reason"),
            *("recourse", "held_at"),
        )


class RequestStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the requests that ``user`` may see."""
        requests = self.model._meta.get_field("request").related_model.objects
        return self.filter(request__in=requests.visible_to(user))

    def for_words(self):
        return self.select_related(
            "institution__area",
            "request__institution__area",
            "request__partnership__institution__area",
            "request__partnership__police_unit",
            "by",
            "wording",
        )
