"""Planned visits: what is coming, and of what nobody has said whether it was held."""

from datetime import time, timedelta

from django.db.models import Exists, F, OuterRef, Q

from config.london import at_local
from events.models import Attendance, Engagement, EngagementParty

from .desks import Desk
from .sections import Section, sections

POLICE_LOOK_AHEAD = timedelta(days=7)
SOONEST_FIRST = [F("starts_at").asc(), F("pk").asc()]


def visits_planned(desk: Desk) -> dict[str, Section]:
    """Return ``was_it_held`` (its day has gone by) and ``visits``, from today. One query.

    A team looks a week ahead, a mosque at everything. ``may_cancel`` on a row says whether the
    desk's side hosts it; a guest, or an officer from elsewhere, can only say that it was held.
    """
    party = EngagementParty.objects.filter(engagement=OuterRef("pk"), partnership_id__in=desk.ids)
    ours = Q(Exists(party))
    ahead = Q(starts_at__gte=at_local(desk.on, time(0)))
    planned = Engagement.objects.planned()
    if desk.is_police:
        present = Attendance.objects.filter(
            engagement=OuterRef("pk"), officer_id=desk.user.standing.contact_id
        )
        ours |= Q(Exists(present))
        planned = planned.filter(on__lte=desk.on + POLICE_LOOK_AHEAD)
    conditions = {"was_it_held": ours & ~ahead, "visits": ours & ahead}
    found = sections(planned.for_list(), conditions, order_by=SOONEST_FIRST)
    for row in found["was_it_held"].rows:
        row.may_cancel = row.partnership_id in desk.ids
    return found
