"""Both weekends on which London's clocks change: each digest comes once, at its hour."""

import datetime as dt

import pytest

from config.dashboard.digests.schedule import schedule_digests
from config.outbox.delivery import drain
from config.outbox.models import Message
from contacts.models import Preferences
from partnerships.actions.commitments import propose_commitment
from tests.factories import make_world
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
SPRING = dt.datetime(2027, 3, 26, 12, 0, tzinfo=dt.UTC)  # the Friday before
AUTUMN = dt.datetime(2026, 10, 23, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def world(db):
    return make_world()


def each_hour(start, *, days):
    return (start + n * HOUR for n in range(24 * days))


def prefer(user, **chosen):
    with as_owner():
        Preferences.objects.create(user=user, **chosen)


def due(user):
    found = Message.objects.filter(recipient_id=user.pk, kind__endswith="_digest")
    return [f"{at:%m-%d %H:%M}" for at in found.order_by("due_at").values_list("due_at", flat=True)]


@pytest.mark.parametrize(
    ("friday", "moments"),
    [
        (SPRING, ["03-27 09:00", "03-28 08:00", "03-29 08:00", "03-30 08:00"]),
        (AUTUMN, ["10-24 08:00", "10-25 09:00", "10-26 09:00", "10-27 09:00"]),
    ],
)
def test_daily_digest_is_promised_once_a_day_at_nine_in_london(world, friday, moments):
    prefer(world.sergeant, digest="daily", digest_hour=9)

    for at in each_hour(friday, days=3):
        schedule_digests(at=at)

    assert due(world.sergeant) == moments


@pytest.mark.parametrize(
    ("friday", "sunday", "monday"),
    [(SPRING, "03-28 07:00", "03-29 07:00"), (AUTUMN, "10-25 08:00", "10-26 08:00")],
)
def test_weekly_digest_of_the_weekend_is_promised_once_at_eight(world, friday, sunday, monday):
    prefer(world.officer, digest="weekly", digest_weekday=6, digest_hour=8)

    for at in each_hour(friday, days=4):
        schedule_digests(at=at)

    assert due(world.officer) == [sunday]
    assert due(world.sergeant) == [monday]


@pytest.mark.parametrize(
    ("friday", "expected"),
    [
        (
            SPRING,
            {
                "promise_tomorrow 03-27 09:00",
                "sergeant_digest 03-28 07:00",
                "promise_moved 03-28 07:00",
                "promise_today 03-28 08:00",
            },
        ),
        (
            AUTUMN,
            {
                "promise_tomorrow 10-24 08:00",
                "sergeant_digest 10-25 08:00",
                "promise_moved 10-25 08:00",
                "promise_today 10-25 09:00",
            },
        ),
    ],
)
def test_mail_over_the_night_of_the_change_leaves_at_its_hour_and_once(
    world, mailoutbox, friday, expected
):
    prefer(world.sergeant, digest="weekly", digest_weekday=6, digest_hour=8)
    promise(world, due_on=friday.date() + dt.timedelta(days=2), at=friday, mail=False)
    in_the_night = friday + dt.timedelta(days=1, hours=11)

    for at in each_hour(friday, days=2):
        if at == in_the_night:
            promise(world, due_on=friday.date() + dt.timedelta(days=60), at=at)
        schedule_digests(at=at)
        drain(clock=lambda at=at: at)

    sent = Message.objects.filter(state="sent")
    assert {f"{m.kind.rpartition('.')[2]} {m.sent_at:%m-%d %H:%M}" for m in sent} == expected
    assert len(mailoutbox) == len(sent) == len({message.key for message in sent})


def promise(world, *, due_on, at, **fields):
    return propose_commitment(
        partnership=world.partnership,
        text="Send the leaflet",
        owner_side="police",
        side="police",
        due_on=due_on,
        by=world.sergeant,
        at=at,
        **fields,
    )
