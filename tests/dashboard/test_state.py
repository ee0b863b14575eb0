"""How the portal does: numbers and times for its administrator."""

import datetime as dt
import importlib

import pytest
from celery.signals import task_success
from django.urls import reverse
from django.utils import timezone

from config.audit.tasks import seal
from config.celery import app
from config.dashboard.state import WORK, runs
from config.outbox import tasks as outbox_tasks
from config.outbox.actions import note_run
from config.outbox.models import Freeze, TaskRun
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.factors import sign_in

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


def test_all_work_that_is_watched_is_on_the_schedule_or_a_command_of_ours():
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {work.task for work in WORK} - scheduled == {"backup"}
    assert importlib.import_module("config.backup.management.commands.backup")


@pytest.mark.django_db
def test_a_task_that_ended_well_is_noted_and_the_newest_stands():
    assert outbox_tasks.note_run  # whatever loads the tasks listens
    for _round in range(2):
        task_success.send(sender=seal)

    [run] = TaskRun.objects.all()
    assert run.task == "audit.seal"
    assert timezone.now() - run.ended_at < dt.timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "is_late"), [(dt.timedelta(minutes=10), False), (dt.timedelta(minutes=11), True)]
)
def test_work_is_late_after_its_time(ago, is_late):
    note_run("audit.seal", at=AT - ago)

    found = {work.task: run for work, run in zip(WORK, runs(at=AT), strict=True)}

    assert (found["audit.seal"].ended_at, found["audit.seal"].is_late) == (AT - ago, is_late)
    assert (found["backup"].ended_at, found["backup"].is_late) == (None, True)


@pytest.mark.django_db
def test_the_page_says_how_the_portal_does_and_nothing_of_a_record(client, world):
    sign_in(client, make_person(world.force, "platform_admin"))
    with as_owner():
        Freeze.objects.create(frozen_at=AT)
    note_run("dashboard.send_anchor", at=timezone.now())

    page = client.get(reverse("portal-state")).text

    assert "Mail is frozen" in page
    assert "Not known here" in page
    for label in ("Version", "Given up", "No message is late."):
        assert label in page
    assert world.mosque.name not in page
