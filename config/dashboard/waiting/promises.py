"""Promises that wait: ours to keep, theirs to confirm, late ones that climbed."""

from datetime import date, timedelta

from django.db.models import F, Q

from contacts.models import User
from partnerships.models import Commitment

from .desks import Desk
from .sections import Section, sections

SOONEST_FIRST = [F("due_on").asc(), F("pk").asc()]
POLICE_LOOK_AHEAD = timedelta(days=7)
HAND_OVER = "to_hand_over"


def promises_waiting(desk: Desk) -> dict[str, Section]:
    """Return ``to_agree``, ``to_confirm``, ``we_owe`` and ``owed_to_us``. One query.

    A team sees what is due within a week or late, and an officer their own wherever it was
    promised; a mosque everything it is owed or owes.
    """
    ours, theirs = Q(owner_side=desk.side), Q(owner_side=desk.other_side)
    near = Q(due_on__lte=desk.on + POLICE_LOOK_AHEAD) if desk.is_police else Q()
    conditions = {
        "to_agree": ours & Q(state="proposed"),
        "to_confirm": theirs & Q(state="done_claimed"),
        "we_owe": ours & Q(state="agreed") & near,
        "owed_to_us": theirs & Q(state__in=["proposed", "agreed"]) & near,
    }
    here = Q(partnership_id__in=desk.ids)
    if desk.is_police:
        here |= Q(owner_id=desk.user.standing.contact_id)
    promises = Commitment.objects.open().filter(here)
    return _sorted(promises, conditions, desk.on)


def promises_escalated(user: User, *, role: str, on: date) -> Section:
    """Return the late police promises that stand with ``user`` in that role. One query."""
    escalated = Commitment.objects.escalated_to(user, on=on).filter(user.standing.within({role}))
    return _sorted(escalated, {"promises_escalated": Q(state="agreed")}, on)["promises_escalated"]


def promises_to_hand_over(within: Q, *, on: date) -> Section:
    """Return what police promised and nobody who still serves there owns. One query."""
    left = Commitment.objects.to_hand_over(on=on).filter(within)
    return _sorted(left, {HAND_OVER: Q(owner_side="police")}, on)[HAND_OVER]


def promises_late(user: User, *, on: date) -> Section:
    """Return the late promises of police, for the coordinator. One query."""
    late = Commitment.objects.overdue(on=on).owned_by_side("police")
    within = late.filter(user.standing.within({"coordinator"}))
    return _sorted(within, {"promises_late": Q(state="agreed")}, on)["promises_late"]


def _sorted(promises, conditions, on):
    found = sections(promises.for_list(), conditions, order_by=SOONEST_FIRST)
    for section in found.values():
        for promise in section.rows:
            promise.is_late = promise.is_overdue(on)
    return found
