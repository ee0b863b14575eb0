"""The part of a record that a scrutiny panel reads, and who may open the pages about it."""

import datetime as dt

from partnerships.actions import panel_comments
from partnerships.models import PanelItem, PanelOrigin, PanelSample
from tests.roles import as_owner

SINCE, UNTIL = dt.date(2026, 7, 1), dt.date(2026, 10, 1)
FACTS = {"month": "2026-08", "state": "kept", "owner_side": "police", "days_given": 14}
MEASURES = [{"code": "reading", "n": 3, "values": {"of_neighbourhood": 3, "opened": 0}}]


def make_panel_things(record, *, at):
    """Put one record of the institution into the sample of its force, with a comment."""
    things, place = record.things, record.institution
    with as_owner():
        sample, _ = PanelSample.objects.get_or_create(
            force_id=place.force_id,
            since=SINCE,
            defaults={
                "until": UNTIL,
                "number": "entry 1 0",
                "drawn_at": at,
                "counts": {"promise": {"of": 30, "drawn": 3}},
                "measures": MEASURES,
            },
        )
        position = sample.items.count() + 1
        item = PanelItem.objects.create(
            force_id=place.force_id,
            sample=sample,
            position=position,
            kind="promise",
            letter="ABCDEFGH"[position - 1],
            facts=FACTS,
        )
        PanelOrigin.objects.create(
            item=item, institution=place, subject_ref=things["promise_agreed"].ref
        )
    things |= {"panel_sample": sample, "panel_item": item}
    things["panel_comment"] = panel_comments.comment_on_item(
        item=item,
        words=record.say("panel-comment"),
        asked_role="inspector",
        by=record.sergeant,
        at=at,
    )


def panel_rows(row, *, mosque, partners):
    """Return the rows of the table; a sample is a force's, a record that of its two sides."""
    panel, inspector, commander, coordinator, lead = (
        frozenset({role})
        for role in ("scrutineer", "inspector", "commander", "coordinator", "imam")
    )
    force = coordinator | commander
    told = panel | force | inspector | mosque
    return {
        "panel": row(panel | force, methods="GET"),
        "panel-institutions": row(panel, methods="GET"),
        "panel-sample": row(panel | force, "panel_sample", methods="GET"),
        "panel-item": row(told, "panel_item", methods="GET"),
        "partnerships:panel-comment-list": row(
            panel | force | inspector | partners | mosque, methods="GET"
        ),
        "partnerships:panel-comment-detail": row(told, "panel_comment", methods="GET"),
        "partnerships:panel-comment-answer": row(
            inspector | commander | lead, "panel_comment", told, near=commander, beyond=403
        ),
        "partnerships:panel-item-say": row(panel, "panel_item", told),
        "partnerships:panel-measure-say": row(panel, "panel_sample", force, args=("reading",)),
        "partnerships:panel-concern": row(panel, "concern_panel", methods="GET"),
        "partnerships:panel-concern-view": row(panel, "concern_panel"),
        "partnerships:panel-concern-say": row(panel, "concern_viewed"),
    }


SAID = {"words": "Why did it take so long?", "asked_role": "commander"}
PANEL_MOVES = {
    "partnerships:panel-comment-answer": ("inspector", {"words": "Nobody was there."}),
    "partnerships:panel-item-say": ("scrutineer", SAID),
    "partnerships:panel-measure-say": ("scrutineer", SAID),
    "partnerships:panel-concern-view": ("scrutineer", {"view": "Both have a point."}),
    "partnerships:panel-concern-say": ("scrutineer", SAID),
}
