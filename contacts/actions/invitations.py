"""The way in: an invitation, its token, and what follows when somebody accepts it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from contacts.models import (
    Contact,
    Institution,
    Invitation,
    Language,
    OfficerProfile,
    Preferences,
    RoleHolding,
    User,
)
from contacts.standing import PARTNER_LEADS, PARTNER_ROLES

from .accounts import reopen_account
from .disputes import require_settled
from .sharing import record_naming

KIND = "contacts.invitation"
LIVES = timedelta(days=14)
ON_CARDS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class InvitationNotOpen(ValidationError):
    """The invitation was accepted, withdrawn or replaced, or its time is over."""


class InvitationNotYours(ValidationError):
    """The account has another address than the one that was invited."""


class InvitedAlready(ValidationError):
    """An invitation to that address is open at the same institution."""


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def code_on_card() -> str:
    """Make a token of 59 bits that somebody can type: no letter that looks like a figure."""
    return "".join(secrets.choice(ON_CARDS) for _place in range(12))


@transaction.atomic
def open_way_in(*, contact: Contact, email: str, by: User | None, at: datetime) -> Invitation:
    """Invite ``contact`` to make an account under ``email``; the mail carries the only token.

    Raises:
        InvitedAlready: an open invitation to that address waits at the institution.
    """
    waiting = Invitation.objects.open_at(at).filter(
        institution=contact.institution, email__iexact=email
    )
    if waiting.exists():
        raise InvitedAlready({"email": _("An invitation to that address is waiting already.")})
    reopen_account(email=email, by=by, at=at)
    invitation = Invitation(
        institution=contact.institution,
        contact=contact,
        email=email.lower(),
        invited_by=by and by.contact,
        invited_at=at,
        expires_at=at + LIVES,
    )
    _send(invitation, at=at)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User | None, at: datetime) -> Invitation:
    """Send a new link and let the old one die; the time to accept begins anew.

    Raises:
        InvitationNotOpen: it was accepted or withdrawn.
    """
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.ended_at:
        raise InvitationNotOpen(_("This invitation is not open any more."))
    cancel(about=invitation, at=at)
    invitation.expires_at = at + LIVES
    _send(invitation, at=at)
    _record("resent", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def print_card(*, invitation: Invitation, language: Language | None, by: User, at: datetime) -> str:
    """Return the code of a card to hand over; every older link or card dies.

    ``language`` is that of the person, for the mail that follows. Who comes by a card has not
    shown yet that the address is theirs.

    Raises:
        InvitationNotOpen: it was accepted or withdrawn.
    """
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.ended_at:
        raise InvitationNotOpen(_("This invitation is not open any more."))
    cancel(about=invitation, at=at)
    code = code_on_card()
    invitation.token_digest, invitation.by_card = digest_of(code), True
    invitation.expires_at = at + LIVES
    invitation.full_clean()
    invitation.save()
    invitation.contact.language = language
    invitation.contact.save(update_fields=["language"])
    _record("card_printed", invitation, by=by, at=at)
    return code


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """End the invitation, and the role that it offered.

    Raises:
        InvitationNotOpen: it was accepted or withdrawn.
    """
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.ended_at:
        raise InvitationNotOpen(_("This invitation is not open any more."))
    invitation.ended_at = at
    invitation.save(update_fields=["ended_at"])
    today = localdate(at)
    invitation.contact.holdings.filter(held_until=None).update(held_until=today)
    cancel(about=invitation, at=at)
    _record("withdrawn", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, user: User, named: bool, at: datetime
) -> Invitation:
    """Give ``user`` the role that the invitation offers.

    ``named`` says whether the person agrees to be named to the other side; officers always are.
    Somebody who has a place in the portal already keeps it and gets the role in addition.

    Raises:
        InvitationNotOpen: it is closed, or its time is over.
        InvitationNotYours: it was sent to another address.
        RolesFrozen: it is disputed who leads there.
    """
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.ended_at or invitation.expires_at <= at:
        raise InvitationNotOpen(_("This invitation is not open any more."))
    if user.email.lower() != invitation.email.lower():
        raise InvitationNotYours(_("This invitation is for another e-mail address than yours."))
    require_settled(invitation.institution)
    contact = _settle_person(invitation.contact, user, on=localdate(at))
    contact.save()
    if named and not contact.name_agreed_on:
        record_naming(contact=contact, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    cancel(about=invitation, at=at)
    _note_that_somebody_leads(invitation, contact)
    _give_preferences(user, contact)
    _record("accepted", invitation, by=user, at=at, named=bool(contact.name_agreed_on))
    return invitation


def _send(invitation, *, at):
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.by_card = digest_of(token), False
    invitation.full_clean()
    invitation.save()
    schedule(
        KIND,
        about=invitation,
        recipient=To.address(invitation),
        occurrence=at,
        due_at=at,
        at=at,
        secret=token,
        give_up_at=invitation.expires_at,
    )


def _locked(invitation):
    return (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("contact__institution", "institution")
        .get(pk=invitation.pk)
    )


def _settle_person(invited: Contact, user: User, *, on) -> Contact:
    """Return the person of ``user``: the invited one, or the one that the account had before."""
    known = Contact.objects.filter(user=user).first()
    if known is None:
        invited.user = user
        return invited
    held = RoleHolding.objects.open_on(on).filter(contact=known)
    if not held.exists():
        known.institution = invited.institution  # they have moved house altogether
        known.shown_role = invited.shown_role
        OfficerProfile.objects.filter(contact=known).update(institution=invited.institution)
    have = set(held.values_list("institution_id", "access_role"))
    for holding in RoleHolding.objects.filter(contact=invited, held_until=None):
        if (holding.institution_id, holding.access_role) in have:
            holding.held_until = on
        else:
            holding.contact = known
        holding.save()
    return known


def _note_that_somebody_leads(invitation, contact):
    place = invitation.institution
    held = RoleHolding.objects.filter(contact=contact, institution=place, held_until=None)
    if place.leads_ended_on and held.filter(access_role__in=PARTNER_LEADS).exists():
        Institution.objects.filter(pk=place.pk).update(leads_ended_on=None)


def _give_preferences(user: User, contact: Contact) -> None:
    """Begin with the digest of the person's side: police Monday 08:00, partners Thursday 09:00."""
    is_partner = contact.holdings.filter(access_role__in=PARTNER_ROLES).exists()
    weekday, hour = (3, 9) if is_partner else (0, 8)
    Preferences.objects.get_or_create(
        user=user, defaults={"digest_weekday": weekday, "digest_hour": hour}
    )


def _record(verb, invitation, *, by, at, **details):
    record(
        f"contacts.invitation_{verb}",
        subject=invitation,
        by=by,
        at=at,
        institution=invitation.institution,
        contact=invitation.contact_id,
        **details,
    )
