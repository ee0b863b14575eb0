"""Mail about visits in the calendar: planned, moved, cancelled; each with the calendar file."""

from datetime import timedelta

from django.urls import reverse

from config.outbox import kinds as outbox
from config.outbox.kinds import Attachment
from config.outbox.quiet import QUIET_HOURS
from contacts.mail import plain_kind
from events.calendars import ics
from events.models import Engagement, EngagementKind

SOON = timedelta(hours=14)  # a night is eleven hours; what starts after it must be told before it


def visit_of(message) -> Engagement:
    return Engagement.objects.for_list().get(pk=message.about_id)


def facts(message) -> dict:
    visit = visit_of(message)
    return {
        "institution": visit.institution.name,
        "unit": visit.lead_unit.name,
        "kind": visit.get_kind_display(),
        "starts_at": visit.starts_at,
        "duration_minutes": visit.duration_minutes,
        "reason": visit.get_cancel_reason_display(),
        "cancelled_by_police": visit.cancelled_side == "police",
        "request": visit.request_id is not None,
        "path": visit.get_absolute_url(),
    }


def log_path(visit: Engagement) -> str:
    """Return where a planned visit is logged as held."""
    return f"{reverse('events:visit-log')}?planned={visit.ref}"


def calendar_of(visit: Engagement, *, stamped_at) -> bytes:
    return ics.visit_calendar(
        ref=visit.ref,
        kind=visit.get_kind_display(),
        institution=visit.institution.name,
        has_location=visit.kind != EngagementKind.PHONE_CALL,
        starts_at=visit.starts_at,
        duration_minutes=visit.duration_minutes,
        sequence=visit.calendar_sequence,
        is_cancelled=visit.state == Engagement.State.CANCELLED,
        path=visit.get_absolute_url(),
        stamped_at=stamped_at,
    )


def attachments(message) -> list[Attachment]:
    visit = visit_of(message)
    is_cancelled = visit.state == Engagement.State.CANCELLED
    content = calendar_of(visit, stamped_at=message.created_at).decode()
    return [Attachment(ics.FILE_NAME, content, ics.mime(is_cancelled=is_cancelled))]


def windows(message):
    """Keep quiet hours, unless the visit starts so soon that the news would come too late."""
    starts_at = visit_of(message).starts_at
    return () if starts_at - message.due_at < SOON else QUIET_HOURS


def is_planned_so(message) -> bool:
    visit = visit_of(message)
    return (
        visit.state == Engagement.State.PLANNED
        and visit.calendar_sequence == message.context["sequence"]
    )


def _cancelled(message) -> bool:
    return visit_of(message).state == Engagement.State.CANCELLED


def register():
    for name, still_due in (
        ("visit_planned", is_planned_so),
        ("visit_moved", is_planned_so),
        ("visit_cancelled", _cancelled),
    ):
        outbox.register(
            plain_kind(
                f"events.{name}",
                template=f"events/{name}",
                still_due=still_due,
                context=facts,
                attachments=attachments,
                windows=windows,
            )
        )
