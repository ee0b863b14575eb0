"""Opening a record in an emergency: for hours, for a reason, seen by the institution afterwards."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.actor import claims
from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import BreakGlassGrant, Institution, User

OPENED, CLOSED = "contacts.glass_broken", "contacts.glass_closed"


class OpenAlready(ValidationError):
    """The person reads that record already."""


@transaction.atomic
def break_glass(
    *, institution: Institution, reason: str, hours: int, by: User, at: datetime
) -> BreakGlassGrant:
    """Open an institution's record to ``by``; its coordinators are told now, its leads at the end.

    Raises:
        ValidationError: it is open to them already, or for longer than four hours.
    """
    given = BreakGlassGrant.objects.of(institution).open_at(at).filter(contact=by.contact)
    if given.exists():
        raise OpenAlready(_("The record is open to you already."))
    grant = BreakGlassGrant(
        institution=institution,
        force_id=institution.force_id,
        district_id=institution.district_id,
        contact=by.contact,
        reason=reason,
        opened_at=at,
        closes_at=at + timedelta(hours=hours),
    )
    grant.full_clean()
    grant.save(force_insert=True)
    claims.enter(by.pk)  # the database opens the record now, and its leads have to be told
    record(OPENED, subject=grant, by=by, at=at, institution=institution, reason=reason, hours=hours)
    today = localdate(at)
    _promise(OPENED, grant, on_rung("coordinator", over=institution, on=today), at, at)
    _promise(CLOSED, grant, leads_of(institution, on=today), grant.closes_at, at)
    return grant


def _promise(kind, grant, people, due_at, at):
    for recipient in to_people(people):
        schedule(kind, about=grant, recipient=recipient, occurrence=1, due_at=due_at, at=at)
