"""Visits that are coming."""

from datetime import time, timedelta

from django.db.models import Exists, F, OuterRef, Q

from config.outbox.quiet import at_local
from events.models import Attendance, Engagement, EngagementParty

from .desks import Desk
from .sections import Section, sections

POLICE_LOOK_AHEAD = timedelta(days=7)


def visits_coming(desk: Desk) -> Section:
    """Return what is planned from today: for a team within a week, for a mosque all. One query."""
    party = EngagementParty.objects.filter(engagement=OuterRef("pk"), partnership_id__in=desk.ids)
    ours = Q(Exists(party))
    midnight = at_local(desk.on, time(0))
    planned = Engagement.objects.planned().filter(starts_at__gte=midnight)
    if desk.is_police:
        present = Attendance.objects.filter(
            engagement=OuterRef("pk"), officer_id=desk.user.standing.contact_id
        )
        ours |= Q(Exists(present))
        planned = planned.filter(on__lte=desk.on + POLICE_LOOK_AHEAD)
    soonest_first = [F("starts_at").asc(), F("pk").asc()]
    found = sections(planned.for_list(), {"visits": ours}, order_by=soonest_first)
    return found["visits"]
