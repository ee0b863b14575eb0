"""Who read the records of a force, what was opened in an emergency, and what left."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from config.audit.models import AccessEvent
from contacts.models import BreakGlassGrant, Contact, Disclosure, Institution

from .scope import Period

PARTNERS, OFFICE, UNKNOWN = "partners", "office", "unknown"


@dataclass(frozen=True)
class Reading:
    """``by_function`` counts page views by what the reader's unit is for, the most first."""

    period: Period
    by_function: tuple[tuple[str, int], ...]
    opened: int
    disclosed: int

    @property
    def n(self) -> int:
        return sum(count for _function, count in self.by_function)


def reading(*, force_ids: list[int], period: Period) -> Reading:
    """Count reads from outside of an institution, by the unit function of whoever read.

    Unit: lines of the access log about institutions of the forces, in the period. Whoever is not
    of the police counts as partners, a unit without a function (a force's own office) as office,
    and as unknown whoever may not be looked up. Beside it: openings in an emergency, and
    disclosures by the day that they left. Four queries.
    """
    here = Institution.objects.filter(force_id__in=force_ids).values("pk")
    reads = AccessEvent.objects.filter(
        at__gte=period.starts_at, at__lt=period.ends_at, institution_id__in=here
    )
    by_actor = dict(
        reads.order_by().values("actor_id").annotate(n=Count("pk")).values_list("actor_id", "n")
    )
    functions = _functions(by_actor)
    counts: Counter[str] = Counter()
    for actor, n in by_actor.items():
        counts[functions.get(actor, UNKNOWN)] += n
    grants = BreakGlassGrant.objects.filter(force_id__in=force_ids)
    left = Disclosure.objects.filter(force_id__in=force_ids)
    return Reading(
        period,
        tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0]))),
        grants.filter(opened_at__gte=period.starts_at, opened_at__lt=period.ends_at).count(),
        left.filter(left_on__gte=period.since, left_on__lt=period.until).count(),
    )


def _functions(actors):
    people = Contact.objects.filter(user__in=list(actors))
    rows = people.values_list("user_id", "institution__kind", "institution__unit_function")
    return {
        user: (function or OFFICE) if kind in Institution.POLICE_KINDS else PARTNERS
        for user, kind, function in rows
    }
