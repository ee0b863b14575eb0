from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

PANEL = frozenset({"scrutineer"})
OPEN = ("scheduled", "figures_frozen", "self_assessed", "met")
STATED = ("joint_statement", "two_statements")


class PartnershipReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own partnerships, within reach, or before one's panel."""
        standing = user.standing
        served = Q(pk__in=[])
        if standing.unit_ids:  # a panel sees no partnership, and a join would hide the row
            served = Q(partnership__police_unit_id__in=standing.unit_ids)
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | served
            | standing.within()
            | self._before_panel(standing)
        )

    def before_panel_of(self, user):
        """Keep those that a scrutiny panel reads: frozen, and of its own area."""
        return self.filter(self._before_panel(user.standing))

    @staticmethod
    def _before_panel(standing):
        if not standing.has(*PANEL):
            return Q(pk__in=[])
        return standing.within(PANEL) & ~Q(state__in=["scheduled", "lapsed"])

    def of_period_until(self, partnership, day):
        return self.filter(partnership=partnership, period_until=day)

    def to_be_written_by(self, side):
        """Keep those of which a side has yet to write its account, while it is asked to."""
        return self.filter(state="figures_frozen", **{f"{side}_assessed_at__isnull": True})

    def to_open(self, *, at):
        """Keep those whose sides have had their time to write."""
        return self.filter(state="figures_frozen", assess_until__lte=at)

    def left_by_panel(self, *, at):
        """Keep those on which the panel has let its time go by."""
        return self.filter(state__in=STATED, panel_until__lte=at)

    def to_tell_of_comment(self):
        """Keep those whose sides have not been told yet that the panel has had its say."""
        return self.filter(state__in=["panel_comment", "published"], panel_told_at__isnull=True)

    def to_tell_of_statements(self):
        """Keep those of whose statements umbrella bodies and the panel have yet to hear."""
        return self.filter(stated_at__isnull=False, stated_told_at__isnull=True)

    def of_ended_partnerships(self):
        return self.filter(state__in=OPEN, partnership__state="ended")

    def for_action(self):
        """Load what an action looks at, and keep others from moving it meanwhile."""
        return self._with_places().select_for_update(of=["self"])

    def skipping_locked(self):
        return self._with_places().select_for_update(of=["self"], skip_locked=True)

    def for_panel_action(self):
        """Lock without the partnership, which the database does not show to a panel."""
        rows = self.select_for_update(of=["self"])
        return rows.select_related("institution__area")

    def _with_places(self):
        return self.select_related(
            "institution__area", "partnership__institution__area", "partnership__police_unit"
        )

    def for_list(self):
        return self.select_related("institution")

    def for_detail(self):
        """Load what both sides read; whose account may be read is the page's to ask."""
        promises = self.model._meta.get_field("commitments").related_model.objects
        statements = self.model._meta.get_field("statements").related_model.objects
        reports = self.model._meta.get_field("reports").related_model.objects
        return (
            self._with_places()
            .select_related("figures", "comment", "met_noted_by", "met_confirmed_by")
            .prefetch_related(
                Prefetch("statements", statements.for_detail()),
                Prefetch("commitments", promises.select_related("commitment").order_by("pk")),
                Prefetch("reports", reports.select_related("item").order_by("-pk")),
            )
        )

    def for_figures(self):
        return self._with_places().select_related("figures")

    def for_panel(self):
        """Load what a panel reads: no person, and no partnership, which it may not look up."""
        statements = self.model._meta.get_field("statements").related_model.objects
        assessments = self.model._meta.get_field("assessments").related_model.objects
        return self.select_related("institution__area", "figures", "comment").prefetch_related(
            Prefetch("statements", statements.order_by("side", "pk")),
            Prefetch("assessments", assessments.order_by("side")),
        )

    def with_open_promises(self):
        """Say of each whether a promise that was asked for there waits for an answer."""
        links = self.model._meta.get_field("commitments").related_model.objects
        asked = links.filter(review=OuterRef("pk"), commitment__state="proposed")
        return self.annotate(has_open_promises=Exists(asked))
