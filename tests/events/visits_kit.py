"""Visits as the tests of visits and notes make them."""

import datetime as dt

from config.outbox.models import Message
from events.actions import visits
from events.actions.plans import plan_visit

AT = dt.datetime(2026, 6, 10, 19, 5, tzinfo=dt.UTC)  # 20:05 in London
DAY = dt.date(2026, 6, 10)


def log(world, **changes):
    given = {
        "partnership": world.partnership,
        "kind": "visit",
        "purposes": ["reassurance"],
        "on": DAY,
        "starts": dt.time(19, 30),
        "duration_minutes": 30,
        "initiated_by": "police",
        "side": "police",
        "officers": [world.officer.contact],
        "by": world.officer,
        "at": AT,
    }
    return visits.log_visit(**given | changes)


def plan(world, **changes):
    given = {
        "partnership": world.partnership,
        "kind": "talk_tour",
        "purposes": ["getting_to_know"],
        "on": DAY,
        "starts": dt.time(19, 0),
        "duration_minutes": 60,
        "initiated_by": "institution",
        "side": "police",
        "officers": [world.sergeant.contact],
        "by": world.sergeant,
        "at": AT - dt.timedelta(days=7),
    }
    return plan_visit(**given | changes)


def mails(kind):
    return set(
        Message.objects.filter(kind=kind, state="pending").values_list(
            "recipient_kind", "recipient_id"
        )
    )
