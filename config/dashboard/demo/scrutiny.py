"""The demo's scrutiny panel: one sample drawn, two comments, one of them answered."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from config.london import at_local
from contacts.models import User
from partnerships import sampling
from partnerships.actions import panel_comments
from partnerships.models import PanelItem

from ..scrutiny.drawing import draw_samples
from .daytime import by_day
from .people import Cast

DAY = timedelta(days=1)


def scrutinise(cast: Cast, commander: User, *, now: datetime) -> None:
    """Draw the last whole quarter on the morning after it, and let the panel speak."""
    _since, until = sampling.quarter_before(localdate(now))
    drawn_at = at_local(until, time(6))
    draw_samples(at=drawn_at)
    at = max(drawn_at, min(by_day(drawn_at + 9 * DAY), now - 2 * DAY))
    late, other = PanelItem.objects.of_kind("promise")[:2]
    asked = panel_comments.comment_on_item(
        item=late,
        words="This promise was moved, and nothing says that the mosque was asked. Was it?",
        asked_role="commander",
        by=cast.scrutineer,
        at=at,
    )
    panel_comments.answer_panel_comment(
        comment=asked,
        words="It was told and not asked. From now on the officer rings first.",
        side="police",
        role="commander",
        by=commander,
        at=at + DAY,
    )
    panel_comments.comment_on_item(
        item=other,
        words="Who decided how many days this should take? We would like to see how that is done.",
        asked_role="coordinator",
        by=cast.scrutineer,
        at=at + DAY,
    )
    panel_comments.watch_panel_comments(at=at + DAY)
