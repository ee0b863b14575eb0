"""What a panel reads, what a mosque reads of that, and what is answered."""

import pytest
import time_machine
from django.urls import reverse

from . import panel_kit as kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    """A force's panel with a sample, in which each of three mosques has a promise."""
    with time_machine.travel(kit.AT, tick=False):
        world.panel = kit.panel_of(world)
        world.people["reader"] = kit.member_of(world.panel)
        kit.fill(world)
        world.sample = kit.draw()
        world.item = kit.first_item(world.sample, institution=world.mosque)
        yield world


def get(client, user, url):
    client.force_login(user)
    return client.get(url)


def text(response):
    return response.content.decode()


def hidden(world):
    people = (world.imam, world.sergeant, world.officer, world.coordinator)
    return [world.mosque.name, world.team.name, kit.CANARY, *(p.contact.name for p in people)]


def test_a_member_reads_the_sample_and_each_record_without_a_name(client, scene):
    home = text(get(client, scene.reader, reverse("panel")))
    sample = text(get(client, scene.reader, scene.sample.get_absolute_url()))
    told = ""
    for item in scene.sample.items.all():
        page = get(client, scene.reader, item.get_absolute_url())
        assert page.status_code == 200
        told += text(page)

    assert scene.sample.get_absolute_url() in home
    assert scene.sample.seed in sample
    assert scene.item.get_absolute_url() in sample
    assert [name for name in hidden(scene) if name in sample + told] == []


def test_the_mosque_reads_that_the_panel_looked(client, scene):
    get(client, scene.reader, scene.item.get_absolute_url())
    log = reverse("access-log", args=[scene.mosque.ref])
    told = text(get(client, scene.imam, log))
    elsewhere = text(
        get(client, scene.other_imam, reverse("access-log", args=[scene.other_mosque.ref]))
    )

    assert "The scrutiny panel" in told
    assert "One record in a panel’s sample, without names" in told
    assert scene.reader.contact.name not in told
    assert "The scrutiny panel" not in elsewhere
