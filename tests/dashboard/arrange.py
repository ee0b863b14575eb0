"""Rows for the pages and figures across apps, written as the owner; defaults are a plain case."""

import datetime as dt
import itertools

from contacts.models import RoleHolding, WeeklyTime
from events.models import (
    Attendance,
    Engagement,
    EngagementParty,
    EngagementRequest,
    RequestStep,
    SharedNote,
)
from partnerships.models import Commitment, Correction, SharedText
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)  # a Monday, winter time
ON = dt.date(2026, 11, 23)
_numbers = itertools.count(1)


def day(number):
    """Return the day ``number`` days after ON."""
    return ON + dt.timedelta(days=number)


def moment(days=0, hours=0):
    return AT + dt.timedelta(days=days, hours=hours)


def visit(partnership, by, *, on=None, state="held", side="police", **fields):
    on = on or day(-3)
    starts_at = fields.pop("starts_at", None) or dt.datetime.combine(on, dt.time(11), dt.UTC)
    cancelled = {"cancelled_at": starts_at, "cancel_reason": "operational"}
    with as_owner():
        made = Engagement.objects.create(
            partnership=partnership,
            institution=partnership.institution,
            lead_unit=partnership.police_unit,
            state=state,
            on=on,
            starts=dt.time(11),
            starts_at=starts_at,
            logged_side=side,
            logged_by=by.contact,
            logged_at=starts_at,
            held_recorded_at=starts_at if state == "held" else None,
            **{
                "kind": "visit",
                "purposes": ["reassurance"],
                "initiated_by": "police",
                **(cancelled if state == "cancelled" else {}),
                **fields,
            },
        )
        take_part(made, partnership)
        return made


def take_part(engagement, partnership):
    with as_owner():
        return EngagementParty.objects.create(
            engagement=engagement, partnership=partnership, institution=partnership.institution
        )


def attend(engagement, officer):
    with as_owner():
        return Attendance.objects.create(
            engagement=engagement, institution=engagement.institution, officer=officer.contact
        )


def note(engagement, by, *, state="shared", side="police", left=True, **fields):
    shared_at = engagement.starts_at + dt.timedelta(hours=3)
    tenant = {"institution": engagement.institution}
    with as_owner():
        text = SharedText.objects.create(
            partnership=engagement.partnership, drafted_side=side, current_version=1, **tenant
        )
        return SharedNote.objects.create(
            engagement=engagement,
            text=text,
            state=state,
            drafted_side=side,
            drafted_by=by.contact,
            shared_at=None if state == "draft" else shared_at,
            left_at=shared_at if left and state != "draft" else None,
            **tenant,
            **fields,
        )


def correction(shared_note, by, *, state="open", side="institution"):
    with as_owner():
        return Correction.objects.create(
            institution=shared_note.institution,
            text=shared_note.text,
            version_number=1,
            side=side,
            state=state,
            opened_at=shared_note.left_at,
            opened_by=by.contact,
            reason="We keep it." if state == "declined" else "",
        )


def withdraw(shared_note):
    """Take a note's words back, as its drafter may."""
    with as_owner():
        SharedText.objects.filter(pk=shared_note.text_id).update(
            withdrawn_at=AT, withdrawal="mistake"
        )


def noted(partnership, by, *, state, **fields):
    """Make a held visit with a note in ``state``."""
    made = visit(partnership, by, **fields)
    note(made, by, state=state)
    return made


def request(partnership, by, *, state="submitted", side="institution", hours_ago=10, **fields):
    submitted_at = fields.pop("submitted_at", moment(hours=-hours_ago))
    acknowledged = fields.pop("after_hours", None)
    if acknowledged is not None:
        fields["acknowledged_at"] = submitted_at + dt.timedelta(hours=acknowledged)
    with as_owner():
        return EngagementRequest.objects.create(
            partnership=partnership,
            institution=partnership.institution,
            reference=f"R-{next(_numbers):04d}",
            raised_side=side,
            raised_by=by.contact,
            recorded_by=by.contact,
            state=state,
            submitted_at=submitted_at,
            **{
                "kind": "talk_tour",
                "purposes": ["getting_to_know"],
                "state_at": submitted_at,
                **fields,
            },
        )


def step_of(made, move, **fields):
    with as_owner():
        return RequestStep.objects.create(
            request=made, institution=made.institution, move=move, at=made.submitted_at, **fields
        )


def promise(partnership, by, *, state="agreed", side="police", due=3, **fields):
    due_on = fields.pop("due_on", day(due))
    with as_owner():
        return Commitment.objects.create(
            partnership=partnership,
            institution=partnership.institution,
            owner_side=side,
            due_on=due_on,
            state=state,
            proposed_by=by.contact,
            proposed_side=side,
            **{
                "text": "Walk the car park at closing time",
                "original_due_on": due_on,
                "state_at": moment(days=-10),
                "proposed_at": moment(days=-10),
                **fields,
            },
        )


def busy_time(institution, *, weekday=4):
    with as_owner():
        return WeeklyTime.objects.create(
            institution=institution,
            kind="jumuah",
            weekday=weekday,
            starts=dt.time(12, 30),
            ends=dt.time(14, 30),
            kept_from=dt.date(2026, 1, 1),
        )


def hold(person, access_role, *, at):
    """Give somebody a further role."""
    with as_owner():
        RoleHolding.objects.create(
            contact=person.contact, institution=at, access_role=access_role, held_from=day(-30)
        )
    del person.standing


def leave(person):
    """End every role that somebody holds, as of yesterday."""
    with as_owner():
        RoleHolding.objects.filter(contact=person.contact).update(held_until=day(-1))
