"""What is wrong with what was typed about a request: all of it at once, beside what was chosen."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.actions.requests import Slot
from events.models import Engagement
from tests.events.requests_kit import AT, accepted
from tests.events.test_requests_pages import asked

pytestmark = pytest.mark.django_db
FRIDAY_NOON = Slot(dt.date(2026, 3, 13), dt.time(13), 30)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def test_request_create_tells_of_a_day_gone_by_together_with_the_guards_warning(world, client):
    client.force_login(world.imam)
    wrong = asked(world, slot_1_on_0="1", why="Ring 07700 900123.")

    form = client.post(reverse("events:request-create"), wrong).context["form"]

    assert sorted(form.errors) == ["slot_1_on", "why"]


def test_request_create_shows_a_mosque_the_times_it_keeps_free(world, client):
    client.force_login(world.imam)

    page = client.get(reverse("events:request-create")).content.decode()

    assert "keeps free of visits" in page


@pytest.mark.parametrize(("chosen", "field"), [("named", "slot"), ("other", "starts")])
def test_request_schedule_puts_a_busy_time_beside_what_was_chosen(world, client, chosen, field):
    request = accepted(world, slots=[FRIDAY_NOON])
    client.force_login(world.officer)
    slot = str(request.slots.get().pk) if chosen == "named" else "other"
    typed = {"slot": slot, "on_0": "13", "on_1": "3", "on_2": "2026", "starts": "13:00"}
    address = reverse("events:request-schedule", args=[request.ref])

    form = client.post(address, typed).context["form"]
    assert list(form.errors) == [field]
    client.post(address, typed | {"invited_at_busy_time": "on"})

    assert Engagement.objects.get().invited_at_busy_time
