"""People and the roles they hold: adding, inviting, ending, standing in."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.web.phones import validate_phone
from contacts.models import (
    Contact,
    Deputyship,
    Institution,
    Invitation,
    Language,
    OfficerProfile,
    Rank,
    RoleHolding,
    RoleType,
    User,
)
from contacts.standing import PARTNER_LEADS

from .disputes import require_settled
from .invitations import open_way_in

Role = RoleHolding.AccessRole
OFFICER_ROLES = (
    Role.OFFICER,
    Role.SERGEANT,
    Role.INSPECTOR,
    Role.COMMANDER,
    Role.LIAISON,
    Role.COORDINATOR,
)
LEADS_KEPT = 2
KEPT = {*PARTNER_LEADS, Role.COORDINATOR}  # an institution never loses the last of these


class RoleDoesNotFit(ValidationError):
    """The role cannot be held at an institution of that kind."""


class LastOfTheirKind(ValidationError):
    """The last lead, or the last coordinator, cannot go before another one is there."""


class RoleEnded(ValidationError):
    """The role was ended before."""


class NoDeputy(ValidationError):
    """That person cannot stand in, or somebody does so already."""


def roles_at(institution: Institution) -> list[str]:
    """Return the access roles that may be given at an institution of this kind."""
    kinds = Institution.Kind
    if institution.is_invited_unit:
        return [Role.INVITED_UNIT]
    if institution.kind == kinds.UMBRELLA_BODY:
        return [Role.UMBRELLA_LEAD]
    if institution.kind == kinds.POLICE_FORCE:
        return [*OFFICER_ROLES, Role.RECORDS_OFFICER, Role.PLATFORM_ADMIN]
    if institution.is_police:
        return [*OFFICER_ROLES]
    if institution.kind == kinds.PANEL:
        return [Role.SCRUTINEER]
    return [Role.MOSQUE_LEAD, Role.MOSQUE_MEMBER, Role.MOSQUE_SAFETY]


@transaction.atomic
def add_officer(
    *,
    unit: Institution,
    name: str,
    email: str,
    rank: Rank,
    access_role: str,
    prefix: str = "",
    is_detective: bool = False,
    shoulder_number: str = "",
    phone: str = "",
    by: User | None,
    at: datetime,
) -> Contact:
    """Add an officer or a member of police staff to ``unit`` and invite them.

    Raises:
        RoleDoesNotFit: the role does not exist at such a unit.
        InvitedAlready: an invitation to that address waits there.
        ValidationError: that number cannot be rung.
    """
    today = localdate(at)
    if phone:
        validate_phone(phone, field="phone")
    contact = _contact(unit, name, named_on=today, on=today, phone=phone)
    OfficerProfile(
        contact=contact,
        institution=unit,
        rank=rank,
        prefix=prefix,
        is_detective=is_detective,
        shoulder_number=shoulder_number,
    ).save()
    _hold(contact, unit, access_role, None, on=today)
    open_way_in(contact=contact, email=email, by=by, at=at)
    record("contacts.officer_added", **_about(contact, access_role, by=by, at=at))
    return contact


@transaction.atomic
def invite_person(
    *,
    institution: Institution,
    name: str,
    email: str,
    access_role: str,
    role_type: RoleType | None = None,
    language: Language | None = None,
    by: User | None,
    at: datetime,
) -> Invitation:
    """Add a person of a mosque, umbrella body or panel and invite them.

    Until they accept and agree to be named, they show as their role.

    Raises:
        RoleDoesNotFit: the role does not exist at such an institution.
        RolesFrozen: it is disputed who leads there.
        InvitedAlready: an invitation to that address waits there.
    """
    require_settled(institution)
    today = localdate(at)
    contact = _contact(institution, name, shown_role=role_type, language=language, on=today)
    _hold(contact, institution, access_role, role_type, on=today)
    invitation = open_way_in(contact=contact, email=email, by=by, at=at)
    record("contacts.person_invited", **_about(contact, access_role, by=by, at=at))
    return invitation


@transaction.atomic
def end_role(
    *, holding: RoleHolding, until: date | None = None, by: User, at: datetime
) -> RoleHolding:
    """End a role today, or on ``until``; what was done in it stays under the person's name.

    A mosque that has joined keeps two leads, so that nobody is its only gatekeeper.

    Raises:
        RoleEnded: it was ended before, or is to end in the past.
        RolesFrozen: it is disputed who leads there.
        LastOfTheirKind: the institution would be left without a coordinator, or with too few
            leads.
    """
    today = localdate(at)
    if holding.access_role in KEPT:
        _lock_all(holding, on=today)
    holding = _running(holding, on=today)
    require_settled(holding.institution)
    _keep_one(holding, on=today)
    holding.held_until = until or today
    if holding.held_until < today:
        raise RoleEnded({"last_day": _("The last day must not be in the past.")})
    holding.save(update_fields=["held_until"])
    about = _about(holding.contact, holding.access_role, by=by, at=at)
    record("contacts.role_ended", **about, until=holding.held_until)
    return holding


@transaction.atomic
def set_deputy(
    *,
    holding: RoleHolding,
    deputy: Contact,
    acts_from: date,
    acts_until: date,
    by: User,
    at: datetime,
) -> Deputyship:
    """Let ``deputy`` act in a role from a day until a day (that day excluded).

    Raises:
        NoDeputy: the deputy is the holder, whoever says so or may act nowhere, or somebody stands
            in already.
        RoleEnded: the role has ended.
        RolesFrozen: it is disputed who leads there.
    """
    today = localdate(at)
    holding = _running(holding, on=today)
    require_settled(holding.institution)
    if deputy == holding.contact:
        raise NoDeputy({"deputy": _("Somebody else must stand in.")})
    if deputy == by.contact:
        raise NoDeputy({"deputy": _("Nobody names themselves: ask who is away, or a coordinator.")})
    if not RoleHolding.objects.open_and_acting_on(today).filter(contact=deputy).exists():
        raise NoDeputy({"deputy": _("They have no role in which they may act.")})
    if acts_until <= today:
        raise NoDeputy({"acts_until": _("The last day must not be in the past.")})
    later = Q(acts_until__isnull=True) | Q(acts_until__gt=acts_from)
    if holding.deputyships.filter(later, acts_from__lt=acts_until).exists():
        raise NoDeputy(_("Somebody stands in during that time already."))
    deputyship = Deputyship(
        holding=holding,
        institution=holding.institution,
        deputy=deputy,
        acts_from=acts_from,
        acts_until=acts_until,
    )
    deputyship.full_clean()
    deputyship.save()
    about = _about(holding.contact, holding.access_role, by=by, at=at)
    record("contacts.deputy_set", **about, deputy=deputy.pk, acts_from=acts_from)
    return deputyship


def _contact(institution, name, *, on, named_on=None, shown_role=None, language=None, phone=""):
    contact = Contact(
        institution=institution,
        name=name,
        name_agreed_on=named_on,
        shown_role=shown_role,
        phone=phone,
        language=language,
        added_on=on,
    )
    contact.full_clean()
    contact.save()
    return contact


def _hold(contact, institution, access_role, role_type, *, on):
    if access_role not in roles_at(institution):
        raise RoleDoesNotFit({"access_role": _why_not(institution)})
    holding = RoleHolding(
        contact=contact,
        institution=institution,
        access_role=access_role,
        role_type=role_type,
        held_from=on,
    )
    holding.full_clean()
    holding.save()
    return holding


def _why_not(institution):
    if institution.is_invited_unit:
        return _("Such a unit sees nothing unless a mosque invites it. Select “Invited unit”.")
    return _("That role does not exist there.")


def _running(holding, *, on):
    holding = (
        RoleHolding.objects.select_for_update(of=["self"])
        .select_related("contact", "institution")
        .get(pk=holding.pk)
    )
    if holding.held_until is not None and holding.held_until <= on:
        raise RoleEnded(_("That role was ended already."))
    return holding


def _lock_all(holding, *, on):
    """Lock the role of all who hold it there, in one order: two might end the last two at once."""
    same = RoleHolding.objects.open_on(on).filter(
        institution_id=holding.institution_id, access_role=holding.access_role
    )
    list(same.select_for_update(of=["self"]).order_by("pk").values_list("pk"))


def _keep_one(holding, *, on):
    """Decline to end the role of the only coordinator, or of one of the last leads."""
    role = holding.access_role
    if role not in KEPT or holding.contact.user_id is None:
        return
    others = RoleHolding.objects.open_on(on).filter(
        institution=holding.institution, access_role=role, contact__user__isnull=False
    )
    left = others.exclude(pk=holding.pk).count()
    if not left:
        raise LastOfTheirKind(
            _("They are the only one here in that role. Invite somebody else to it first.")
        )
    if left < LEADS_KEPT and role in PARTNER_LEADS and holding.institution.has_joined:
        raise LastOfTheirKind(
            _(
                "An institution that has joined keeps two leads. Invite another lead first, or let "
                "two leads propose together that one stands down."
            )
        )


def _about(contact, access_role, *, by, at):
    return {
        "subject": contact,
        "by": by,
        "at": at,
        "institution": contact.institution,
        "role": access_role,
    }
