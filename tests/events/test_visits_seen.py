"""What an imam sees is found by its index, and the night's sweeps by theirs, however much there is.

With little in a table the planner reads it whole; told not to where there is another way, it shows
whether there is one.
"""

import datetime as dt

import pytest
from django.db import connection

from contacts.models import User
from events.models import Engagement, EngagementRequest
from partnerships.models import Commitment

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 11, 3, 10, tzinfo=dt.UTC)


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.mark.parametrize("who", ["imam", "officer", "umbrella_lead"])
def test_visits_of_ones_own_are_found_without_reading_all_of_them(world, who):
    user = User.objects.get(pk=getattr(world, who).pk)

    plan = plan_of(Engagement.objects.visible_to(user).for_list())

    assert "Seq Scan on events_engagement" not in plan
    assert "engagement_institution" in plan


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Commitment.objects.awaited().filter(due_on__lte=MOMENT.date()), "commitment_sweep_due"),
        (Commitment.objects.claimed_before(MOMENT), "commitment_sweep_claimed"),
        (EngagementRequest.objects.with_inspector_since(MOMENT), "request_sweep_recourse"),
        (EngagementRequest.objects.feedback_over(MOMENT), "request_sweep_feedback"),
    ],
)
def test_sweeps_find_what_is_due_by_an_index_of_their_own(rows, index):
    assert index in plan_of(rows.order_by())
