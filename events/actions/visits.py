"""Logging that a visit happened: the fact of it, without a word of free text."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.london import at_local
from config.outbox.actions import cancel, schedule
from config.outbox.quiet import next_allowed
from contacts.models import Contact, User
from contacts.presenters import officer_of
from events.addressees import answerers
from events.models import Attendance, Engagement, EngagementKind, EngagementParty, EngagementRequest
from partnerships.actions.partnerships import note_contact
from partnerships.models import Partnership, Side

from .reminders import remind_to_finish
from .request_states import lock_visit, request_held

State = Engagement.State
LOGGED = "events.visit_logged"
FURTHEST_BACK = timedelta(days=366)
TELL_AT = time(18)


class PartnershipPaused(ValidationError):
    """The partnership is paused or has ended; only support and safety go on."""


class NotPlanned(ValidationError):
    """The planned visit was held or cancelled meanwhile."""


def _once_a_draft(action):
    """Let the second of two taps at once return what the first one made."""

    @wraps(action)
    def log(**given):
        try:
            return action(**given)
        except IntegrityError:
            found = _logged_before(given["partnership"], given.get("client_draft"), by=given["by"])
            if found is None:
                raise
            return found

    return log


@_once_a_draft
@transaction.atomic
def log_visit(
    *,
    partnership: Partnership,
    kind: str,
    purposes: Iterable[str],
    on: date,
    starts: time,
    duration_minutes: int,
    initiated_by: str,
    side: str,
    officers: Iterable[Contact],
    by: User,
    at: datetime,
    in_uniform: bool = True,
    planned: Engagement | None = None,
    unannounced: str = "",
    client_draft: UUID | None = None,
) -> Engagement:
    """Record that a visit was held, and tell the other side of one that was not planned.

    ``on`` and ``starts`` are London wall-clock. A ``planned`` visit becomes held and keeps its
    kind and purposes, which were declared beforehand. The same ``client_draft`` is logged once:
    sending the form again returns what the first time made.

    Raises:
        PartnershipPaused: nothing new may be recorded.
        NotPlanned: the planned visit was held or cancelled meanwhile.
        ValidationError: not past, no purpose, or a drop-in that does not say why.
    """
    visit = lock_visit(planned) if planned else Engagement(was_planned=False)
    if found := _logged_before(partnership, client_draft, by=by):
        return found
    require_not_paused(partnership)
    if planned:
        _require_planned(visit)
    else:
        visit.institution, visit.partnership = partnership.institution, partnership
        visit.kind, visit.purposes, visit.unannounced = kind, list(purposes), unannounced
        visit.initiated_by, visit.logged_side = initiated_by, side
        visit.lead_unit = _unit(partnership, side, by)
        visit.logged_by, visit.logged_at = by.contact, at
        _require_declared(visit)
    visit.state, visit.client_draft = State.HELD, client_draft
    visit.held_recorded_by, visit.held_recorded_at = by.contact, at
    visit.on, visit.starts, visit.duration_minutes = on, starts, duration_minutes
    visit.starts_at = _past_instant(on, starts, at=at)
    _check(visit)
    visit.save()
    _set_officers(visit, list(officers), in_uniform=in_uniform)
    if not planned:
        EngagementParty.objects.create(
            institution=visit.institution, engagement=visit, partnership=partnership
        )
    note_contact(visit.partnership, on=on)
    if visit.request and visit.request.state == EngagementRequest.State.SCHEDULED:
        request_held(request=visit.request, by=by, at=at)
    record(
        LOGGED,
        subject=visit,
        by=by,
        at=at,
        institution=visit.institution,
        on=on,
        kind=str(visit.kind),
        side=str(side),
        planned=bool(planned),
    )
    _promise_mail(visit, side, by=by, at=at)
    return visit


@transaction.atomic
def join_visit(
    *, engagement: Engagement, by: User, at: datetime, in_uniform: bool = True
) -> Engagement:
    """Add the officer to a visit that a colleague logged. Joining twice is joining once.

    Raises:
        ValidationError: the visit was cancelled.
    """
    visit = Engagement.objects.for_action().get(pk=engagement.pk)
    if visit.state != State.HELD:
        raise NotPlanned(_("That visit is not in the record any more. Log yours."))
    _made, is_new = Attendance.objects.get_or_create(
        engagement=visit,
        officer=by.contact,
        defaults={"institution": visit.institution, "in_uniform": in_uniform},
    )
    if is_new:
        record("events.visit_joined", subject=visit, by=by, at=at, institution=visit.institution)
    return visit


def _logged_before(partnership, client_draft, *, by):
    if client_draft is None:
        return None
    return Engagement.objects.filter(
        institution=partnership.institution, client_draft=client_draft, held_recorded_by=by.contact
    ).first()


def require_not_paused(partnership):
    states, name = Partnership.State, partnership.institution.name
    if partnership.state == states.ENDED:
        raise PartnershipPaused(
            _("The partnership with %(name)s has ended, so nothing new is recorded.")
            % {"name": name}
        )
    if partnership.is_paused:
        raise PartnershipPaused(
            _(
                "The partnership with %(name)s is paused, so no visit is recorded. "
                "Support and safety stay open: ring, or ring 101."
            )
            % {"name": name}
        )


def _require_planned(visit):
    if State.HELD not in Engagement.MOVES[State(visit.state)]:
        raise NotPlanned(
            _("This visit is now “%(state)s”. Look at it again.")
            % {"state": visit.get_state_display()}
        )


RELATIONS = [field.name for field in Engagement._meta.concrete_fields if field.is_relation]


def _check(visit):
    """Look at the values only: the keys come from loaded rows, and nobody on a phone should wait.

    The database holds the named constraints, and ``ActionView`` shows what they say.
    """
    visit.clean_fields(exclude=RELATIONS)
    visit.clean()


def _unit(partnership, side, by):
    """Return the unit that came: an officer's own, which need not be the one that serves here."""
    home = by.contact.institution
    if side == Side.POLICE and home.is_police and home.unit_function:
        return home
    return partnership.police_unit


