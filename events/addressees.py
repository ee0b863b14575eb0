"""To whom mail about a request or a visit goes: people by their part in it, as references."""

from datetime import date

from config.outbox.kinds import To
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Institution, RoleHolding
from partnerships.circle import people_of_side
from partnerships.models import Partnership, Side

from .models import Engagement, EngagementRequest


def inbox_of(institution: Institution) -> list[To]:
    return [To.inbox(institution)] if institution.inbox_email else []


def answerers(partnership: Partnership, side: str, *, on: date) -> list[To]:
    """Return those who answer for a side and its shared inbox, so that nothing waits for one."""
    home = partnership.police_unit if side == Side.POLICE else partnership.institution
    return to_people(people_of_side(partnership, side, on=on)) + inbox_of(home)


def requester(request: EngagementRequest, *, on: date) -> list[To]:
    """Return who asked; the side's own people where that person has no account or has left."""
    person = [request.raised_by] if _still_stands(request, on=on) else []
    return to_people(person) or answerers(request.partnership, request.raised_side, on=on)


def _still_stands(request, *, on):
    holdings = RoleHolding.objects.open_on(on).filter(contact=request.raised_by_id)
    if request.raised_side == Side.INSTITUTION:
        holdings = holdings.filter(institution=request.institution_id)
    return request.raised_by_id is not None and holdings.exists()


def requester_and_mosque(request: EngagementRequest, *, on: date) -> list[To]:
    """Return who asked, and those who answer for the mosque."""
    mosque = answerers(request.partnership, Side.INSTITUTION, on=on)
    return list(dict.fromkeys(requester(request, on=on) + mosque))


def sergeants(partnership: Partnership, *, on: date) -> list[To]:
    return to_people(on_rung("sergeant", over=partnership.institution, on=on))


def commanders(partnership: Partnership, *, on: date) -> list[To]:
    return to_people(on_rung("commander", over=partnership.institution, on=on))


def inspectors(partnership: Partnership, *, on: date) -> list[To]:
    """Return the inspectors and their deputies, or who stands above where there are none."""
    found = to_people(on_rung("inspector", over=partnership.institution, on=on))
    return found or commanders(partnership, on=on)


def everybody_at(engagement: Engagement, *, on: date) -> list[To]:
    """Return both sides of a visit: every party's people, who comes, who planned and who asked."""
    coming = [a.officer for a in engagement.attendances.select_related("officer")]
    found = to_people([*coming, engagement.logged_by])
    if engagement.request:
        found += requester(engagement.request, on=on)
    parties = engagement.parties.select_related(
        "partnership__institution__area", "partnership__police_unit"
    )
    for party in parties:
        for side in Side:
            found += answerers(party.partnership, side, on=on)
    return list(dict.fromkeys(found))


def of_unit(unit: Institution, *, on: date) -> list[To]:
    """Return those who receive work for a police unit: its inbox and whoever leads it."""
    acting = RoleHolding.objects.open_and_acting_on(on).filter(institution=unit)
    heads = acting.with_role("sergeant", "inspector", "coordinator").for_list()
    people = [holding.contact for holding in heads]
    return inbox_of(unit) + to_people(people)


def receivers_of(partnership: Partnership):
    """Build the queryset of the police units of the force to which a request may be passed.

    A counter-terrorism unit sees nothing unless the mosque invites it, so it is not among them.
    """
    kinds = Institution.Kind
    return (
        Institution.objects.that_serve()
        .current()
        .filter(kind__in=[kinds.POLICE_TEAM, kinds.POLICE_UNIT], force=partnership.force_id)
        .exclude(pk=partnership.police_unit_id)
        .order_by("name", "pk")
    )
