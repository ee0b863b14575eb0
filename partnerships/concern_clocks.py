"""How long a concern may wait for police, and whether it has waited too long.

A mosque owes nobody an answer: whoever raised a concern may accept, challenge or close when they
like. Nothing here knows a model, so that queries can ask the same.
"""

from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from config.clocks import end_of, span, working_day_after
from config.london import at_local

ANSWER_OWED = ("acknowledged", "in_hand", "challenged", "escalated")
PANEL = 3
LADDER = ("sergeant", "inspector", "commander")
LATE_DAYS = {3: "sergeant", 7: "inspector", 14: "commander"}
NINE = time(9)


def usual_day(start: date) -> date:
    """Return the last of the working days in which an answer, or a word between, is owed."""
    return working_day_after(start, settings.PORTAL_CLOCKS["concern_working_days"])


def due_at(concern) -> datetime | None:
    """Return when police owe the next answer, or None where they owe none by the clock."""
    if concern.state == "raised":
        return concern.raised_at + span("acknowledge_hours")
    if concern.state in ANSWER_OWED and concern.due_on:
        return end_of(concern.due_on)
    return None


def is_late(concern, *, at: datetime) -> bool:
    due = due_at(concern)
    return due is not None and at >= due


def update_due_on(concern) -> date | None:
    """Return by which day whoever has it in hand owes a word on how it stands."""
    if concern.state != "in_hand":
        return None
    day = usual_day(localdate(concern.told_at or concern.state_at))
    return day if concern.due_on and day < concern.due_on else None


def rung_of(days_late: int, level: int) -> str:
    """Return to whom an answer climbs that is so late: never below the level that owes it."""
    rung = LADDER.index(LATE_DAYS[days_late])
    return LADDER[min(max(rung, level), len(LADDER) - 1)]


def first_days_on(rung: str) -> dict[int, int]:
    """Return after how many days a late answer first stands on a rung, by the level owing it."""
    found = {}
    for level in range(PANEL):
        days = [late for late in LATE_DAYS if rung_of(late, level) == rung]
        found |= {level: min(days)} if days else {}
    return found


def panel_over_at(concern) -> datetime | None:
    """Return from when a concern on which the panel spoke may be closed without agreement."""
    viewed = concern.panel_viewed_at
    return viewed + span("concern_panel_days") if viewed else None


def settled_asked_at(concern) -> datetime | None:
    """Return when those who raised it are asked whether it is still settled."""
    if concern.state != "closed" or concern.settled:
        return None
    day = localdate(concern.closed_at) + span("concern_settled_days")
    return at_local(day, NINE)


def settled_before(at: datetime) -> datetime:
    """Return before when a concern was closed about which those who raised it are asked."""
    return at_local(localdate(at - span("concern_settled_days")), NINE)


def lateness(*, at: datetime) -> Q:
    """Build the condition for concerns for which :func:`is_late` is true."""
    return Q(state="raised", raised_at__lte=at - span("acknowledge_hours")) | Q(
        state__in=ANSWER_OWED, due_on__lt=localdate(at)
    )


def taken_up_before(at: datetime) -> datetime:
    """Return before when a challenge was made that the system passes on by itself."""
    return at - span("concern_take_up_hours")


def recourse_unanswered_since(at: datetime) -> datetime:
    return at - span("recourse_hours")
