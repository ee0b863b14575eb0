"""What somebody leaves behind who gives up a role, and who takes it on."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.actions import people
from contacts.models import Contact, RoleHolding, User
from partnerships.models import Commitment, LeadAssignment, Side, Workstream

from .commitment_moves import reassign_commitment
from .leads import Role, set_leads
from .workstreams import set_workstream_lead


class StillLeading(ValidationError):
    """They are some institution's named officer or cover, or lead a workstream: hand that over."""


class OpenWork(NamedTuple):
    """Where somebody is named officer or cover, what they lead, and what is theirs to keep.

    Workstreams have no second lead of the side, so none may be left without one.
    """

    leads: list[LeadAssignment]
    workstreams: list[Workstream]
    promises: list[Commitment]


def open_work_of(holding: RoleHolding) -> OpenWork:
    """Load what the holder of a role has to hand over on that side. Three queries."""
    person, institution = holding.contact, holding.institution
    leads = LeadAssignment.objects.current().filter(officer=person)
    promises = Commitment.objects.open().filter(owner=person)
    workstreams = Workstream.objects.led_by(person, side=_side_of(institution))
    if institution.is_police:
        promises = promises.filter(owner_side=Side.POLICE)
    else:
        leads = leads.none()
        promises = promises.filter(owner_side=Side.INSTITUTION, institution=institution)
        workstreams = workstreams.filter(institution=institution)
    return OpenWork(
        list(leads.select_related("partnership__institution").order_by("pk")),
        list(workstreams.select_related("institution").order_by("title", "pk")),
        list(promises.select_related("partnership__institution").order_by("due_on", "pk")),
    )


def _side_of(institution):
    return Side.POLICE if institution.is_police else Side.INSTITUTION


@transaction.atomic
def release_role(
    *,
    holding: RoleHolding,
    last_day: date | None = None,
    successor: Contact | None = None,
    by: User,
    at: datetime,
) -> RoleHolding:
    """End a role now, or after ``last_day``; ``successor`` takes on the work, now.

    Raises:
        StillLeading: see there; nobody takes that on.
        CannotLead: the successor cannot be that there, or not lead the workstream.
        RoleEnded, LastOfTheirKind: see :func:`contacts.actions.people.end_role`.
    """
    work = open_work_of(holding)
    if successor is None:
        _require_none_led(work)
    else:
        _hand_over(work, successor, side=_side_of(holding.institution), by=by, at=at)
    until = last_day and last_day + timedelta(days=1)
    return people.end_role(holding=holding, until=until, by=by, at=at)


def _require_none_led(work: OpenWork) -> None:
    told = []
    if work.leads:
        led = _("They are the named officer or the cover of %(count)s institutions.")
        told.append(led % {"count": len(work.leads)})
    if work.workstreams:
        led = _("They lead workstreams: %(count)s.")
        told.append(led % {"count": len(work.workstreams)})
    if told:
        raise StillLeading({"successor": " ".join([*told, _("Select who takes that on.")])})


def _hand_over(work: OpenWork, successor: Contact, *, side: str, by: User, at: datetime) -> None:
    for lead in work.leads:
        current = {other.role: other.officer for other in lead.partnership.leads.current()}
        current[lead.role] = successor
        named, cover = current.get(Role.NAMED_OFFICER), current.get(Role.COVER)
        if named is None or cover is None:
            raise StillLeading(_("Set named officer and cover of each institution first."))
        set_leads(partnership=lead.partnership, named=named, cover=cover, by=by, at=at)
    for workstream in work.workstreams:
        set_workstream_lead(workstream=workstream, lead=successor, side=side, by=by, at=at)
    for promise in work.promises:
        note = _("Handed over by whoever kept it before, who leaves.")
        reassign_commitment(commitment=promise, owner=successor, note=note, by=by, at=at)
