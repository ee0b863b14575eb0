"""Reading unusually many records within an hour is told to coordinators, panel and mosques."""

import datetime as dt

import pytest

from config.audit.actions import record_read
from config.audit.models import Entry
from config.dashboard import looked
from config.dashboard.alerts import tell_of_bulk_reading
from config.outbox.delivery import drain
from config.outbox.models import Message
from tests.factories import make_institution, make_person
from tests.roles import as_task

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _three_are_many(settings):
    settings.PORTAL_CLOCKS = settings.PORTAL_CLOCKS | {"bulk_reading": 2}


def reads(world, who, *places, at=AT):
    for place in places or (world.mosque, world.other_mosque, world.far_mosque):
        record_read("a.b", subject=place, institutions=[place.pk], by=who, at=at)


def run(at=AT):
    with as_task():
        tell_of_bulk_reading(at=at)
        moments = iter(at + dt.timedelta(milliseconds=n) for n in range(1000))
        drain(clock=lambda: next(moments))


def test_bulk_reading_is_told_to_coordinators_panel_and_each_mosque(world, mailoutbox):
    panel = make_institution("panel", "Northshire panel", world.force_area)
    member = make_person(panel, "scrutineer", "Jo Bright")
    reads(world, world.far_sergeant)
    run()

    told = sorted(address for mail in mailoutbox for address in mail.to)
    people = (world.coordinator, member, world.imam, world.other_imam, world.far_imam)
    assert told == sorted(person.email for person in people)


def test_bulk_reading_names_nobody_in_mail(world, mailoutbox):
    reads(world, world.far_sergeant)
    run()

    assert not any("Field" in mail.body or "Field" in mail.subject for mail in mailoutbox)
    (to_coordinator,) = [mail for mail in mailoutbox if mail.to == [world.coordinator.email]]
    (to_imam,) = [mail for mail in mailoutbox if mail.to == [world.imam.email]]
    reference = looked.reference_of(world.far_sergeant.contact, world.mosque)
    assert reference in to_coordinator.body
    assert "the records of 3 institutions" in to_coordinator.subject
    assert f"/institutions/{world.mosque.ref}/looked/" in to_imam.body
    assert not any(other.name in to_imam.body for other in (world.other_mosque, world.far_mosque))


def test_bulk_reading_is_told_once_a_day_and_user(world, mailoutbox):
    reads(world, world.far_sergeant)
    run()
    reads(world, world.far_sergeant, at=AT + 9 * MINUTE)
    run(AT + 10 * MINUTE)
    first = len(mailoutbox)
    reads(world, world.sergeant, at=AT + 9 * MINUTE)
    run(AT + 20 * MINUTE)
    second = len(mailoutbox)
    reads(world, world.far_sergeant, at=AT + dt.timedelta(days=1))
    run(AT + dt.timedelta(days=1, minutes=1))

    assert (first, second, len(mailoutbox)) == (4, 8, 12)
    assert Entry.objects.filter(action="dashboard.bulk_reading_found").count() == 3


def test_bulk_reading_of_a_mosque_that_comes_later_is_told_to_it_too(world):
    late = make_institution("mosque", "Late Mosque", world.neighbourhood)
    lead = make_person(late, "mosque_lead")
    reads(world, world.far_sergeant)
    run()
    reads(world, world.far_sergeant, late, at=AT + 9 * MINUTE)
    run(AT + 10 * MINUTE)

    assert Message.objects.filter(recipient_id=str(lead.pk)).count() == 1


@pytest.mark.parametrize("minutes", [0, 71])
def test_reading_is_not_bulk_below_the_limit_or_spread_over_time(world, minutes):
    reads(world, world.far_sergeant, world.mosque, world.other_mosque)
    reads(world, world.far_sergeant, world.mosque, at=AT + MINUTE)
    if minutes:
        reads(world, world.far_sergeant, world.far_mosque, at=AT + minutes * MINUTE)
    run(AT + max(minutes, 1) * MINUTE)

    assert not Message.objects.exists()
    assert not Entry.objects.filter(action="dashboard.bulk_reading_found").exists()
