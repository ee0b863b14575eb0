"""What somebody leaves behind who gives up a role, and who takes it on."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.actions import people
from contacts.models import Contact, RoleHolding, User
from partnerships.models import Commitment, LeadAssignment, Side

from .commitment_moves import reassign_commitment
from .leads import Role, set_leads


class StillLeading(ValidationError):
    """The officer is some institution's named officer or cover; that has to be handed over."""


class OpenWork(NamedTuple):
    """Where somebody is named officer or cover, and the promises that are theirs to keep."""

    leads: list[LeadAssignment]
    promises: list[Commitment]


def open_work_of(holding: RoleHolding) -> OpenWork:
    """Load what the holder of a role has to hand over on that side. Two queries."""
    person, institution = holding.contact, holding.institution
    leads = LeadAssignment.objects.current().filter(officer=person)
    promises = Commitment.objects.open().filter(owner=person)
    if institution.is_police:
        promises = promises.filter(owner_side=Side.POLICE)
    else:
        leads = leads.none()
        promises = promises.filter(owner_side=Side.INSTITUTION, institution=institution)
    return OpenWork(
        list(leads.select_related("partnership__institution").order_by("pk")),
        list(promises.select_related("partnership__institution").order_by("due_on", "pk")),
    )


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
        StillLeading: they are named officer or cover somewhere, and nobody takes that on.
        CannotLead: the successor cannot be that there.
        RoleEnded, LastOfTheirKind: see :func:`contacts.actions.people.end_role`.
    """
    work = open_work_of(holding)
    if work.leads and successor is None:
        raise StillLeading(
            {
                "successor": _("They are the named officer or the cover of %(count)s institutions.")
                % {"count": len(work.leads)}
                + " "
                + _("Select who takes that on.")
            }
        )
    if successor is not None:
        _hand_over(work, successor, by=by, at=at)
    until = last_day and last_day + timedelta(days=1)
    return people.end_role(holding=holding, until=until, by=by, at=at)


def _hand_over(work: OpenWork, successor: Contact, *, by: User, at: datetime) -> None:
    for lead in work.leads:
        current = {other.role: other.officer for other in lead.partnership.leads.current()}
        current[lead.role] = successor
        named, cover = current.get(Role.NAMED_OFFICER), current.get(Role.COVER)
        if named is None or cover is None:
            raise StillLeading(_("Set named officer and cover of each institution first."))
        set_leads(partnership=lead.partnership, named=named, cover=cover, by=by, at=at)
    for promise in work.promises:
        note = _("Handed over by whoever kept it before, who leaves.")
        reassign_commitment(commitment=promise, owner=successor, note=note, by=by, at=at)
