"""Where somebody may log a visit: an officer anywhere in the force, a partner at their own."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from contacts.models import Contact, Institution, User
from partnerships.models import Partnership

from .models import Engagement

RECENT = 5
LOOK_BACK = 40


@dataclass(frozen=True)
class Place:
    """One row of the list; ``is_ours`` says that a unit of the person's own serves it."""

    ref: str
    name: str
    area: str
    drop_in: str
    is_ours: bool

    @property
    def drop_in_label(self):
        return Institution.DropIn(self.drop_in).label


def _partnerships(user: User):
    standing = user.standing
    ours = Case(
        When(police_unit_id__in=standing.unit_ids, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    reachable = Q(institution_id__in=standing.own_ids) | Q(force_id__in=standing.force_ids)
    return (
        Partnership.objects.live().filter(reachable, institution__ended_on=None).annotate(rank=ours)
    )


def places(user: User) -> list[Place]:
    """Return every institution that ``user`` may choose, A to Z. One query."""
    rows = (
        _partnerships(user)
        .order_by("institution__name", "institution_id", "rank")
        .values_list(
            "institution__ref",
            "institution__name",
            "institution__area__name",
            "institution__drop_in",
            "rank",
        )
    )
    found: dict[str, Place] = {}
    for ref, name, area, drop_in, rank in rows:
        found.setdefault(str(ref), Place(str(ref), name, area, drop_in, rank == 0))
    return list(found.values())


def recent_refs(user: User) -> list[str]:
    """Return the institutions where the person or their unit was lately. One query."""
    standing = user.standing
    visits = (
        Engagement.objects.held()
        .filter(
            Q(logged_by_id=standing.contact_id)
            | Q(partnership__police_unit_id__in=standing.unit_ids),
            force_id__in=standing.force_ids,
        )
        .order_by("-starts_at", "-pk")
        .values_list("institution__ref", flat=True)
    )
    return list(dict.fromkeys(map(str, visits[:LOOK_BACK])))[:RECENT]


def partnership_at(user: User, ref: UUID | str) -> Partnership | None:
    """Return on which partnership a visit there is logged: one's own unit's, else the primary."""
    return (
        _partnerships(user)
        .select_related("institution__area", "police_unit")
        .filter(institution__ref=ref)
        .order_by("rank", "-is_primary", "pk")
        .first()
    )


def place_of(user: User, ref: str | None) -> Institution | None:
    """Return one institution of the list, with what it asks of whoever comes; None if unknown."""
    try:
        partnership = partnership_at(user, UUID(ref or ""))
    except ValueError:
        return None
    return partnership and partnership.institution


def visible_places(user: User) -> list[tuple[str, str]]:
    """Return ``[(ref, name)]`` of the institutions whose visits the person reads. One query."""
    rows = Partnership.objects.visible_to(user).live().order_by("institution__name")
    found = dict(rows.values_list("institution__ref", "institution__name"))
    return [(str(ref), name) for ref, name in found.items()]


def officers_who_may_come(user: User, *, visit: Engagement | None = None):
    """Build the queryset of officers offered: of one's own unit, or of those that serve a mosque.

    Whoever was expected at a planned ``visit`` is among them.
    """
    standing = user.standing
    units = standing.unit_ids
    if standing.is_partner:
        served = Partnership.objects.live().filter(institution_id__in=standing.own_ids)
        units = served.values("police_unit")
    known = Q(pk__in=Contact.objects.officers_of(units).values("pk"))
    if visit:
        known |= Q(pk__in=visit.attendances.values("officer"))
    return Contact.objects.for_list().filter(known).order_by("name", "pk")