def _require_declared(visit):
    if not visit.purposes:
        raise ValidationError({"purposes": _("Select what the visit was for.")})
    if visit.kind == EngagementKind.DROP_IN and not visit.unannounced:
        raise ValidationError({"unannounced": _("Select why you came unannounced.")})


def _past_instant(on, starts, *, at):
    moment = at_local(on, starts)
    if moment > at:
        field = "on" if on > localdate(at) else "starts"
        raise ValidationError({field: _("A visit cannot be logged before it happens.")})
    if moment < at - FURTHEST_BACK:
        raise ValidationError({"on": _("Enter a day within the last year.")})
    return moment


def _set_officers(visit, officers, *, in_uniform):
    """Keep who came, whoever had been expected. Nobody but officers is ever listed."""
    if not all(map(officer_of, officers)):
        raise ValidationError({"officers": _("Only officers are listed by name.")})
    if visit.was_planned:
        visit.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            institution=visit.institution, engagement=visit, officer=officer, in_uniform=in_uniform
        )
        for officer in dict.fromkeys(officers)
    )


def _same_day(at):
    """Six in the evening, or an hour on: a note that leaves before then says it in one mail.

    At once where an hour on is night already, so that it still leaves on the day.
    """
    due_at = max(at_local(localdate(at), TELL_AT), at + timedelta(hours=1))
    return due_at if localdate(next_allowed(due_at)) == localdate(at) else at


def _promise_mail(visit, side, *, by, at):
    """Tell the other side of a visit that was not planned; remind one's own of the note."""
    if visit.was_planned:
        cancel(about=visit, at=at)  # what its mail announces has happened
    if not visit.partnership.takes_new_work:
        return
    if not visit.was_planned:
        for recipient in answerers(visit.partnership, Side(side).other, on=localdate(at)):
            schedule(
                LOGGED, about=visit, recipient=recipient, occurrence=1, due_at=_same_day(at), at=at
            )
    remind_to_finish(visit, side=side, who=by.contact, at=at)
