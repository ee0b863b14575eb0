"""Leadership that is disputed: said by two, told in the same words to all, settled by others."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Contact, Institution, LeadershipDispute, User

State = LeadershipDispute.State


class RolesFrozen(ValidationError):
    """Who leads there is being settled, so nobody's role changes."""


class DisputeMovedOn(ValidationError):
    """It is not in a state from which this can happen."""


class NeedsTheOther(ValidationError):
    """A coordinator and an inspector must both say so."""


def require_settled(institution: Institution) -> None:
    """Decline a change of roles while it is disputed who leads. One query.

    Raises:
        RolesFrozen: it is.
    """
    if LeadershipDispute.objects.standing_at(institution).exists():
        raise RolesFrozen(
            _(
                "Who leads here is being settled. Until then nobody’s role changes; "
                "everything else goes on."
            )
        )


@transaction.atomic
def report_dispute(
    *, institution: Institution, reported_as: str, by: User, at: datetime
) -> LeadershipDispute:
    """Say, after two reports that do not depend on each other, that leadership is disputed.

    Nothing happens before the other one of coordinator and inspector confirms it.

    Raises:
        ValidationError: it is reported already.
    """
    dispute = LeadershipDispute(
        institution=institution, reported_as=reported_as, reported_by=by.contact, reported_at=at
    )
    dispute.full_clean()
    dispute.save()
    _record("reported", dispute, by=by, at=at)
    other = LeadershipDispute.Reporter(reported_as).other
    _tell(
        "contacts.dispute_reported", dispute, on_rung(other, over=institution, on=localdate(at)), at
    )
    return dispute


@transaction.atomic
def confirm_dispute(*, dispute: LeadershipDispute, by: User, at: datetime) -> LeadershipDispute:
    """Let it stand: roles are frozen, and everybody there is told in the same words.

    Raises:
        DisputeMovedOn: it was confirmed, dropped or settled before.
        NeedsTheOther: it is the person who reported it.
    """
    dispute = _locked(dispute)
    if dispute.reported_by_id == by.contact.pk:
        raise NeedsTheOther(_("You reported it. Somebody else must confirm it."))
    dispute.confirmed_by, dispute.confirmed_at = by.contact, at
    _move(dispute, State.STANDS)
    _record("confirmed", dispute, by=by, at=at)
    _tell_everybody("contacts.leadership_disputed", dispute, at=at)
    return dispute


@transaction.atomic
def drop_dispute(*, dispute: LeadershipDispute, by: User, at: datetime) -> LeadershipDispute:
    """Give up what nobody confirmed."""
    dispute = _locked(dispute)
    dispute.ended_by, dispute.ended_at = by.contact, at
    _move(dispute, State.DROPPED)
    _record("dropped", dispute, by=by, at=at)
    return dispute


@transaction.atomic
def lift_dispute(
    *, dispute: LeadershipDispute, ground: str, by: User, at: datetime
) -> LeadershipDispute:
    """End it, on the word of the regulator, a court or both groups; roles can change again.

    Raises:
        DisputeMovedOn: it does not stand.
    """
    dispute = _locked(dispute)
    dispute.ground, dispute.ended_by, dispute.ended_at = ground, by.contact, at
    _move(dispute, State.LIFTED)
    _record("lifted", dispute, by=by, at=at, ground=ground)
    _tell_everybody("contacts.leadership_settled", dispute, at=at)
    return dispute


def _locked(dispute):
    return LeadershipDispute.objects.for_action().get(pk=dispute.pk)


def _move(dispute, state):
    if state not in LeadershipDispute.MOVES[State(dispute.state)]:
        raise DisputeMovedOn(_("This has moved on. Look at it again."))
    dispute.state = state
    dispute.full_clean()
    dispute.save()


def _record(verb, dispute, *, by, at, **details):
    record(
        f"contacts.dispute_{verb}",
        subject=dispute,
        by=by,
        at=at,
        institution=dispute.institution,
        **details,
    )


def _tell_everybody(letter, dispute, *, at):
    """Tell all who have an account there, and the police who handle it: one letter for all."""
    today, place = localdate(at), dispute.institution
    people = list(Contact.objects.with_account_at(place).order_by("pk"))
    for rung in LeadershipDispute.Reporter.values:
        people += on_rung(rung, over=place, on=today)
    _tell(letter, dispute, people, at)


def _tell(letter, dispute, people, at):
    for recipient in to_people(people):
        schedule(letter, about=dispute, recipient=recipient, occurrence=at, due_at=at, at=at)
