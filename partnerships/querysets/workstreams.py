from django.db import models
from django.db.models import Prefetch, Q


class WorkstreamQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own partnerships, or which a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(partnership__police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def of(self, partnership):
        return self.filter(partnership=partnership)

    def open(self):
        return self.filter(state="open")

    def waiting_for(self, side):
        """Keep those that open once this side has named its lead."""
        return self.filter(state="proposed", **{f"{side}_lead__isnull": True})

    def open_or(self, meeting):
        """Keep the open ones, and the one in which a meeting stands already, by name."""
        return self.filter(Q(state="open") | Q(pk=meeting.workstream_id)).order_by("title", "pk")

    def led_by(self, contact, *, side):
        """Keep those not closed that somebody leads for a side."""
        lead = "police_lead" if side == "police" else "institution_lead"
        return self.exclude(state="closed").filter(**{lead: contact})

    def for_list(self):
        return self.select_related(*_people("police_lead"), *_people("institution_lead"))

    def for_action(self):
        """Lock the row and load what its moves look at."""
        return self.select_for_update(of=["self"]).select_related(
            "institution__area", "partnership__institution__area", "partnership__police_unit"
        )

    def for_detail(self):
        leads = self.model._meta.get_field("partnership").related_model._meta.get_field("leads")
        current = leads.related_model.objects.current().for_list()
        rows = self.for_list().prefetch_related(
            Prefetch("partnership__leads", current, to_attr="current_leads")
        )
        return rows.select_related(
            "institution__area",
            "partnership__institution__area",
            "partnership__police_unit",
            "wording",
            *_people("proposed_by"),
            *_people("closed_by"),
        )

    def for_words(self):
        return self.for_detail()


def _people(name):
    return (f"{name}__institution", f"{name}__officer__rank", f"{name}__shown_role")
