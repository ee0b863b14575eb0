"""The way from "we would like to join" to the day on which an agreement can be drafted."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, User
from partnerships.models import JoiningCheck, LimitsTalk, Partnership

from .notices import tell_institution, tell_rung
from .partnerships import (
    LEADS_NEEDED,
    PartnershipMovedOn,
    lock_partnership,
    move_partnership,
    record_turn,
)

State = Partnership.State
Kind = JoiningCheck.Kind


class CheckedByOne(ValidationError):
    """All three checks by one person prove no more than one does."""


class NoNumberToRing(ValidationError):
    """There is no published number, so nobody can ring back."""


class NotOnThatDay(ValidationError):
    """The day has not come, or is too long ago."""


@transaction.atomic
def record_application(*, partnership: Partnership, by: User, at: datetime) -> Partnership:
    """Note that the mosque asked to join, by telephone, on paper or to an officer's face.

    Raises:
        PartnershipMovedOn: it was invited or asked before, or has joined.
    """
    partnership = lock_partnership(partnership)
    partnership.left_alone_until = None
    move_partnership(partnership, State.APPLIED, at=at)
    record_turn("partnership_applied", partnership, by=by, at=at)
    tell_rung("coordinator", "partnership_applied", partnership, at=at)
    return partnership


@transaction.atomic
def leave_alone(*, partnership: Partnership, until: date, by: User, at: datetime) -> Partnership:
    """Leave out a mosque that asked for it: no reason, and no invitation before ``until``.

    Raises:
        PartnershipMovedOn: it has joined, and would pause or leave instead.
        NotOnThatDay: the day has passed.
    """
    partnership = lock_partnership(partnership)
    if until <= localdate(at):
        raise NotOnThatDay({"until": _("The day must be in the future.")})
    partnership.left_alone_until = until
    move_partnership(partnership, State.DECLINED, at=at)
    record_turn("partnership_left_alone", partnership, by=by, at=at, until=until)
    return partnership


@transaction.atomic
def record_check(
    *,
    partnership: Partnership,
    kind: str,
    checked_on: date,
    register_number: str = "",
    by: User,
    at: datetime,
) -> JoiningCheck:
    """Record one of the three checks; with the third, by two people at least, it is verified.

    A call back is kept with the published number that was rung.

    Raises:
        PartnershipMovedOn: nobody asked or was invited, or the checks are done.
        CheckedByOne: the last check must be somebody else's.
        NoNumberToRing: the institution has no published number.
        NotOnThatDay: the day has not come.
    """
    partnership = lock_partnership(partnership)
    if partnership.state not in (State.INVITED, State.APPLIED):
        raise PartnershipMovedOn(_("Checks are made once a mosque was invited or asked to join."))
    if checked_on > localdate(at):
        raise NotOnThatDay({"checked_on": _("The day must not be in the future.")})
    check = JoiningCheck(
        partnership=partnership,
        institution=partnership.institution,
        kind=kind,
        reference=_reference(partnership, kind, register_number.strip()),
        checked_on=checked_on,
        checked_by=by.contact,
    )
    others = list(partnership.checks.exclude(kind=kind))
    _require_two_people([*others, check])
    check.full_clean()
    check.save()
    record_turn("check_recorded", partnership, by=by, at=at, kind=kind)
    if len(others) + 1 == len(Kind):
        move_partnership(partnership, State.VERIFIED, at=at)
        record_turn("partnership_verified", partnership, by=by, at=at)
        tell_institution("partnership_verified", partnership, at=at)
    return check


def _reference(partnership, kind, register_number):
    if kind == Kind.REGISTER:
        if not register_number:
            raise ValidationError({"register_number": _("Enter the number in the register.")})
        return register_number
    if kind == Kind.PHONE_BACK:
        if not partnership.institution.public_phone:
            raise NoNumberToRing(
                {"kind": _("Enter the published number of the institution first, then ring it.")}
            )
        return partnership.institution.public_phone
    return ""


def _require_two_people(checks):
    if len(checks) == len(Kind) and len({check.checked_by_id for check in checks}) == 1:
        raise CheckedByOne(
            _("You made the other two checks. Somebody else must make the third and record it.")
        )


@transaction.atomic
def confirm_limits(
    *, partnership: Partnership, officer: Contact, held_on: date, by: User, at: datetime
) -> LimitsTalk:
    """Let a lead say that they went through "What this portal can't promise" with an officer.

    Raises:
        PartnershipMovedOn: the mosque is not verified yet, or the partnership has ended.
        NotOnThatDay: the day has not come.
    """
    partnership = lock_partnership(partnership)
    if not partnership.is_verified:
        raise PartnershipMovedOn(_("The three checks come first."))
    if partnership.state == State.ENDED:
        raise PartnershipMovedOn(_("This partnership has ended."))
    if held_on > localdate(at):
        raise NotOnThatDay({"held_on": _("The day must not be in the future.")})
    talk = LimitsTalk(
        partnership=partnership,
        institution=partnership.institution,
        lead=by.contact,
        officer=officer,
        held_on=held_on,
    )
    talk.full_clean()
    talk.save()
    record_turn("limits_confirmed", partnership, by=by, at=at, officer=officer.pk, held_on=held_on)
    if partnership.state == State.VERIFIED and partnership.limits_talks.count() >= LEADS_NEEDED:
        move_partnership(partnership, State.MET, at=at)
        record_turn("partnership_met", partnership, by=by, at=at)
    return talk
