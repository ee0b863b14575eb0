"""Above each box it says who can read it, that it can be released, and whom to ring instead."""

import pytest
import time_machine
from django.urls import reverse

from partnerships.models import Partnership
from tests.events.visits_kit import AT, log
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

RELEASED = "can be released under the Freedom of Information Act. For something private, ring"


@pytest.mark.parametrize("joined", [True, False])
def test_visit_finish_says_it_above_each_box_or_group(client, world, joined):
    visit = log(world)
    if not joined:
        with as_owner():
            Partnership.objects.update(state="not_joined", joined_on=None)
    with time_machine.travel(AT, tick=False):
        client.force_login(world.officer)
        rest = client.get(reverse("events:visit-finish", args=[visit.ref])).text

    for name in (*(("told_us", "we_said") if joined else ()), "promise_1_text", "promise_2_text"):
        above, rest = rest.split(f'name="{name}"', 1)
        assert RELEASED in above, name


def test_request_create_says_it_above_each_box_or_group(client, world):
    client.force_login(world.imam)

    rest = client.get(reverse("events:request-create")).text

    for name in ("why", "times_to_avoid"):
        above, rest = rest.split(f'name="{name}"', 1)
        assert RELEASED in above, name
