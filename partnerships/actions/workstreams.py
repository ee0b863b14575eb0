"""Workstreams: put forward by one side with its lead, opened by the other's, closed by either."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import Contact, User
from partnerships.circle import may_own, who_may_lead
from partnerships.models import Partnership, Side, Workstream

from .notices import tell_institution, tell_police
from .partnerships import PartnershipMovedOn, lock_partnership

State = Workstream.State


class WorkstreamMovedOn(ValidationError):
    """It is closed, or not open yet."""


class CannotLead(ValidationError):
    """Each side names one of its own people."""


@transaction.atomic
def propose_workstream(
    *,
    partnership: Partnership,
    title: str,
    purpose: str,
    lead: Contact,
    side: str,
    by: User,
    at: datetime,
) -> Workstream:
    """Put a workstream before the other side, with one's own lead; it opens once they name theirs.

    Raises:
        PartnershipMovedOn: the partnership takes no new work.
        CannotLead: the lead is not of one's own side.
        ValidationError: no title or no purpose.
    """
    partnership = lock_partnership(partnership)
    if not partnership.takes_new_work:
        raise PartnershipMovedOn(_("The partnership rests, so nothing new begins in it."))
    _require_own(lead, partnership, side, on=localdate(at))
    given = {"title": title.strip(), "purpose": purpose.strip()}
    if empty := [name for name, words in given.items() if not words]:
        raise ValidationError({name: _("Enter what it is about.") for name in empty})
    workstream = Workstream(
        partnership=partnership,
        institution=partnership.institution,
        **given,
        **{_lead_field(side): lead},
        proposed_side=side,
        proposed_at=at,
        proposed_by=by.contact,
    )
    workstream.full_clean()
    workstream.save()
    _record("proposed", workstream, by=by, at=at, side=str(side))
    _tell("workstream_proposed", workstream, Side(side).other, at=at)
    return workstream


@transaction.atomic
def set_workstream_lead(
    *, workstream: Workstream, lead: Contact, side: str, by: User, at: datetime
) -> Workstream:
    """Name one's own side's lead, first or anew; with one of each side it is open.

    Raises:
        WorkstreamMovedOn: it is closed.
        CannotLead: the lead is not of one's own side.
    """
    workstream = _locked(workstream)
    if workstream.is_closed:
        raise WorkstreamMovedOn(_("This workstream is closed."))
    today = localdate(at)
    _require_own(lead, workstream.partnership, side, on=today)
    setattr(workstream, _lead_field(side), lead)
    opens = workstream.state == State.PROPOSED and workstream.lead_of(Side(side).other) is not None
    if opens:
        workstream.state, workstream.opened_on = State.OPEN, today
    workstream.full_clean()
    workstream.save()
    turn = "opened" if opens else "led"
    _record(turn, workstream, by=by, at=at, side=str(side))
    _tell(f"workstream_{turn}", workstream, Side(side).other, at=at)
    return workstream


@transaction.atomic
def close_workstream(
    *, workstream: Workstream, reason: str, side: str, by: User, at: datetime
) -> Workstream:
    """Close it, with a reason that both read; its promises and meetings stand as they are.

    Raises:
        WorkstreamMovedOn: it is closed already.
        ValidationError: no such reason.
    """
    workstream = _locked(workstream)
    if State.CLOSED not in Workstream.MOVES[State(workstream.state)]:
        raise WorkstreamMovedOn(_("This workstream is closed."))
    if reason not in Workstream.CloseReason.values:
        raise ValidationError({"reason": _("Select why it is closed.")})
    workstream.state, workstream.close_reason = State.CLOSED, reason
    workstream.closed_on, workstream.closed_by = localdate(at), by.contact
    workstream.closed_side = side
    workstream.full_clean()
    workstream.save()
    _record("closed", workstream, by=by, at=at, side=str(side), reason=reason)
    _tell("workstream_closed", workstream, Side(side).other, at=at)
    return workstream


def require_open_workstream(workstream: Workstream | None, partnership: Partnership) -> None:
    """Raise unless work of a partnership may be done in it; None is no workstream."""
    if workstream is None:
        return
    if not workstream.is_open or workstream.partnership_id != partnership.pk:
        raise WorkstreamMovedOn(_("That workstream is not open. Choose another one, or none."))


def _locked(workstream):
    return Workstream.objects.for_action().get(pk=workstream.pk)


def _lead_field(side):
    return "police_lead" if side == Side.POLICE else "institution_lead"


def _require_own(lead, partnership, side, *, on):
    offered = who_may_lead(partnership, side, on=on).filter(pk=lead.pk)
    if not may_own(lead, partnership, side, on=on) and not offered.exists():
        raise CannotLead({"lead": _("Choose somebody of your own side.")})


def _tell(letter, workstream, side, *, at):
    tell = tell_police if side == Side.POLICE else tell_institution
    tell(letter, workstream.partnership, at=at, about=workstream)


def _record(turn, workstream, *, by, at, **details):
    record(
        f"partnerships.workstream_{turn}",
        subject=workstream,
        by=by,
        at=at,
        institution=workstream.institution,
        **details,
    )
