"""Concerns that wait for somebody: their side's next step, or what came up to their rank."""

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from contacts.models import User
from partnerships import concern_clocks as clocks
from partnerships.models import Concern

from .desks import Desk
from .sections import Section, sections

OLDEST_FIRST = [F("raised_at").asc(), F("pk").asc()]
CLIMBED = ("challenged", "escalated")


def concerns_waiting(desk: Desk) -> dict[str, Section]:
    """Return ``concerns`` (our next step) and ``concerns_settled`` (four weeks on). One query."""
    if desk.is_police:
        ours = Q(state__in=["raised", "acknowledged", "in_hand"]) | Q(
            state="accepted", closing__in=["none", "rewording"]
        )
        settled = Q(pk__in=[])
    else:
        ours = Q(state="answered") | Q(state="accepted", closing="proposed")
        settled = Q(state="closed", settled="", closed_at__lte=clocks.settled_before(desk.at))
    here = Concern.objects.filter(partnership_id__in=desk.ids)
    return _sorted(here, {"concerns": ours, "concerns_settled": settled}, desk.at)


def concerns_climbed(user: User, *, role: str, at: datetime) -> Section:
    """Return what came up to an inspector or commander: by level, lateness, a call. One query."""
    level = {"inspector": 1, "commander": 2}[role]
    climbed = (
        Q(state__in=CLIMBED, level=level)
        | Q(recourse=f"with_{role}")
        | Q(late_with=role, state__in=clocks.ANSWER_OWED)
    )
    if role == "inspector":
        climbed |= clocks.lateness(at=at) & Q(state="raised")
    here = Concern.objects.open().filter(user.standing.within({role}))
    return _sorted(here, {"concerns_climbed": climbed}, at)["concerns_climbed"]


def concerns_to_oversee(user: User, *, at: datetime) -> dict[str, Section]:
    """Return, for the coordinator, complaints to pass on, the panel's, and late ones. One query."""
    conditions = {
        "concerns_complaint": Q(state="acknowledged", choice="complaint"),
        "concerns_panel": Q(state__in=CLIMBED, level=clocks.PANEL),
        "concerns_late": clocks.lateness(at=at),
    }
    here = Concern.objects.open().filter(user.standing.within({"coordinator"}))
    return _sorted(here, conditions, at)


def _sorted(concerns, conditions, at):
    found = sections(concerns.for_list(), conditions, order_by=OLDEST_FIRST)
    for section in found.values():
        for concern in section.rows:
            concern.due_at = clocks.due_at(concern)
            concern.is_late = clocks.is_late(concern, at=at)
            concern.next_step = _next_step(concern)
    return found


def _next_step(concern):
    """Say what those who raised it do next, where no answer is owed to them any more."""
    if concern.state == "accepted" and concern.closing == "proposed":
        return _("Approve the words")
    return _("Say whether it is settled") if concern.state == "closed" else ""
