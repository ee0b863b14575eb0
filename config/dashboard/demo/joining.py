"""How the demo's institutions join, or how far they have come."""

from datetime import timedelta

from django.utils.timezone import localdate

from contacts.models import RoleType
from partnerships.actions import agreements, joining
from partnerships.actions.partnerships import invite_partner
from partnerships.forms.joining import AgreementForm
from partnerships.models import Side

DAY = timedelta(days=1)
LEADS = ("imam", "chair")


def join(home, *, days, coordinator, at):
    """Go the whole way, from the checks to the last name; a renewal follows within the year."""
    check(home, coordinator=coordinator, at=at)
    talk(home, at=at)
    sign(home, draft(home, days=days, at=at), at=at)
    later = at + 350 * DAY
    sign(home, draft(home, days=days, at=later), at=later)


def stop_at(settler, home, stage, *, number, coordinator, at):
    """Ask to join, or be left out, and stop where the cast says."""
    partnership, sergeant = home.partnership, home.team.sergeant
    if stage == "declined":
        until = localdate(at) + 700 * DAY
        joining.leave_alone(partnership=partnership, until=until, by=sergeant, at=at)
        return
    joining.record_application(partnership=partnership, by=home.team.officers[0], at=at)
    if stage == "applied":
        _check(home, "in_person", by=sergeant, at=at)
        return
    check(home, coordinator=coordinator, at=at)
    for place, role in enumerate(LEADS):
        invitation = invite_partner(
            partnership=partnership,
            name=next(settler.men),
            email=f"{role}{place}@place{number:02}.example",
            access_role="mosque_lead",
            role_type=RoleType.objects.get(code=role),
            by=coordinator,
            at=at,
        )
        if stage != "verified":
            email = invitation.email
            home.people.append(settler.accept(invitation.contact, email, named=True, at=at))
    if stage in ("met", "agreement_drafted"):
        talk(home, at=at)
    if stage == "agreement_drafted":
        agreement = draft(home, days=90, at=at)
        _sign(agreement, home.lead, side=Side.INSTITUTION, at=at)


def check(home, *, coordinator, at):
    for kind in ("register", "phone_back"):
        _check(home, kind, by=coordinator, at=at)
    _check(home, "in_person", by=home.team.sergeant, at=at)


def _check(home, kind, *, by, at):
    joining.record_check(
        partnership=home.partnership,
        kind=kind,
        register_number=f"10{home.partnership.pk:05}" if kind == "register" else "",
        checked_on=localdate(at),
        by=by,
        at=at,
    )


def talk(home, *, at):
    for lead in home.people[:2]:
        joining.confirm_limits(
            partnership=home.partnership,
            officer=home.team.sergeant.contact,
            held_on=localdate(at),
            by=lead,
            at=at,
        )


def draft(home, *, days, at):
    """Draft the usual words; an umbrella body and its police also agree how often they meet."""
    is_body = home.partnership.institution.kind == "umbrella_body"
    meetings = {"senior_months": 6, "working_months": 1} if is_body else {}
    return agreements.draft_agreement(
        partnership=home.partnership,
        parts=AgreementForm.usual_words(),
        cadence_days=days,
        review_on=localdate(at) + 360 * DAY,
        side=Side.POLICE,
        by=home.team.sergeant,
        at=at,
        **meetings,
    )


def sign(home, agreement, *, at):
    for lead in home.people[:2]:
        _sign(agreement, lead, side=Side.INSTITUTION, at=at)
    _sign(agreement, home.team.inspector, side=Side.POLICE, at=at)


def _sign(agreement, by, *, side, at):
    agreements.sign_agreement(agreement=agreement, version=1, side=side, by=by, at=at)
