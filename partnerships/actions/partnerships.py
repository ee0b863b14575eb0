"""How a partnership begins, rests and ends."""

from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.actions.institutions import create_institution, mark_joined
from contacts.actions.people import invite_person
from contacts.ladder import leads_of
from contacts.models import Institution, Invitation, Language, PolicingArea, RoleType, User
from partnerships.models import LeadAssignment, Partnership, Side

from .notices import tell_institution, tell_police
from .published import take_down_all

State = Partnership.State
LEADS_NEEDED = 2  # no single gatekeeper


class PartnershipMovedOn(ValidationError):
    """The partnership is not in a state from which this can happen."""


class NotReadyYet(ValidationError):
    """Something is missing before the partnership can be active."""


class UnitDoesNotServe(ValidationError):
    """The police team's area does not contain the institution."""


@transaction.atomic
def note_contact(partnership: Partnership, *, on: date) -> None:
    """Move the last contact forward to ``on``, a London day; it never moves back."""
    earlier = Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=on)
    Partnership.objects.filter(earlier, pk=partnership.pk).update(last_contact_on=on)
    partnership.last_contact_on = max(on, partnership.last_contact_on or on)


@transaction.atomic
def recall_contact(partnership: Partnership, *, latest: Callable[[], date | None]) -> None:
    """Set the last contact back, where one was recorded at the wrong institution.

    ``latest`` looks up what is left. It is asked once nobody else can note a contact, so that a
    visit logged at the same moment is not forgotten.
    """
    lock_partnership(partnership)
    partnership.last_contact_on = latest()
    partnership.save(update_fields=["last_contact_on"])


@transaction.atomic
def add_institution(
    *,
    kind: str,
    name: str,
    area: PolicingArea,
    police_unit: Institution,
    local_name: str = "",
    public_phone: str = "",
    inbox_email: str = "",
    by: User | None,
    at: datetime,
) -> Partnership:
    """Add a mosque or another partner, with the team that serves it; it has not joined yet.

    Raises:
        UnitDoesNotServe: the team works elsewhere.
        ValidationError: there is an institution of that name in that area.
    """
    _require_serving(police_unit, area)
    institution = create_institution(
        kind=kind,
        name=name,
        area=area,
        local_name=local_name,
        public_phone=public_phone,
        inbox_email=inbox_email,
        by=by,
        at=at,
    )
    today = localdate(at)
    partnership = Partnership(
        institution=institution, police_unit=police_unit, added_on=today, state_since=today
    )
    partnership.full_clean()
    partnership.save()
    record_turn("partnership_added", partnership, by=by, at=at, police_unit=police_unit.pk)
    return partnership


@transaction.atomic
def invite_partner(
    *,
    partnership: Partnership,
    name: str,
    email: str,
    access_role: str,
    role_type: RoleType | None = None,
    language: Language | None = None,
    by: User | None,
    at: datetime,
) -> Invitation:
    """Invite a person of the institution; the first invitation makes the partnership invited.

    Raises:
        PartnershipMovedOn: the partnership has ended, or the mosque asked to be left out.
        NotReadyYet: somebody asked to join, and nobody has checked yet that they are the mosque.
        InvitedAlready: an invitation to that address waits there.
    """
    partnership = lock_partnership(partnership)
    _require_invitable(partnership, on=localdate(at))
    invitation = invite_person(
        institution=partnership.institution,
        name=name,
        email=email,
        access_role=access_role,
        role_type=role_type,
        language=language,
        by=by,
        at=at,
    )
    if partnership.state in (State.NOT_JOINED, State.DECLINED):
        partnership.left_alone_until = None
        move_partnership(partnership, State.INVITED, at=at)
    record_turn("partner_invited", partnership, by=by, at=at, contact=invitation.contact_id)
    return invitation


@transaction.atomic
def activate_partnership(*, partnership: Partnership, by: User | None, at: datetime) -> Partnership:
    """Open the shared record: the agreement is signed, and named officer and cover are set.

    Called by the last signature; nobody makes a partnership active by hand.

    Raises:
        PartnershipMovedOn: it is active already, paused, has ended, or is not so far yet.
        NotReadyYet: a signature, a lead, the named officer or the cover is missing.
    """
    partnership = lock_partnership(partnership)
    _require_move(partnership, State.ACTIVE)
    if partnership.is_paused:
        raise PartnershipMovedOn(_("It is paused: whoever paused it takes it up again."))
    missing = what_is_missing(partnership, on=localdate(at))
    if missing:
        raise NotReadyYet(missing)
    partnership.joined_on = partnership.joined_on or localdate(at)
    move_partnership(partnership, State.ACTIVE, at=at)
    mark_joined(partnership.institution, on=partnership.joined_on)
    record_turn("partnership_activated", partnership, by=by, at=at)
    tell_institution("partnership_activated", partnership, at=at)
    return partnership


