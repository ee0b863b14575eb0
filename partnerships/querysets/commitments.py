from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

OPEN = ("proposed", "agreed", "done_claimed")
AWAITED = ("proposed", "agreed")
LATE_DAYS = {"sergeant": 3, "inspector": 7, "commander": 14}


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the promises of one's own partnerships, one's own, and those that climbed to one."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | Q(owner_id=standing.contact_id)
            | standing.within()
            | (Q(escalated_to="commander") & standing.within({"commander"}))
        )

    def open(self):
        return self.filter(state__in=OPEN)

    def awaited(self):
        """Keep what the owner has still to answer or to do."""
        return self.filter(state__in=AWAITED)

    def overdue(self, *, on):
        return self.awaited().filter(due_on__lt=on)

    def due_between(self, first, last):
        """Keep those due from ``first`` to ``last``, both days included."""
        return self.filter(due_on__gte=first, due_on__lte=last)

    def owned_by_side(self, side):
        return self.filter(owner_side=side)

    def owed_to_side(self, side):
        return self.exclude(owner_side=side)

    def in_workstream(self, workstream):
        return self.filter(workstream=workstream)

    def made_at_concern(self, concern):
        """Keep what follows from the answers to a concern, the first first."""
        return self.filter(concern_commitment__concern=concern).order_by("due_on", "pk")

    def owned_by(self, contact_id):
        return self.filter(owner_id=contact_id)

    def claimed_unconfirmed(self):
        """Keep those said to be done, which only the other side can call kept."""
        return self.filter(state="done_claimed")

    def claimed_before(self, moment):
        return self.claimed_unconfirmed().filter(claimed_at__lte=moment)

    def escalated_to(self, user, *, on):
        """Keep the overdue police promises that stand with ``user`` by rank, deputies included."""
        late = Q(pk__in=[])
        for role, days in LATE_DAYS.items():
            late |= Q(due_on__lte=on - timedelta(days=days)) & user.standing.within({role})
        return self.overdue(on=on).filter(late, owner_side="police")

    def to_climb(self, rung, *, on):
        """Keep the overdue police promises that should stand on ``rung`` and do not yet."""
        climbed = self._related("steps").filter(
            commitment=OuterRef("pk"), move=f"to_{rung}", due_on=OuterRef("due_on")
        )
        late = self.awaited().filter(due_on__lte=on - timedelta(days=LATE_DAYS[rung]))
        return late.filter(~Exists(climbed), owner_side="police")

    def to_hand_over(self, *, on):
        """Keep the open promises whose owner holds no role any more that reaches so far."""
        holding = self.model._meta.get_field("owner").related_model._meta.get_field("holdings")
        ids = ArrayField(models.BigIntegerField())
        stands = (
            holding.related_model.objects.open_on(on)
            .exclude(access_role="")
            .filter(contact=OuterRef("owner"))
            .annotate(above=models.ExpressionWrapper(OuterRef("institution__area__lineage"), ids))
            .filter(
                Q(institution=OuterRef("institution"))
                | Q(institution=OuterRef("partnership__police_unit"))
                | Q(
                    above__contains=Func(
                        F("institution__area_id"),
                        template="ARRAY[%(expressions)s]",
                        output_field=ids,
                    )
                )
            )
        )
        return self.open().filter(~Exists(stands), owner__isnull=False)

    def chosen(self, *, side, contact_id, on, **answers):
        """Keep what the list's filter asks for, as somebody of ``side`` sees it."""
        rows, state = self, answers.get("state")
        if whose := answers.get("whose"):
            ours = whose == "ours"
            rows = rows.owned_by_side(side) if ours else rows.owed_to_side(side)
        if state != "all":
            rows = rows.filter(state=state) if state else rows.open()
        if answers.get("overdue"):
            rows = rows.overdue(on=on)
        if answers.get("mine"):
            rows = rows.owned_by(contact_id)
        if answers.get("hand_over"):
            rows = rows.to_hand_over(on=on)
        if institution := answers.get("institution"):
            rows = rows.filter(institution__ref=institution)
        return rows

    def for_move(self):
        """Load what an action looks at."""
        return self.select_related(
            "institution",
            "partnership__institution__area",
            "partnership__police_unit",
            "owner__user",
        )

    def skipping_locked(self):
        """Lock the rows for a sweep, leaving out what somebody is moving at this moment."""
        return self.for_move().select_for_update(of=["self"], skip_locked=True)

    def for_list(self):
        """Load what a row shows; ``is_disputed`` says that one side disagrees with its words."""
        wording = self.model._meta.get_field("wording").related_model
        against = wording._meta.get_field("disagreements").related_model._default_manager
        return self.annotate(
            is_disputed=Exists(against.filter(text=OuterRef("wording")))
        ).select_related(
            "institution",
            "partnership__institution",
            "partnership__police_unit",
            "owner__institution",
            "owner__officer__rank",
            "owner__shown_role",
        )

    def for_words(self):
        """Load what the pages about the words of a promise look at."""
        return self.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "proposed_by",
            "wording",
        )

    def for_detail(self):
        return self.select_related(
            "wording",
            "workstream",
            "concern_commitment__concern",
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "owner__institution",
            "owner__officer__rank",
            "owner__shown_role",
            "proposed_by__institution",
            "proposed_by__officer__rank",
            "proposed_by__shown_role",
        ).prefetch_related(
            models.Prefetch("steps", queryset=self._related("steps").for_history()),
            models.Prefetch("partnership__leads", queryset=self._leads(), to_attr="current_leads"),
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects

    def _leads(self):
        leads = self._related("partnership").model._meta.get_field("leads").related_model
        return leads.objects.current().for_list()

    def for_panel(self, force_id, *, since, until):
        """Read what a panel's sample is drawn from; the columns are those of ``portal_audit``."""
        made = self.filter(force_id=force_id, proposed_at__gte=since, proposed_at__lt=until)
        return made.values(
            *("ref", "institution_id", "district_id", "owner_side", "proposed_side", "state"),
            *("due_on", "original_due_on", "extensions", "proposed_at", "closed_on"),
            "escalated_to",
        )


class CommitmentStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the promises that ``user`` may see."""
        promises = self.model._meta.get_field("commitment").related_model.objects
        return self.filter(commitment__in=promises.visible_to(user))

    def for_words(self):
        return self.select_related(
            "institution__area",
            "commitment__institution__area",
            "commitment__partnership__institution__area",
            "commitment__partnership__police_unit",
            "by",
            "wording",
        )

    def for_history(self):
        return self.select_related(
            "wording",
            "by__institution",
            "by__officer__rank",
            "by__shown_role",
            "handed_to__institution",
            "handed_to__officer__rank",
            "handed_to__shown_role",
        ).order_by("at", "pk")
