"""What a panel reads, what a mosque reads of that, and what is answered."""

import pytest
import time_machine
from django.urls import reverse

from config.actor import claims
from partnerships.models import Concern
from tests.roles import as_role

from . import concern_kit
from . import panel_kit as kit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_mosque_is_enough(settings):
    settings.PANEL_SAMPLE = kit.FEW


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


# --- A concern before the panel ------------------------------------------------------------------
VIEW = "The stops could be justified one by one. Their number could not."


@pytest.fixture
def case(world):
    """A concern before the panel, with names in its words."""
    world.people["reader"] = kit.member_of(kit.panel_of(world))
    names = (world.imam.contact.name, world.mosque.name, world.officer.contact.name)
    world.names = (*names, world.team.name, world.inspector.contact.name)
    worry = "{} was stopped outside {} by {}.".format(*names)
    world.concern = concern_kit.with_panel(world, parts={"worry": worry, "would_help": "Say why."})
    with time_machine.travel(concern_kit.AT + kit.DAY, tick=False):
        yield world


def url(name, concern):
    return reverse(f"partnerships:{name}", args=[concern.ref])


def test_a_member_reads_a_concern_without_names_and_gives_the_panels_view(client, case):
    page = text(get(client, case.reader, url("panel-concern", case.concern)))
    home = text(get(client, case.reader, reverse("panel")))
    form = url("panel-concern-view", case.concern)
    empty = client.post(form, {"view": " "})
    sent = client.post(form, {"view": VIEW})
    concern = Concern.objects.get(pk=case.concern.pk)

    assert "[a person] was stopped outside [the institution] by [a person]." in page
    assert [name for name in case.names if name in page] == []
    assert case.concern.reference in home
    assert set(empty.context["form"].errors) == {"view"}
    assert sent.url == url("panel-concern", concern)
    assert concern.panel_viewed_at == concern_kit.AT + kit.DAY
    assert "The panel has given its view" in text(client.get(form))
    assert VIEW in text(get(client, case.imam, concern.get_absolute_url()))


def test_the_view_is_the_panels_own_on_both_pages_and_open_until_it_is_answered(client, case):
    get(client, case.reader, url("panel-concern", case.concern))
    client.post(url("panel-concern-view", case.concern), {"view": VIEW})
    before = get(client, case.reader, url("panel-concern", case.concern))
    concern = Concern.objects.get(pk=case.concern.pk)
    page = get(client, case.imam, concern.get_absolute_url())
    shown = text(page)

    views = [step.who for step in before.context["steps"] if step.move == "The panel’s view"]
    assert views == ["The scrutiny panel"]
    assert "by the scrutiny panel" in shown
    assert "by the portal itself" not in shown
    assert shown.index(VIEW) < shown.index("The latest answer")
    assert shown.count(VIEW) == 1

    concern_kit.answer(concern, case.commander, at=concern_kit.AT + kit.DAY)
    after = text(get(client, case.imam, concern.get_absolute_url()))
    assert "The view of the scrutiny panel" not in after
    assert VIEW in after


def test_reading_it_stands_in_the_mosques_log_as_the_panels(client, case):
    get(client, case.reader, url("panel-concern", case.concern))
    told = text(get(client, case.imam, reverse("access-log", args=[case.mosque.ref])))

    assert "The scrutiny panel" in told
    assert "A concern" in told


@pytest.mark.parametrize("who", ["coordinator", "sergeant", "commander", "imam", "stranger"])
def test_only_the_panel_gives_its_view(client, case, who):
    case.concern.refresh_from_db()
    user = getattr(case, who)
    assert get(client, user, url("panel-concern-view", case.concern)).status_code == 404
    assert client.post(url("panel-concern-view", case.concern), {"view": VIEW}).status_code == 404


def test_the_database_opens_a_concern_only_while_it_is_before_the_panel(case):
    lower = concern_kit.in_hand(case)
    with as_role("portal_app"):
        claims.enter(case.reader.pk)
        assert not Concern.objects.exists()
        assert not claims.enter_panel(lower.ref)
        assert not Concern.objects.exists()
        assert claims.enter_panel(case.concern.ref)
        assert Concern.objects.filter(pk=case.concern.pk).exists()
        claims.enter(case.coordinator.pk)
        assert not claims.enter_panel(case.concern.ref)
        claims.leave()
