"""Whom safety details concern on a day; each function says what it queries."""

from datetime import date

from django.db.models import QuerySet

from contacts.models import Contact, Institution, RoleHolding

from .circle import ACTING_POLICE
from .querysets.safety import KEEPERS


def who_may_need(institution: Institution, *, on: date) -> QuerySet[Contact]:
    """Build the queryset of officers to whom a need may be given: those who serve its area."""
    holdings = RoleHolding.objects.open_and_acting_on(on).filter(
        institution__kind__in=Institution.POLICE_KINDS,
        institution__area__in=institution.area.lineage,
        access_role__in=ACTING_POLICE,
    )
    return _people(holdings).filter(user__isnull=False)


def who_may_hold_keys(institution: Institution, *, on: date) -> QuerySet[Contact]:
    """Build the queryset of people with a role there, with an account or without."""
    return _people(RoleHolding.objects.held_at(institution, on=on))


def keepers_of(institution: Institution, *, on: date) -> list[Contact]:
    """Return the leads and safety leads who have an account. One query."""
    holdings = RoleHolding.objects.held_at(institution, on=on).with_role(*KEEPERS)
    return list(_people(holdings).filter(user__isnull=False))


def _people(holdings):
    people = Contact.objects.for_list().filter(pk__in=holdings.values("contact"))
    return people.order_by("name", "pk")
