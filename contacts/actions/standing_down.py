"""Ending the role of one of the last leads, or of all: by two of them together, never by one."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import Contact, Institution, RoleHolding, StandingDown, User
from contacts.standing import PARTNER_LEADS

from .disputes import require_settled

State = StandingDown.State
PROPOSED, CONFIRMED, DROPPED, NO_LEAD = (
    "contacts.standing_down_proposed",
    "contacts.standing_down_confirmed",
    "contacts.standing_down_dropped",
    "contacts.leads_gone",
)


class NeedsTwoLeads(ValidationError):
    """Nobody but the person themselves leads there, or they only stand in for a lead."""


class StandingDownMovedOn(ValidationError):
    """It was answered before, or whoever it is about leads no more."""


@transaction.atomic
def propose_standing_down(
    *, institution: Institution, contact: Contact | None, by: User, at: datetime
) -> StandingDown:
    """Propose that a lead stands down, or all where there is no ``contact``; tell the others.

    Raises:
        RolesFrozen: it is disputed who leads there.
        NeedsTwoLeads: there is nobody who could confirm it.
        StandingDownMovedOn: that person leads no more.
    """
    require_settled(institution)
    leads = _leads_with_two(institution, by=by, at=at)
    if contact is not None and contact not in leads:
        raise StandingDownMovedOn({"who": _("They are no lead here any more.")})
    made = StandingDown(
        institution=institution, contact=contact, proposed_by=by.contact, proposed_at=at
    )
    made.full_clean()
    made.save()
    _record(PROPOSED, made, by=by, at=at)
    _tell(PROPOSED, made, [lead for lead in leads if lead != by.contact], at)
    return made


@transaction.atomic
def confirm_standing_down(*, proposal: StandingDown, by: User, at: datetime) -> StandingDown:
    """End the role or roles today, as the second lead; if nobody leads then, a coordinator is told.

    Raises:
        NeedsTwoLeads: it is the person who proposed it, or somebody who is no lead themselves.
        RolesFrozen: it is disputed who leads there.
        StandingDownMovedOn: it was answered before.
    """
    proposal = _locked(proposal)
    place = proposal.institution
    require_settled(place)
    leads = _leads_with_two(place, by=by, at=at)
    if by.contact.pk == proposal.proposed_by_id or proposal.proposed_by not in leads:
        raise NeedsTwoLeads(_("Two leads must agree. Whoever proposed it cannot confirm it."))
    _answer(proposal, State.CONFIRMED, by=by, at=at)
    _record(CONFIRMED, proposal, by=by, at=at)
    _tell(CONFIRMED, proposal, leads, at)
    today = localdate(at)
    for holding in list(_holdings(place, on=today)):
        if proposal.contact_id in (None, holding.contact_id):
            _end(holding, by=by, at=at)
    if not _holdings(place, on=today).filter(contact__user__isnull=False).exists():
        _note_that_nobody_leads(proposal, at=at)
    return proposal


@transaction.atomic
def drop_standing_down(*, proposal: StandingDown, by: User, at: datetime) -> StandingDown:
    """Say no to it, or take it back; everybody's role stays as it is."""
    proposal = _locked(proposal)
    _answer(proposal, State.DROPPED, by=by, at=at)
    _record(DROPPED, proposal, by=by, at=at)
    others = leads_of(proposal.institution, on=localdate(at))
    _tell(DROPPED, proposal, [lead for lead in others if lead != by.contact], at)
    return proposal


def _leads_with_two(institution, *, by, at):
    """Return the leads who sign in; lock their roles, for two may answer at once."""
    list(_holdings(institution, on=localdate(at)).select_for_update(of=["self"]))
    leads = leads_of(institution, on=localdate(at))
    if by.contact not in leads:
        raise NeedsTwoLeads(_("That is for the leads themselves, not for who stands in."))
    if len(leads) < 2:
        raise NeedsTwoLeads(
            _("You are the only lead here. Invite another one first; nobody goes alone.")
        )
    return leads


def _holdings(institution, *, on):
    held = RoleHolding.objects.open_on(on).with_role(*PARTNER_LEADS)
    return held.filter(institution=institution).order_by("pk")


def _end(holding, *, by, at):
    holding.held_until = localdate(at)
    holding.save(update_fields=["held_until"])
    about = {"subject": holding.contact, "institution": holding.institution}
    record(
        "contacts.role_ended",
        by=by,
        at=at,
        role=holding.access_role,
        until=holding.held_until,
        **about,
    )


def _note_that_nobody_leads(proposal, *, at):
    place, today = proposal.institution, localdate(at)
    Institution.objects.filter(pk=place.pk).update(leads_ended_on=today)
    record(NO_LEAD, subject=place, by=None, at=at, institution=place)
    _tell(NO_LEAD, proposal, on_rung("coordinator", over=place, on=today), at)


def _locked(proposal):
    return StandingDown.objects.for_action().get(pk=proposal.pk)


def _answer(proposal, state, *, by, at):
    if state not in StandingDown.MOVES[State(proposal.state)]:
        raise StandingDownMovedOn(_("This has moved on. Look at it again."))
    proposal.state, proposal.answered_by, proposal.answered_at = state, by.contact, at
    proposal.full_clean()
    proposal.save()


def _record(code, proposal, *, by, at):
    place = proposal.institution
    record(code, subject=proposal, by=by, at=at, institution=place, contact=proposal.contact_id)


def _tell(kind, proposal, people, at):
    for recipient in to_people(people):
        schedule(kind, about=proposal, recipient=recipient, occurrence=at, due_at=at, at=at)
