"""A force's panel, and enough of each kind of record in a quarter for its sample."""

import datetime as dt

from config.dashboard.scrutiny.drawing import draw_samples
from partnerships import sampling
from partnerships.actions import panel_comments
from partnerships.actions.commitments import propose_commitment
from partnerships.actions.panel import keep_sample
from partnerships.models import PanelItem, PanelSample
from tests.factories import make_institution, make_person
from tests.roles import as_task

from . import concern_kit

DAY = dt.timedelta(days=1)
FEW = {"each": 10, "least": 10, "places": 1}  # so that one mosque is enough for a test
IN_QUARTER = dt.datetime(2026, 8, 10, 10, tzinfo=dt.UTC)  # a Monday
AT = dt.datetime(2026, 10, 2, 8, tzinfo=dt.UTC)
SINCE, UNTIL = dt.date(2026, 7, 1), dt.date(2026, 10, 1)
SAID = "Why was it moved three times?"
ANSWERED = "Nobody was there to do it."
CANARY = "Ring Mrs Canary of Primrose Lane."


def panel_of(world, area=None, name="Scrutiny panel"):
    return make_institution("panel", name, area or world.force_area)


def member_of(panel, name="Pat Reader"):
    return make_person(panel, "scrutineer", name)


def promise(partnership, by, *, at=IN_QUARTER, text=CANARY):
    return propose_commitment(
        partnership=partnership,
        text=text,
        owner_side="police",
        due_on=at.date() + 14 * DAY,
        side="police",
        by=by,
        at=at,
    )


def fill(world, *, number=12, at=IN_QUARTER):
    """Make promises at three institutions, and concerns at one."""
    places = (
        (world.partnership, world.sergeant),
        (world.other_partnership, world.sergeant),
        (world.far_partnership, world.far_sergeant),
    )
    for each in range(number):
        partnership, by = places[each % len(places)]
        promise(partnership, by, at=at + each * DAY)
    for each in range(number):
        concern_kit.acknowledged(world, at=at + each * DAY)


def draw(at=AT):
    with as_task():
        draw_samples(at=at)
    return PanelSample.objects.order_by("-pk").first()


def small(world, *, at=AT):
    """Keep a sample of one promise of the mosque many times over, without drawing it."""
    made = promise(world.partnership, world.sergeant)
    district = world.mosque.district_id
    facts = {"month": "2026-08", "state": "kept", "owner_side": "police"}
    rows = [
        sampling.Candidate("promise", str(made.ref), world.mosque.pk, district, facts)
        for _ in range(10)
    ]
    with as_task():
        return keep_sample(
            force=world.force_area,
            since=SINCE,
            until=UNTIL,
            number="entry 1 0",
            candidates=rows,
            measures=[{"code": "reading", "n": 3, "values": {"opened": 1}}],
            at=at,
        )


def comment(item, by, *, asked_role="inspector", at=AT, words=SAID):
    return panel_comments.comment_on_item(
        item=item, words=words, asked_role=asked_role, by=by, at=at
    )


def answer(made, by, *, side="police", role="inspector", at=AT, words=ANSWERED):
    return panel_comments.answer_panel_comment(
        comment=made, words=words, side=side, role=role, by=by, at=at
    )


def first_item(sample, kind="promise", institution=None):
    rows = PanelItem.objects.filter(sample=sample, kind=kind).order_by("position")
    return (rows.filter(origin__institution=institution) if institution else rows).first()
