import datetime as dt

import pytest
from django.utils import timezone

from partnerships import tasks
from partnerships.actions import commitment_moves as moves
from partnerships.models import Commitment
from tests.partnerships.promise_kit import promised, waiting
from tests.roles import as_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(world):
    """A police promise of 60 days ago that is 20 days late."""
    now = timezone.now()
    return promised(
        world,
        due_on=timezone.localdate() - dt.timedelta(days=20),
        at=now - dt.timedelta(days=60),
    )


def test_tasks_do_their_work_as_the_worker_and_may_run_twice(world, old):
    claimed = promised(
        world, at=timezone.now() - dt.timedelta(days=40), due_on=timezone.localdate()
    )
    moves.claim_commitment(
        commitment=claimed, done="D.", by=world.sergeant, at=timezone.now() - dt.timedelta(days=30)
    )

    with as_task():
        for _ in range(2):
            tasks.refresh_reminders()
            tasks.escalate_commitments()
            tasks.lapse_commitments()

    old.refresh_from_db()
    claimed.refresh_from_db()
    assert old.escalated_to == Commitment.Rung.COMMANDER
    assert old.steps.filter(move__startswith="to_").count() == 3
    assert claimed.state == Commitment.State.KEPT_UNCONFIRMED
    assert waiting(claimed) == []