def what_is_missing(partnership: Partnership, *, on: date) -> list[str]:
    """Return the sentences for what stands between a signed agreement and an active partnership."""
    have = set(LeadAssignment.objects.current().filter(partnership=partnership).values_list("role"))
    roles = LeadAssignment.Role
    missing = []
    if len(leads_of(partnership.institution, on=on)) < LEADS_NEEDED:
        missing.append(_("Two leads of the institution must have accepted their invitations."))
    if (roles.NAMED_OFFICER,) not in have:
        missing.append(_("Choose a named officer first."))
    if (roles.COVER,) not in have:
        missing.append(_("Choose who covers for the named officer first."))
    if not partnership.agreements.in_force().exists():
        missing.append(_("The agreement must be signed by two leads and an inspector."))
    return missing


@transaction.atomic
def pause_partnership(*, partnership: Partnership, by: User, at: datetime) -> Partnership:
    """Let the institution rest its side: nothing new begins. It need not say why.

    Raises:
        PartnershipMovedOn: it is not active.
    """
    partnership = move_partnership(
        lock_partnership(partnership), State.PAUSED_BY_INSTITUTION, at=at
    )
    record_turn("partnership_paused", partnership, by=by, at=at)
    tell_police("partnership_paused", partnership, at=at)
    return partnership


@transaction.atomic
def resume_partnership(*, partnership: Partnership, by: User, at: datetime) -> Partnership:
    """Go on after the institution's own pause.

    Raises:
        PartnershipMovedOn: it was not the institution that paused it.
    """
    partnership = lock_partnership(partnership)
    if partnership.state != State.PAUSED_BY_INSTITUTION:
        raise PartnershipMovedOn(_("This partnership is not paused by you."))
    move_partnership(partnership, State.ACTIVE, at=at)
    record_turn("partnership_resumed", partnership, by=by, at=at)
    tell_police("partnership_resumed", partnership, at=at)
    return partnership


@transaction.atomic
def leave_partnership(*, partnership: Partnership, by: User, at: datetime) -> Partnership:
    """End the partnership at the institution's wish; its record stays readable for both.

    Raises:
        PartnershipMovedOn: it has ended before.
    """
    partnership = lock_partnership(partnership)
    today = localdate(at)
    partnership.ended_on = today
    move_partnership(partnership, State.ENDED, at=at)
    record_turn("partnership_ended", partnership, by=by, at=at, side=Side.INSTITUTION)
    take_down_all(partnership=partnership, side=Side.INSTITUTION, by=by, at=at)
    tell_police("partnership_left", partnership, at=at)
    partnership.leads.filter(held_until=None).update(held_until=today)
    return partnership


@transaction.atomic
def set_cadence(
    *, partnership: Partnership, days: int | None, by: User, at: datetime
) -> Partnership:
    """Keep how often the institution wants to hear from police; None is "only when we ask".

    Raises:
        PartnershipMovedOn: the partnership has ended.
        ValidationError: the number is out of range.
    """
    partnership = lock_partnership(partnership)
    if partnership.state == State.ENDED:
        raise PartnershipMovedOn(_("This partnership has ended."))
    partnership.cadence_days = days
    partnership.full_clean()
    partnership.save(update_fields=["cadence_days"])
    record_turn("cadence_agreed", partnership, by=by, at=at, days=days)
    return partnership


def _require_serving(unit, area):
    if not unit.is_police or unit.is_invited_unit:
        raise UnitDoesNotServe({"police_unit": _("Choose a police team.")})
    if unit.area_id not in area.lineage:
        raise UnitDoesNotServe({"police_unit": _("That team does not serve this area.")})


def _require_invitable(partnership, *, on):
    if partnership.state == State.ENDED:
        raise PartnershipMovedOn(_("This partnership has ended."))
    if partnership.state == State.APPLIED:
        raise NotReadyYet(_("Make the three checks first, so that the right people are invited."))
    if partnership.state == State.DECLINED and partnership.left_alone_until > on:
        raise PartnershipMovedOn(_("They asked to be left out. Wait until they come to you."))


def lock_partnership(partnership: Partnership) -> Partnership:
    """Load the partnership anew and hold it until the transaction ends."""
    return Partnership.objects.for_action().get(pk=partnership.pk)


def _require_move(partnership, state):
    if state not in Partnership.MOVES[State(partnership.state)]:
        raise PartnershipMovedOn(_("The partnership has moved on. Look at it again."))


def move_partnership(partnership: Partnership, state: str, *, at: datetime) -> Partnership:
    """Make a move of the table and save; whoever calls it has locked the row.

    Raises:
        PartnershipMovedOn: no such move leads from where it stands.
    """
    _require_move(partnership, state)
    partnership.state = state
    partnership.state_since = localdate(at)
    partnership.full_clean()
    partnership.save()
    return partnership


def record_turn(
    code: str, partnership: Partnership, *, by: User | None, at: datetime, **details: object
) -> None:
    """Write what happened to a partnership into the trail."""
    record(
        f"partnerships.{code}",
        subject=partnership,
        by=by,
        at=at,
        institution=partnership.institution,
        **details,
    )
