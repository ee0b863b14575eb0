import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.events.notes_kit import finish
from tests.events.visits_kit import log

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hour", "waits"), [(14, False), (20, False), (22, True)])
def test_a_note_shared_at_night_says_when_its_mail_follows(client, world, hour, waits):
    at = dt.datetime(2026, 6, 10, hour - 1, 30, tzinfo=dt.UTC)  # a Wednesday, summer time
    with time_machine.travel(at, tick=False):
        visit = log(world, on=dt.date(2026, 6, 9), at=at)
        finish(world, visit, at=at)
        client.force_login(world.officer)
        pages = [
            client.get(reverse("events:visit-shared", args=[visit.ref])).text,
            client.get(visit.get_absolute_url()).text,
        ]

    for page in pages:
        assert ("It is quiet time then" in page) is waits
        assert ("follows at Thursday 11 June 2026, 08:00." in page) is waits
