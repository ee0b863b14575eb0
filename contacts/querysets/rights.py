from django.db import models
from django.db.models import Q

from contacts.standing import RECORDS


class RightsRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep one's own, and those of the force whose records one keeps."""
        standing = user.standing
        return self.filter(Q(contact=standing.contact_id) | standing.within(RECORDS))

    def kept_by(self, user):
        """Keep those that are one's work to answer."""
        return self.filter(user.standing.within(RECORDS))

    def of(self, contact):
        return self.filter(contact=contact)

    def unanswered(self):
        return self.filter(closed_at__isnull=True)

    def being_erased(self):
        return self.filter(state="confirmed")

    def for_list(self):
        return self.select_related(
            "contact__officer__rank", "contact__shown_role", "institution__area"
        )

    def for_detail(self):
        return self.for_list().select_related(
            "contact__user",
            "recorded_by__officer__rank",
            "proposed_by__officer__rank",
            "confirmed_by__officer__rank",
        )


class LegalHoldQuerySet(models.QuerySet):
    def in_place(self):
        return self.filter(lifted_on__isnull=True)

    def visible_to(self, user):
        """Keep those on one's own institutions, and those of the force whose records one keeps."""
        standing = user.standing
        return self.filter(Q(institution_id__in=standing.own_ids) | standing.within(RECORDS))

    def on(self, institution):
        return self.filter(institution=institution)

    def covering(self, contact):
        """Keep what forbids to erase a person: a hold on them, or on an institution of theirs."""
        places = contact.holdings.values("institution")
        whole = Q(contact__isnull=True, case_kind="") & (
            Q(institution=contact.institution_id) | Q(institution__in=places)
        )
        return self.in_place().filter(whole | Q(contact=contact))

    def on_cases(self):
        return self.in_place().exclude(case_kind="")

    def of_force(self, contact):
        return self.filter(force=contact.force_id)

    def for_list(self):
        return self.select_related(
            "institution__area", "contact__officer__rank", "contact__shown_role"
        )

    for_detail = for_list


class DisposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user.standing.within(RECORDS))

    def open(self):
        return self.filter(done_at__isnull=True)

    def confirmed(self):
        return self.open().filter(confirmed_by__isnull=False)

    def for_list(self):
        return self.select_related(
            "institution__area", "proposed_by__officer__rank", "confirmed_by__officer__rank"
        )

    for_detail = for_list
