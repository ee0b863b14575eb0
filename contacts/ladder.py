"""Who stands on which rung, for an institution, on a day. Each function issues one query.

The ladder climbs a side's own people: sergeant, inspector, commander for police; the leads for a
mosque. A dated deputy stands beside the person who is away.
"""

from datetime import date

from django.db.models import Q

from .models import Contact, Institution, RoleHolding
from .standing import PARTNER_LEADS


def on_rung(access_role: str, *, over: Institution, on: date) -> list[Contact]:
    """Return the people who hold a police role that reaches ``over``, nearest area first.

    Only those with an account. Deputies acting on the day come beside those they stand in for.
    """
    return [person for person, _away in rung_with_deputies(access_role, over=over, on=on)]


def rung_with_deputies(
    access_role: str, *, over: Institution, on: date
) -> list[tuple[Contact, Contact | None]]:
    """Return the people of :func:`on_rung`, each with the one they stand in for, or None."""
    holdings = (
        RoleHolding.objects.open_and_acting_on(on)
        .with_role(access_role)
        .filter(institution__area__in=over.area.lineage)
        .select_related("contact__user", "contact__officer__rank", "institution__area")
        .with_deputies(on=on)
    )
    people: dict[int, tuple[Contact, Contact | None]] = {}
    for holding in sorted(holdings, key=lambda h: (-len(h.institution.area.lineage), h.pk)):
        deputies = [(standing.deputy, holding.contact) for standing in holding.acting]
        for person, away in [*deputies, (holding.contact, None)]:
            if person.user_id:
                people.setdefault(person.pk, (person, away))
    return list(people.values())


def leads_of(institution: Institution, *, on: date) -> list[Contact]:
    """Return the leads of a mosque or umbrella body who have an account."""
    return list(
        Contact.objects.filter(
            Q(holdings__held_until__isnull=True) | Q(holdings__held_until__gt=on),
            user__isnull=False,
            holdings__institution=institution,
            holdings__access_role__in=PARTNER_LEADS,
            holdings__held_from__lte=on,
        )
        .select_related("user")
        .distinct()
        .order_by("pk")
    )
