"""Leads who would stand down, and mosques in which nobody leads any more."""

from django.urls import reverse

from contacts.models import Institution, StandingDown, User

from .together import Found, Part

STANDING_DOWN, LEADLESS = "standing_down", "without_leads"


def standing_down(user: User) -> Part:
    """Say what another lead proposed, for whoever may confirm it."""
    rows = StandingDown.objects.to_be_confirmed_by(user)
    says = {"parent": "institution__ref", "at": "proposed_at"}
    return Part(STANDING_DOWN, rows, _proposal, says, ("proposed_at",))


def without_leads(user: User) -> Part:
    """Say where a coordinator is to invite whom the institution names."""
    rows = Institution.objects.without_leads(user)
    says = {"name": "name", "day": "leads_ended_on"}
    return Part(LEADLESS, rows, _institution, says, ("leads_ended_on",))


def _proposal(found: Found) -> StandingDown:
    row = StandingDown(ref=found.ref, proposed_at=found.at, institution=found.institution)
    row.done_on = reverse("contacts:institution-people", args=[found.parent])
    return row


def _institution(found: Found) -> Institution:
    row = Institution(ref=found.ref, name=found.name, leads_ended_on=found.day)
    row.done_on = reverse("contacts:institution-people", args=[found.ref])
    return row
