"""Eighteen months in the demo's district, told in the order of days."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from config.audit.actions import record
from config.outbox.models import Message
from events.actions.feedback import close_feedback
from events.actions.note_answers import mark_unconfirmed
from events.actions.note_leaving import release_notes
from partnerships.actions.commitment_moves import lapse_commitments
from partnerships.models import Partnership

from . import words
from .bodies import work_together
from .bulletins import tell_bulletins
from .cast import NOT_MET_LATELY
from .concerns import ConcernTeller
from .consultations import tell_consultations
from .daytime import at_work, evening_before
from .people import Cast, Home, Settler
from .promises import PromiseTeller
from .public import (
    say_how_to_get_in_touch,
    say_in_public,
    sign_statements,
    write_down_what_happened_outside,
)
from .requests import RequestTeller
from .reviews import ReviewTeller
from .safety import keep_safe
from .scrutiny import scrutinise
from .sharing import share
from .visits import Outing, VisitTeller, promises_so_far

BEGAN = timedelta(days=548)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTH = timedelta(days=31)
# How requests that are still open stand, and how many hours before the story's end they came.
OPEN_REQUESTS = (
    ("submitted", 8),
    ("submitted", 34),
    ("submitted", 80),
    ("acknowledged", 54),
    ("alternative_proposed", 123),
    ("decline_asked", 79),
    ("accepted", 100),
    ("scheduled", 106),
)
"""``(state to stop at, hours ago)``"""


def tell(*, now: datetime, say: Callable[[str], None]) -> Cast:
    """Build the district, up to the evening before. The same day gives the same district."""
    now = evening_before(now)
    rng = random.Random(2026)  # nosec B311  # noqa: S311  a story, not a secret
    settler = Settler(rng=rng, began=now - BEGAN)
    say("People and places")
    cast = settler.settle()
    homes = [home for home in cast.homes if home.joined_at]
    say("Visits and notes")
    _visits(homes, rng, now)
    say("Requests")
    _requests(homes, rng, now)
    say("This week")
    _this_week([home for home in homes if home.team is homes[0].team], rng, now)
    say("Concerns")
    _concerns(homes, cast, now)
    say("Promises")
    _promises(homes, rng, now)
    settler.pause(cast, at=now - 40 * DAY)
    share(settler, cast, at=now - 20 * DAY)
    say_in_public(homes, at=now - 19 * DAY)
    say_how_to_get_in_touch(homes, cast.coordinator, at=now - 19 * DAY)
    sign_statements(homes, at=now - 18 * DAY)
    write_down_what_happened_outside(homes, cast.coordinator, at=now - 21 * HOUR)
    keep_safe(homes, now=now)
    say("Meetings and workstreams")
    work_together(homes, now=now)
    say("Reviews")
    ReviewTeller(settler=settler, coordinator=cast.coordinator, now=now).tell_all(homes)
    say("Bulletins")
    tell_bulletins(cast, now=now)
    say("Consultations")
    tell_consultations(cast, now=now)
    say("What silence leaves behind")
    release_notes(at=now)
    mark_unconfirmed(on=localdate(now), at=now)
    lapse_commitments(at=now)
    close_feedback(at=now)
    say("The scrutiny panel")
    scrutinise(cast, _commander(cast), now=now)
    _let_history_rest(now)
    return cast


def _visits(homes: list[Home], rng, now):
    plan = []
    for home in homes:
        at = home.joined_at + rng.randint(2, 30) * DAY
        pace = rng.choice((60, 80, 100, 140))
        until = now - HOUR if home.name not in NOT_MET_LATELY else now - 13 * MONTH
        while at < until:
            script = rng.choice(words.VISITS)
            plan.append(Outing(home, at, rng.random() < 0.45, rng.random() < 0.12, script))
            at += rng.randint(pace // 2, pace * 2) * DAY
    teller = VisitTeller(rng=rng, now=now)
    for outing in sorted(plan, key=lambda outing: outing.on):
        teller.tell(outing, last=outing.on > now - 12 * DAY)


def _this_week(homes, rng, now):
    """Give the people whom the demo signs in as something to do."""
    teller = VisitTeller(rng=rng, now=now)
    for number, home in enumerate(homes):
        teller.plan_ahead(home, now + (2 + number) * DAY, words.VISITS[number % len(words.VISITS)])
    waiting, unfinished, corrected = homes[:3]
    teller.tell_of_late(waiting, now - 2 * DAY, words.VISITS[0], way="silence")
    teller.tell_of_late(corrected, now - 3 * DAY, words.VISITS[4], way="correct")
    teller.tell_of_late(waiting, now - 4 * DAY, words.VISITS[2], way="confirm")
    teller.tell_of_late(unfinished, now - DAY, words.VISITS[6], way="")


def _requests(homes, rng, now):
    teller = RequestTeller(rng=rng, now=now, visits=VisitTeller(rng=rng, now=now))
    for home in homes:
        for _ in range(0 if home.name in NOT_MET_LATELY else rng.choice((1, 2, 2, 3))):
            room = (now - home.joined_at).days - 60
            day = home.joined_at + rng.randint(5, max(room, 6)) * DAY
            teller.tell(home, at_work(day, rng))
    for home, (stop_at, hours) in zip([homes[0], *homes[3:]], OPEN_REQUESTS, strict=False):
        teller.tell(home, now - hours * HOUR, stop_at=stop_at)


def _concerns(homes, cast, now):
    """Let the first teams' mosques say what worries people, where there is somebody to say it."""
    commander = _commander(cast)
    joined = [home for home in homes if not home.team.is_command]
    ConcernTeller(cast=cast, commander=commander, now=now).tell_all(joined)


def _commander(cast):
    return next(home.team.inspector for home in cast.homes if home.team.is_command)


def _promises(homes, rng, now):
    by_partnership = {home.partnership.pk: home for home in homes}
    teller = PromiseTeller(rng=rng, now=now)
    for promise in promises_so_far():
        teller.tell(promise, by_partnership[promise.partnership_id])


def _let_history_rest(now):
    """Call off the mail of eighteen months; what is due from yesterday on still leaves."""
    old = Message.objects.open().filter(due_at__lt=now - DAY)
    old.update(state=Message.State.CANCELLED, ended_at=now, secret=None, context={})
    record(
        "dashboard.demo_seeded",
        subject=Partnership.objects.order_by("pk").first(),
        by=None,
        at=now,
    )
