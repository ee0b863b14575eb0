from django.db import models
from django.db.models import Prefetch, Q


class SharedTextQuerySet(models.QuerySet):
    def about_promise(self, commitment):
        """Keep what stands about the words of a promise and of its steps."""
        own = Q(partnerships_commitment=commitment)
        steps = Q(partnerships_commitmentstep__commitment=commitment)
        return self.filter(own | steps, withdrawn_at__isnull=True)

    def for_detail(self):
        """Load a text with every version, correction and disagreement, oldest first."""
        return self.select_related(
            "withdrawn_by__officer__rank", "withdrawn_by__shown_role"
        ).prefetch_related(*self._told_by_people())

    def _told_by_people(self):
        for name, people, order in (
            ("versions", ("written_by",), "number"),
            ("corrections", ("opened_by", "answered_by"), "pk"),
            ("disagreements", ("made_by",), "pk"),
        ):
            related = self.model._meta.get_field(name).related_model._default_manager
            roles = [f"{one}__{role}" for one in people for role in ("officer__rank", "shown_role")]
            yield Prefetch(name, related.select_related(*roles).order_by(order))


class CorrectionQuerySet(models.QuerySet):
    def unsettled(self):
        """Keep what is open, or declined and not yet let go by those who asked."""
        return self.filter(state__in=["open", "declined"])

    def that_gave(self, text):
        """Keep the one that was taken over as the current wording of ``text``, if one was."""
        return self.filter(text=text, state="accepted", version_number=text.current_version - 1)

    def for_answer(self):
        return self.select_related("text__institution", "text__partnership")
