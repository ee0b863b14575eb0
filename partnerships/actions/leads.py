"""Who is an institution's named officer and who covers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import Contact, User
from partnerships.circle import who_may_own
from partnerships.models import LeadAssignment, Partnership, Side

from .notices import tell_institution

Role = LeadAssignment.Role


class CannotLead(ValidationError):
    """That officer cannot be the named officer or the cover there."""


@transaction.atomic
def set_leads(
    *,
    partnership: Partnership,
    named: Contact,
    cover: Contact,
    by: User | None,
    at: datetime,
) -> Partnership:
    """Set the named officer and the cover; whoever held it before ends the same day.

    Raises:
        CannotLead: both are the same person, or one serves elsewhere; the partnership has ended.
    """
    partnership = _locked(partnership)
    if named == cover:
        raise CannotLead({"cover": _("The cover must be somebody other than the named officer.")})
    today = localdate(at)
    wanted = {Role.NAMED_OFFICER: named, Role.COVER: cover}
    for role, officer in wanted.items():
        _require_serving(partnership, role, officer, on=today)
    current = {lead.role: lead for lead in partnership.leads.current()}
    changed = [
        role
        for role, officer in wanted.items()
        if role not in current or current[role].officer_id != officer.pk
    ]
    for role in changed:
        _end(current.get(role), on=today)
    for role in changed:
        _begin(partnership, role, wanted[role], on=today)
    if changed:
        _record(partnership, by=by, at=at, named_officer=named.pk, cover=cover.pk)
        tell_institution("lead_assigned", partnership, at=at)
    return partnership


def _require_serving(partnership, role, officer, *, on: date):
    field = "named" if role == Role.NAMED_OFFICER else "cover"
    if not who_may_own(partnership, Side.POLICE, on=on).filter(pk=officer.pk).exists():
        raise CannotLead({field: _("Choose an officer who serves this area.")})


def _end(lead, *, on):
    if lead is not None:
        lead.held_until = on
        lead.save(update_fields=["held_until"])


def _begin(partnership, role, officer, *, on):
    lead = LeadAssignment(
        partnership=partnership,
        institution=partnership.institution,
        role=role,
        officer=officer,
        held_from=on,
    )
    lead.full_clean()
    lead.save()
    return lead


def _record(partnership, *, by, at, **officers):
    record(
        "partnerships.leads_assigned",
        subject=partnership,
        by=by,
        at=at,
        institution=partnership.institution,
        **officers,
    )


def _locked(partnership):
    partnership = (
        Partnership.objects.select_for_update(of=["self"])
        .select_related("institution__area", "police_unit")
        .get(pk=partnership.pk)
    )
    if partnership.state == Partnership.State.ENDED:
        raise CannotLead(_("This partnership has ended."))
    return partnership
