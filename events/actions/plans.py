"""Visits that are planned, moved and called off; each change is told to both sides with a file."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.london import at_local
from config.outbox.actions import cancel, schedule
from contacts.models import Contact, OfficerProfile, User, WeeklyTime
from events.addressees import everybody_at
from events.calendars.busy_windows import BusyWindow, clash
from events.models import Attendance, Engagement, EngagementParty, EngagementRequest, RequestStep
from partnerships.models import Partnership

from .reminders import UNRECORDED, remind_to_record
from .request_states import lock_visit, note_step, request_unscheduled

State = Engagement.State
PLANNED, MOVED, CANCELLED = (
    "events.visit_planned",
    "events.visit_moved",
    "events.visit_cancelled",
)
FURTHEST = timedelta(days=366)


class PartnershipNotOpen(ValidationError):
    """The partnership takes no new work."""


class NotPlanned(ValidationError):
    """The visit was held or cancelled meanwhile."""


@transaction.atomic
def plan_visit(
    *,
    partnership: Partnership,
    kind: str,
    purposes: Iterable[str],
    on: date,
    starts: time,
    duration_minutes: int,
    initiated_by: str,
    side: str,
    by: User,
    at: datetime,
    officers: Iterable[Contact] = (),
    topics: Iterable[str] = (),
    place: str = "",
    funding: str = "",
    request: EngagementRequest | None = None,
    invited_at_busy_time: bool = False,
) -> Engagement:
    """Put a visit in both calendars, its purpose, unit and funding declared beforehand.

    ``on`` and ``starts`` are London wall-clock. ``funding`` says who pays, where money or equipment
    is involved.

    Raises:
        PartnershipNotOpen: not joined, paused or ended.
        ValidationError: in the past, at a busy time without an invitation, or nothing declared.
    """
    require_open(partnership)
    purposes, officers = list(purposes), list(dict.fromkeys(officers))
    if not purposes:
        raise ValidationError({"purposes": _("Select what the visit is for.")})
    engagement = Engagement(
        institution=partnership.institution,
        partnership=partnership,
        request=request,
        lead_unit=partnership.police_unit,
        kind=kind,
        purposes=purposes,
        topics=list(topics),
        initiated_by=initiated_by,
        state=State.PLANNED,
        was_planned=True,
        place=place,
        funding=funding,
        logged_side=side,
        logged_by=by.contact,
        logged_at=at,
    )
    _set_time(engagement, on, starts, duration_minutes, invited=invited_at_busy_time, at=at)
    engagement.full_clean()
    engagement.save()
    EngagementParty.objects.create(
        institution=partnership.institution, engagement=engagement, partnership=partnership
    )
    _expect(engagement, officers)
    _note(engagement, "planned", PLANNED, by=by, at=at)
    return engagement


@transaction.atomic
def move_visit(
    *,
    engagement: Engagement,
    on: date,
    starts: time,
    duration_minutes: int,
    side: str,
    by: User,
    at: datetime,
    invited_at_busy_time: bool = False,
) -> Engagement:
    """Move a planned visit to another time.

    Raises:
        NotPlanned: it was held or cancelled meanwhile.
        ValidationError: the time it has, in the past, or at a busy time without an invitation.
    """
    engagement = _lock_planned(engagement)
    require_open(engagement.partnership)
    now = (engagement.on, engagement.starts, engagement.duration_minutes)
    if (on, starts, duration_minutes) == now:
        raise ValidationError({"on": _("That is the time it has now.")})
    _set_time(engagement, on, starts, duration_minutes, invited=invited_at_busy_time, at=at)
    engagement.calendar_sequence += 1
    engagement.full_clean()
    engagement.save()
    if engagement.request:
        note_step(engagement.request, RequestStep.Move.MOVED, side=side, by=by, at=at)
    _note(engagement, "moved", MOVED, by=by, at=at)
    return engagement


@transaction.atomic
def cancel_visit(
    *, engagement: Engagement, reason: str, side: str, by: User, at: datetime
) -> Engagement:
    """Call off a planned visit. When it came from a request and police cancel, they owe a new date.

    Raises:
        NotPlanned: it was held or cancelled meanwhile.
    """
    engagement = call_off(engagement=engagement, reason=reason, side=side, by=by, at=at)
    if engagement.request:
        request_unscheduled(request=engagement.request, side=side, by=by, at=at)
    return engagement


@transaction.atomic
def call_off(
    *, engagement: Engagement, reason: str, side: str, by: User, at: datetime
) -> Engagement:
    """Call off a planned visit and leave the request that it came from as it is."""
    engagement = _lock_planned(engagement)
    engagement.state = State.CANCELLED
    engagement.cancelled_at, engagement.cancelled_by = at, by.contact
    engagement.cancelled_side, engagement.cancel_reason = side, reason
    engagement.calendar_sequence += 1
    engagement.full_clean()
    engagement.save()
    _note(engagement, "cancelled", CANCELLED, by=by, at=at, reason=reason)
    return engagement


def require_open(partnership: Partnership) -> None:
    """Raise unless the partnership takes new work, in words that say what is still possible."""
    if partnership.takes_new_work:
        return
    states, name = Partnership.State, partnership.institution.name
    if partnership.state in (states.NOT_JOINED, states.INVITED):
        text = _("%(name)s has not joined yet. Until it has, you can only log a visit.")
    elif partnership.state == states.ENDED:
        text = _("The partnership with %(name)s has ended.")
    else:
        text = _(
            "The partnership with %(name)s is paused, so nothing new can be arranged. "
            "Support and safety stay open: ring, or ring 101."
        )
    raise PartnershipNotOpen(text % {"name": name})


def busy_at(institution_id: int, *, on: date, starts: time, minutes: int) -> BusyWindow | None:
    """Return what an institution keeps for itself at that time, or None. Issues a query."""
    kept = WeeklyTime.objects.filter(institution_id=institution_id)
    return clash(kept, on=on, starts=starts, duration_minutes=minutes)


def busy_message(window: BusyWindow, *, may_invite: bool = True) -> str:
    if may_invite:
        text = _("That is a busy time: %(window)s. Choose another, or say that it is invited.")
    else:
        text = _("That is a busy time: %(window)s. Choose another.")
    return text % {"window": window}


def instant(on: date, starts: time, *, at: datetime, prefix: str = "") -> datetime:
    """Return the moment of a London wall-clock time that is still to come.

    ``prefix`` leads to the form's fields (``slot_2_`` for ``slot_2_on``).

    Raises:
        ValidationError: it is past, too far away, or skipped by the change of the clocks.
    """
    moment = at_local(on, starts)
    if moment <= at:
        field = "on" if on < localdate(at) else "starts"
        raise ValidationError({f"{prefix}{field}": _("Choose a time that is still to come.")})
    if moment > at + FURTHEST:
        raise ValidationError({f"{prefix}on": _("Choose a day within a year.")})
    if localtime(moment).time() != starts:
        raise ValidationError(
            {f"{prefix}starts": _("The clocks go forward that night: there is no such time.")}
        )
    return moment


def _set_time(engagement, on, starts, duration_minutes, *, invited, at):
    engagement.starts_at = instant(on, starts, at=at)
    engagement.on, engagement.starts = on, starts
    engagement.duration_minutes = duration_minutes
    busy = busy_at(engagement.institution_id, on=on, starts=starts, minutes=duration_minutes)
    if busy and not invited:
        raise ValidationError({"starts": busy_message(busy)})
    engagement.invited_at_busy_time = busy is not None


def _expect(engagement, officers):
    known = OfficerProfile.objects.filter(contact__in=officers).count()
    if known != len(officers):
        raise ValidationError({"officers": _("Only officers are listed by name.")})
    Attendance.objects.bulk_create(
        Attendance(institution=engagement.institution, engagement=engagement, officer=officer)
        for officer in officers
    )


def _lock_planned(engagement):
    engagement = lock_visit(engagement)
    if engagement.state != State.PLANNED:
        raise NotPlanned(
            _("This visit is now “%(state)s”, so that is no longer possible.")
            % {"state": engagement.get_state_display()}
        )
    return engagement


def _note(engagement, verb, kind, *, by, at, **details):
    """Write the trail; replace mails that have not left by the one that is true now."""
    record(
        f"events.visit_{verb}",
        subject=engagement,
        by=by,
        at=at,
        institution=engagement.institution,
        on=engagement.on,
        **details,
    )
    cancel(about=engagement, at=at, kinds=(PLANNED, MOVED, UNRECORDED))
    if engagement.state == State.PLANNED:
        remind_to_record(engagement, at=at)
    for recipient in everybody_at(engagement, on=localdate(at)):
        schedule(
            kind,
            about=engagement,
            recipient=recipient,
            occurrence=engagement.calendar_sequence,
            due_at=at,
            at=at,
            context={"sequence": engagement.calendar_sequence},
        )
