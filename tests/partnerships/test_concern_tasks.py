"""The sweeps as the worker runs them: its own database role, and as often as one likes."""

import datetime as dt

import pytest
from django.utils import timezone

from config.outbox.models import Message
from partnerships import tasks
from partnerships.models import Concern
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import DAY
from tests.roles import as_task

pytestmark = pytest.mark.django_db


def test_tasks_do_their_work_as_the_worker_and_may_run_twice(world):
    now = timezone.now()
    late = kit.in_hand(
        world, at=now - 40 * DAY, due_on=timezone.localdate() - dt.timedelta(days=20)
    )
    passed_up = kit.challenged(world, at=now - 2 * DAY)
    coming = kit.raised(world, at=now)
    Message.objects.filter(kind="partnerships.concern_warned").delete()

    with as_task():
        for _ in range(2):
            tasks.refresh_concern_clocks()
            tasks.climb_concerns()

    assert kit.again(late).late_with == "commander"
    assert late.steps.filter(move__startswith="to_").count() == 3
    assert kit.again(passed_up).state == Concern.State.ESCALATED
    warned = Message.objects.open().about(coming).filter(kind="partnerships.concern_warned")
    assert warned.count() == 3
