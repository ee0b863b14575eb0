from django.db import models
from django.db.models import Count, Q

from contacts.standing import POLICE_ROLES

from .bulletins import person

ABOVE = frozenset({"coordinator", "inspector", "commander"})


class ConsultationResponseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep one's own; the umbrella body, what its author shared.

        Police of the asking unit, above it, or of the answering institution's area keep all.
        """
        standing = user.standing
        shared = Q(is_shared=True, consultation__co_convenor_id__in=standing.own_ids)
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | (shared if standing.own_ids else Q(pk__in=[]))
            | Q(consultation__institution_id__in=standing.unit_ids)
            | standing.within(ABOVE, "consultation__")
            | standing.within(POLICE_ROLES)
        )

    def current(self):
        return self.filter(superseded_at__isnull=True)

    def of(self, consultation):
        return self.filter(consultation=consultation)

    def for_list(self):
        """Load what a row says; the words have a page of their own."""
        rows = self.select_related("institution").defer("text")
        return rows.order_by("institution__name", "pk")

    def for_detail(self):
        return self.select_related(
            "institution__area",
            "consultation__institution__area",
            *person("answered_by"),
        )

    def earlier_than(self, response):
        """Keep what the same institution had answered before, the latest first."""
        same = self.filter(
            consultation=response.consultation_id, institution=response.institution_id
        )
        return same.filter(superseded_at__isnull=False).order_by("-answered_at", "-pk")

    def with_theme(self, theme):
        return self.current().filter(
            consultation=theme.consultation_id, themes__contains=[theme.pk]
        )

    def by_capacity(self):
        """Return how many there are of each kind of respondent."""
        rows = self.order_by().values_list("capacity").annotate(n=Count("pk"))
        return dict(rows)

    def by_position(self):
        """Return how many of each kind of respondent took which position, in the choices' order."""
        rows = self.order_by().values_list("capacity", "position").annotate(n=Count("pk"))
        found = {(capacity, position): n for capacity, position, n in rows}
        kinds, positions = self.model.Capacity.values, self.model.Position.values
        return [[found.get((kind, position), 0) for position in positions] for kind in kinds]


class ConsultationThemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the themes of the consultations that ``user`` may read."""
        consultations = self.model._meta.get_field("consultation").related_model._default_manager
        return self.filter(consultation__in=consultations.visible_to(user).values("pk"))

    def for_page(self):
        people = [part for who in ("named_by", "second_by") for part in person(who)]
        return self.select_related("consultation", "commitment", *people).order_by("pk")

    def for_action(self):
        return self.select_for_update(of=["self"]).select_related(
            "institution__area", "consultation__institution__area"
        )

    def for_detail(self):
        return self.for_page().select_related(
            "institution__area", "consultation__institution__area"
        )

    def found_in(self, response):
        """Keep the themes that a coder found in an answer."""
        rows = self.filter(pk__in=response.themes, consultation=response.consultation_id)
        return rows.order_by("pk")

    def uncoded(self):
        return self.filter(second_at__isnull=True)

    def undecided(self):
        return self.filter(outcome="")
