"""Mosques on their way to joining, and words for the public page that wait for approval."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from contacts.standing import PARTNER_LEADS
from partnerships.models import Partnership, PublishedItem

from .desks import Desk
from .sections import Section, sections
from .together import Found, Part

TO_BEGIN = "to_begin"
TO_APPROVE = "to_approve"
LONGEST_FIRST = [F("state_since").asc(), F("pk").asc()]
State = Partnership.State
# By whether there is a named officer, and a cover; then by the state.
OFFICERS_FIRST = {
    (False, False): _("Choose a named officer and who covers for them"),
    (False, True): _("Choose a named officer"),
    (True, False): _("Choose who covers for the named officer"),
}
NEXT_STEPS = {
    State.INVITED: _("Record the three checks, for they have accepted"),
    State.APPLIED: _("Record the three checks, for they asked to join"),
    State.VERIFIED: _("Invite two leads, and go through the limits page with them"),
    State.MET: _("Draft the agreement"),
    State.AGREEMENT_DRAFTED: _("The agreement waits to be signed"),
}


def partnerships_to_begin(user: User, *, on: date) -> Section:
    """Return who is on the way to joining, with what comes next, for the coordinator. One query."""
    within = Partnership.objects.to_begin(on=on).filter(user.standing.within({"coordinator"}))
    not_ended = {TO_BEGIN: Q(ended_on__isnull=True)}
    found = sections(within.for_list(), not_ended, order_by=LONGEST_FIRST)[TO_BEGIN]
    for row in found.rows:
        officers = OFFICERS_FIRST.get((row.has_named_officer, row.has_cover))
        is_checked = row.state not in (State.INVITED, State.APPLIED)
        row.next_step = (is_checked and officers) or NEXT_STEPS[row.state]
    return found


def items_to_approve(desk: Desk) -> list[Part]:
    """Say which words the other side wants to say in public, for those who may approve them."""
    decides = desk.sees_whole_team if desk.is_police else desk.user.standing.has(*PARTNER_LEADS)
    waiting = PublishedItem.objects.waiting_for(desk.side).filter(partnership_id__in=desk.ids)
    says = {"kind": "kind", "title": "title", "at": "proposed_at"}
    return [Part(TO_APPROVE, waiting, _item, says, ("proposed_at",))] if decides else []


def _item(found: Found) -> PublishedItem:
    return PublishedItem(
        ref=found.ref,
        kind=found.kind,
        title=found.title,
        proposed_at=found.at,
        institution=found.institution,
    )
