"""What a sample says of promises and concerns: codes, numbers and months; no day, no word."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from .models import Commitment, Concern, PanelItem
from .sampling import Candidate

HOUR = 3600  # seconds
Kind = PanelItem.Kind


def candidate(kind: str, row: dict, /, **facts) -> Candidate:
    """Build a candidate from a row with its tenant's columns; what holds nothing is left out."""
    known = {name: value for name, value in facts.items() if value not in (None, "", [])}
    return Candidate(kind, str(row["ref"]), row["institution_id"], row["district_id"], known)


def hours(since: datetime | None, until: datetime | None) -> int | None:
    """Return the whole hours between two moments; None while there is no second."""
    return None if since is None or until is None else int((until - since).total_seconds() // HOUR)


def days(since, until) -> int | None:
    return None if since is None or until is None else (until - since).days


def month(at: datetime) -> str:
    """Write a moment's month in London, since a day with a kind may name a mosque."""
    return f"{localdate(at):%Y-%m}"


def candidates(force_id: int, *, since: datetime, until: datetime) -> Iterable[Candidate]:
    """Yield the promises and concerns of a period. Two queries."""
    period = {"since": since, "until": until}
    for row in Commitment.objects.for_panel(force_id, **period):
        yield _promise(row)
    for row in Concern.objects.for_panel(force_id, **period):
        yield _concern(row)


def _promise(row):
    asked_on = localdate(row["proposed_at"])
    return candidate(
        Kind.PROMISE,
        row,
        month=month(row["proposed_at"]),
        owner_side=row["owner_side"],
        proposed_side=row["proposed_side"],
        state=row["state"],
        days_given=days(asked_on, row["original_due_on"]),
        days_moved=days(row["original_due_on"], row["due_on"]),
        extensions=row["extensions"],
        days_to_close=days(asked_on, row["closed_on"]),
        escalated_to=row["escalated_to"],
    )


def _concern(row):
    answered, due = row["first_answered_at"], row["first_due_on"]
    return candidate(
        Kind.CONCERN,
        row,
        month=month(row["raised_at"]),
        topic=row["topic__code"],
        about=row["about"],
        urgency=row["urgency"],
        channel=row["channel"],
        choice=row["choice"],
        state=row["state"],
        level=row["level"],
        challenges=row["challenges"],
        hours_to_acknowledge=hours(row["raised_at"], row["acknowledged_at"]),
        days_to_answer=days(row["raised_at"], answered),
        answered_on_time=localdate(answered) <= due if answered and due else None,
        late_with=row["late_with"],
        recourse=row["recourse"],
        outcome=row["outcome"],
        settled=row["settled"],
    )
