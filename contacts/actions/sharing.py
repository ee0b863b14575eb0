"""What a mosque permits beyond its partnership; given and withdrawn in one step, by the mosque."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.outbox.kinds import To
from contacts.ladder import leads_of
from contacts.mail import to_people
from contacts.models import Contact, Institution, Membership, SharingPermission, User

Kind = SharingPermission.Kind
LONGEST = timedelta(days=366)


class GivenAlready(ValidationError):
    """That permission stands already, for some of those days at least."""


class CannotBeLetIn(ValidationError):
    """That institution is none to which this permission could be given."""


class NotTheirsToGive(ValidationError):
    """Whether somebody is named is for that person alone to say."""


class NotThatLong(ValidationError):
    """The days lie in the past, or further off than a year."""


class WithdrawnAlready(ValidationError):
    """It was withdrawn, or its time is over."""


@transaction.atomic
def give_permission(
    *,
    institution: Institution,
    kind: str,
    by: User,
    at: datetime,
    grantee: Institution | None = None,
) -> SharingPermission:
    """Give one permission from today until it is withdrawn: listed, umbrella or publicity.

    Raises:
        GivenAlready: it stands.
        CannotBeLetIn: the institution is no member of that umbrella body.
    """
    today = localdate(at)
    if kind == Kind.UMBRELLA:
        _require_membership(institution, grantee, on=today)
    return _give(institution, kind, grantee=grantee, valid_from=today, by=by.contact, at=at)


@transaction.atomic
def invite_unit(
    *,
    institution: Institution,
    unit: Institution,
    valid_from: date,
    valid_until: date,
    by: User,
    at: datetime,
) -> SharingPermission:
    """Let one police unit read the institution's record, from a day until a day (excluded).

    The other leads hear of it, and so does the unit.

    Raises:
        CannotBeLetIn: that unit is none that has to be invited.
        NotThatLong: the days are over, or more than a year.
        GivenAlready: that unit is invited for some of those days.
    """
    today = localdate(at)
    if not unit.is_invited_unit or unit.force_id != institution.force_id or unit.ended_on:
        raise CannotBeLetIn({"unit": _("Select one of the units that are offered.")})
    if valid_from < today:
        raise NotThatLong({"valid_from": _("The first day must not be in the past.")})
    if valid_until <= valid_from:
        raise NotThatLong({"valid_until": _("The last day must not come before the first.")})
    if valid_until - valid_from > LONGEST:
        raise NotThatLong({"valid_until": _("Choose a year at most; you can invite them again.")})
    permission = _give(
        institution,
        Kind.INVITED_UNIT,
        grantee=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        by=by.contact,
        at=at,
    )
    _tell("contacts.unit_invited", permission, at=at)
    return permission


@transaction.atomic
def agree_to_be_named(*, contact: Contact, by: User, at: datetime) -> SharingPermission:
    """Let the other side read a person's name from now on; only the person can say so.

    Raises:
        NotTheirsToGive: it is somebody else.
        GivenAlready: they are named.
    """
    if by.contact != contact:
        raise NotTheirsToGive(_("Only they themselves can agree to be named."))
    return record_naming(contact=contact, at=at)


@transaction.atomic
def record_naming(*, contact: Contact, at: datetime) -> SharingPermission:
    """Keep that a person agreed to be named, said just now by the person themselves."""
    today = localdate(at)
    place = contact.institution
    permission = _give(place, Kind.NAMING, contact=contact, valid_from=today, by=contact, at=at)
    contact.name_agreed_on = contact.name_agreed_on or today
    contact.save(update_fields=["name_agreed_on"])
    return permission


@transaction.atomic
def stop_naming(*, contact: Contact, by: User, at: datetime) -> Contact:
    """Show a person as their role again, everywhere and at once.

    Raises:
        WithdrawnAlready: they are not named.
    """
    contact = Contact.objects.select_for_update(of=["self"]).get(pk=contact.pk)
    if not contact.is_named:
        raise WithdrawnAlready(_("They are not named."))
    contact.name_agreed_on = None
    contact.save(update_fields=["name_agreed_on"])
    for permission in _open(contact.institution, Kind.NAMING, contact=contact, on=localdate(at)):
        _withdraw(permission, by=by, at=at)
    record(
        "contacts.naming_stopped", subject=contact, by=by, at=at, institution=contact.institution
    )
    return contact


@transaction.atomic
def withdraw_permission(
    *, permission: SharingPermission, by: User, at: datetime
) -> SharingPermission:
    """Take a permission back; whoever was let in sees nothing from the next page on.

    Raises:
        WithdrawnAlready: it was withdrawn, or its time is over.
    """
    permission = SharingPermission.objects.select_for_update(of=["self"]).get(pk=permission.pk)
    over = permission.valid_until and permission.valid_until <= localdate(at)
    if permission.withdrawn_at or over:
        raise WithdrawnAlready(_("That permission does not stand any more."))
    _withdraw(permission, by=by, at=at)
    if permission.kind == Kind.INVITED_UNIT:
        _tell("contacts.unit_uninvited", permission, at=at)
    return permission


def _require_membership(institution, umbrella, *, on):
    member = Membership.objects.open_on(on).filter(umbrella=umbrella, member=institution)
    if umbrella is None or not member.exists():
        raise CannotBeLetIn({"grantee": _("Select an umbrella body of which you are a member.")})


def _open(institution, kind, *, on, **whom):
    rows = SharingPermission.objects.of_kind(kind).given_by_place(institution)
    return rows.not_over(on=on).filter(**whom)


def _give(institution, kind, *, valid_from, by, at, valid_until=None, **whom):
    # Two leads might press at once: whoever comes second finds the first one's row.
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    standing = _open(institution, kind, on=valid_from, **whom)
    if valid_until is not None:
        standing = standing.filter(valid_from__lt=valid_until)
    if standing.exists():
        raise GivenAlready(_("That permission stands already. Withdraw it first to change it."))
    permission = SharingPermission(
        institution=institution,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
        given_at=at,
        given_by=by,
        **whom,
    )
    permission.full_clean()
    permission.save()
    _record("contacts.permission_given", permission, by=by.user, at=at)
    return permission


def _withdraw(permission, *, by, at):
    permission.withdrawn_at, permission.withdrawn_by = at, by.contact
    permission.full_clean()
    permission.save()
    _record("contacts.permission_withdrawn", permission, by=by, at=at)


def _record(code, permission, *, by, at):
    record(
        code,
        subject=permission,
        by=by,
        at=at,
        institution=permission.institution,
        kind=permission.kind,
        grantee=permission.grantee_id,
        contact=permission.contact_id,
        until=permission.valid_until,
    )


def _tell(letter, permission, *, at):
    recipients = to_people(leads_of(permission.institution, on=localdate(at)))
    if permission.grantee.inbox_email:
        recipients.append(To.inbox(permission.grantee))
    for recipient in recipients:
        schedule(letter, about=permission, recipient=recipient, occurrence=at, due_at=at, at=at)
