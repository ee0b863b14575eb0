"""What a panel's sample says of visits, and of requests answered late: codes, numbers, months."""

from collections.abc import Iterable
from datetime import datetime

from partnerships.models import PanelItem
from partnerships.panel_facts import candidate, hours, month
from partnerships.sampling import Candidate

from .models import Engagement, EngagementRequest

Kind = PanelItem.Kind


def candidates(force_id: int, *, since: datetime, until: datetime) -> Iterable[Candidate]:
    """Yield the visits and the late requests of a period. Two queries."""
    period = {"since": since, "until": until}
    for row in Engagement.objects.for_panel(force_id, **period):
        yield _visit(row)
    for row in EngagementRequest.objects.for_panel(force_id, **period):
        yield _request(row)


def _visit(row):
    return candidate(
        Kind.VISIT,
        row,
        month=month(row["starts_at"]),
        kind=row["kind"],
        purposes=row["purposes"],
        topics=row["topics"],
        initiated_by=row["initiated_by"],
        state=row["state"],
        was_planned=row["was_planned"],
        unannounced=row["unannounced"],
        minutes=row["duration_minutes"],
        children_present=row["children_present"],
        photography=row["photography"],
        body_worn_video=row["body_worn_video"],
        hospitality=row["hospitality"],
        logged_side=row["logged_side"],
        note=row["note__state"],
        hours_to_note=hours(row["starts_at"], row["note__left_at"]),
    )


def _request(row):
    return candidate(
        Kind.REQUEST,
        row,
        month=month(row["submitted_at"]),
        kind=row["kind"],
        channel=row["channel"],
        urgency=row["urgency"],
        state=row["state"],
        hours_to_acknowledge=hours(row["submitted_at"], row["acknowledged_at"]),
        proposed_otherwise=row["police_counters"],
        decline_reason=row["decline_reason"],
        recourse=row["recourse"],
        days_to_hold=_days(row["submitted_at"], row["held_at"]),
    )


def _days(since, until):
    found = hours(since, until)
    return None if found is None else found // 24
