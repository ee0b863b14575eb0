"""Whom to ring on the other side, for what is better said than written."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from contacts.presenters import shown_name

from .models import LeadAssignment, Partnership, Side


@dataclass(frozen=True)
class ToRing:
    """``phone`` is empty where a mosque has given none."""

    name: str
    phone: str

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.phone]))


def load_whom_to_ring(partnership: Partnership, *, side: str) -> ToRing:
    """Return whom ``side`` rings for what is better not written down. One query."""
    leads = Prefetch("leads", LeadAssignment.objects.current().for_list(), to_attr="current_leads")
    prefetch_related_objects([partnership], leads)
    return other_side_to_ring(partnership, side=side)


def other_side_to_ring(partnership: Partnership, *, side: str) -> ToRing:
    """Return the named officer for the mosque, the mosque for police.

    Needs ``current_leads`` of the partnership loaded. Issues no query.
    """
    if side == Side.POLICE:
        return ToRing(partnership.institution.name, partnership.institution.public_phone)
    unit = partnership.police_unit
    fallback = unit.public_phone or settings.JOIN_PHONE
    for lead in partnership.current_leads:
        return ToRing(shown_name(lead.officer, unit=True), lead.officer.phone or fallback)
    return ToRing(unit.name, fallback)
