from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject


class EngagementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those in which one's institution takes part, within reach, or logged by oneself.

        Whoever a mosque let in reads what happened there, and changes nothing.

        Their ids are found first, each way by its own index: an OR of them reads every visit. A
        whole force is a column of the visit itself, and too many to list.
        """
        standing, within = user.standing, user.standing.within()
        parts = [Q(institution_id__in=standing.own_ids)]
        parts += [Q(partnership__police_unit_id__in=standing.unit_ids), within]
        hosted = parts[:-1] if standing.reaches_force else parts
        everything = self.model._default_manager
        guests = self._related("parties").filter(is_guest=True)
        present = self._related("attendances").filter(officer_id=standing.contact_id)
        found = everything.filter(logged_by_id=standing.contact_id).values("pk")
        let_in = everything.filter(institution_id__in=standing.guest_ids)
        found = found.union(
            let_in.values("pk"),
            everything.filter(held_recorded_by_id=standing.contact_id).values("pk"),
            present.values("engagement_id"),
            *(everything.filter(part).values("pk") for part in hosted),
            *(guests.filter(part).values("engagement_id") for part in parts),
            all=True,
        )
        return self.filter(within | Q(pk__in=found) if standing.reaches_force else Q(pk__in=found))

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager

    def of_ones_own_record(self, user):
        """Keep what ``user`` may open as a page of the record itself."""
        return self.visible_to(user).not_as_guest(user)

    def not_as_guest(self, user):
        """Leave out what one reads only because a mosque let one in: that has its own pages."""
        standing = user.standing
        if not standing.guest_ids:
            return self
        parties = self._related("parties").filter(institution_id__in=standing.own_ids)
        takes_part = Q(pk__in=parties.values("engagement_id"))
        return self.exclude(Q(institution_id__in=standing.guest_ids) & ~takes_part)

    def hosted_by(self, institution_ids):
        return self.filter(institution_id__in=institution_ids)

    def for_guest(self, institution):
        """Keep what happened at an institution and was not called off, for whoever it let in."""
        return self.not_cancelled().filter(institution=institution)

    def planned(self):
        return self.filter(state="planned")

    def held(self):
        return self.filter(state="held")

    def agreed_meetings_of(self, partnership):
        """Keep what was held and counts as a meeting that the two sides agreed on."""
        return self.held().filter(partnership=partnership).exclude(meeting="")

    def in_workstream(self, workstream):
        """Keep the meetings held in a workstream, the latest first."""
        return self.held().filter(workstream=workstream).order_by("-on", "-pk")

    def with_senior_officer(self):
        """Keep those at which an inspector, or somebody above, is listed."""
        ranks = self._related("attendances").model._meta.get_field("officer").related_model
        rank = ranks._meta.get_field("officer").related_model._meta.get_field("rank")
        inspector = rank.related_model._default_manager.filter(code="insp").values("position")[:1]
        return self.filter(attendances__officer__officer__rank__position__gte=Subquery(inspector))

    def since(self, day):
        return self.filter(on__gte=day)

    def not_cancelled(self):
        return self.exclude(state="cancelled")

    def near(self, institution, *, on, days):
        """Keep what happened at ``institution`` within ``days`` of a day."""
        return self.not_cancelled().filter(
            institution=institution,
            on__gte=on - timedelta(days=days),
            on__lte=on + timedelta(days=days),
        )

    def joinable_by(self, user, *, since):
        """Keep the latest visits of the officer's force, which a colleague may have logged."""
        return self.held().filter(force_id__in=user.standing.force_ids, on__gte=since)

    def planned_about(self, *, at):
        """Keep what was planned for about now, and so may just have been held."""
        since, until = at - timedelta(hours=36), at + timedelta(hours=1)
        return self.planned().filter(starts_at__gte=since, starts_at__lte=until)

    def with_ref(self, ref):
        try:
            return self.filter(ref=UUID(ref))
        except ValueError:
            return self.none()

    def chosen(self, *, on, institution="", note="", period=""):
        """Keep what somebody looked for in the list; a day is London's."""
        rows = self.filter(institution__ref=institution) if institution else self
        rows = rows.with_note(note) if note else rows
        if period == "ahead":
            return rows.planned().filter(on__gte=on)
        if period == "gone_by":
            return rows.planned().filter(on__lt=on)
        if period:
            return rows.filter(on__gt=on - timedelta(days=int(period)), on__lte=on)
        return rows

    def with_note(self, state):
        """Keep those whose note stands there; until it has left, a note is "not shared"."""
        if state == "not_shared":
            return self.held().filter(note__left_at__isnull=True)
        return self.filter(
            note__state=state, note__left_at__isnull=False, note__text__withdrawn_at__isnull=True
        )

    def with_sight_of(self, user):
        """Mark as ``in_sight`` what one may read; of the rest only kind and day are told."""
        visible = self.model._default_manager.visible_to(user).filter(pk=OuterRef("pk"))
        return self.annotate(in_sight=Exists(visible))

    def for_choice(self):
        """Load what tells one visit from another of the same days."""
        return self.select_related(
            "institution", "lead_unit", "logged_by__officer__rank", "logged_by__shown_role"
        ).order_by("-starts_at", "-pk")

    def with_guests(self):
        """Load as ``guest_ids`` who takes part besides the host."""
        guests = self._related("parties").filter(engagement=OuterRef("pk"), is_guest=True)
        return self.annotate(guest_ids=ArraySubquery(guests.order_by("pk").values("institution")))

    def for_record(self):
        """Load the page of a visit. Its people come together, by id: see ``events.records``."""
        others = self._related("parties").filter(engagement=OuterRef("pk"))
        others = others.exclude(institution_id=OuterRef("institution_id"))
        names = ArraySubquery(others.order_by("pk").values("institution__name"))
        said = self._related("feedback").filter(engagement=OuterRef("pk")).order_by("pk")
        words = JSONObject(side="side", as_agreed="as_agreed", next_words="next_words")
        return (
            self.with_guests()
            .annotate(joined_by=names, said=ArraySubquery(said.values(words=words)))
            .select_related(
                "institution__area",
                "partnership__institution__area",
                "partnership__police_unit",
                "lead_unit",
                "request",
                "workstream",
                "note__text",
            )
            .prefetch_related("attendances")
        )

    def for_planning(self):
        """Load what the pages that move or cancel a visit, or ask how it was, show."""
        coming = self._related("attendances").select_related(
            "officer__officer__rank", "officer__institution"
        )
        return (
            self.with_guests()
            .select_related(
                "institution__area", "partnership__institution__area", "lead_unit", "request"
            )
            .prefetch_related(Prefetch("attendances", queryset=coming.order_by("pk")))
        )

    def for_list(self):
        return self.select_related("institution", "partnership", "lead_unit", "note__text")

    def for_action(self):
        """Lock the rows and load what moving, cancelling or holding a visit needs."""
        return self.select_for_update(of=["self"]).select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "request__institution",
            "request__raised_by",
            "lead_unit",
            "logged_by",
        )

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "lead_unit",
            "request",
            "logged_by__officer__rank",
            "logged_by__shown_role",
            "cancelled_by__officer__rank",
            "cancelled_by__shown_role",
            "note__text__withdrawn_by__officer__rank",
            "note__text__withdrawn_by__shown_role",
            "note__drafted_by__officer__rank",
            "note__drafted_by__shown_role",
            "note__answered_by__officer__rank",
            "note__answered_by__shown_role",
            "note__answer_recorded_by__officer__rank",
        ).prefetch_related(
            Prefetch(
                "attendances",
                queryset=self._related("attendances").select_related(
                    "officer__officer__rank", "officer__institution"
                ),
            ),
            "parties__institution",
        )

    def for_panel(self, force_id, *, since, until):
        """Read what a panel's sample is drawn from; the columns are those of ``portal_audit``."""
        logged = self.filter(force_id=force_id, logged_at__gte=since, logged_at__lt=until)
        return logged.values(
            *("ref", "institution_id", "district_id", "kind", "purposes", "topics"),
            *("initiated_by", "state", "was_planned", "unannounced", "duration_minutes"),
            *("children_present", "photography", "body_worn_video", "hospitality"),
            *("logged_side", "logged_at", "starts_at", "note__state", "note__left_at"),
        )
