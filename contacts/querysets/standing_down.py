from django.db import models

from contacts.standing import PARTNER_LEADS


class StandingDownQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of the institutions of which ``user`` is a lead; police are shown none."""
        held = user.standing.holdings
        return self.filter(
            institution__in=[h.institution_id for h in held if h.access_role in PARTNER_LEADS]
        )

    def open_at(self, institution):
        return self.filter(state="proposed", institution=institution)

    def to_be_confirmed_by(self, user):
        """Keep the open ones that ``user`` may answer as the second lead."""
        mine = user.standing.contact_id
        return self.visible_to(user).filter(state="proposed").exclude(proposed_by=mine)

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "contact__officer__rank",
            "contact__shown_role",
            "proposed_by__officer__rank",
            "proposed_by__shown_role",
        )

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related("institution__area")
