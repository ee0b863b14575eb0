"""The scrutiny panel in a browser: a sample is drawn, commented on, answered, and counted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from config.dashboard.scrutiny.drawing import draw_samples
from partnerships import sampling
from partnerships.models import PanelComment, PanelSample
from tests.factories import make_world
from tests.journeys.steps import press, send
from tests.partnerships import panel_kit as kit
from tests.roles import as_task
from tests.support import browser as browsers

pytestmark = pytest.mark.browser

SAID = "Why was this promise moved?"
ANSWERED = "The officer was off sick, and nobody covered."


@pytest.fixture(autouse=True)
def _one_mosque_is_enough(settings):
    settings.PANEL_SAMPLE = kit.FEW


@pytest.fixture
def world(transactional_db, _one_mosque_is_enough):
    """A force with a panel, and twelve promises of the last whole quarter at one mosque."""
    world = make_world()
    world.people["reader"] = kit.member_of(kit.panel_of(world))
    since, _until = sampling.quarter_before(timezone.localdate())
    begun = dt.datetime.combine(since, dt.time(10), dt.UTC)
    for number in range(12):
        kit.promise(world.partnership, world.sergeant, at=begun + number * kit.DAY)
    with as_task():
        draw_samples(at=timezone.now())
    return world


@pytest.mark.timeout(200)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_sample_is_drawn_commented_on_answered_and_counted(world, browser_page, javascript):
    reader, inspector, imam = (
        browser_page(browsers.PHONE, user=user, javascript=javascript)
        for user in (world.reader, world.inspector, world.imam)
    )
    comment(reader, world)
    url = PanelComment.objects.get().get_absolute_url()
    answer(inspector, url)
    imam.goto(reverse("partnerships:panel-comment-list"))
    press(imam, "A promise")
    assert ANSWERED in imam.locator("main").inner_text()
    browsers.clean(imam)
    reader.goto(url)
    assert ANSWERED in reader.locator("main").inner_text()
    count(reader)


def comment(page, world):
    page.goto("/")
    page.locator("nav a", has_text="Scrutiny panel").first.wait_for(state="attached")
    page.goto(reverse("panel"))
    browsers.clean(page)
    press(page, "Three months from")
    assert PanelSample.objects.get().seed in page.content()
    browsers.clean(page)
    press(page, "1. A promise")
    assert world.mosque.name not in page.content()
    press(page, "Comment on this")
    page.locator("[name=words]").fill(SAID)
    page.locator("[name=asked_role][value=inspector]").check(force=True)
    browsers.clean(page)
    send(page)
    page.get_by_text("Your comment is written down").first.wait_for()


def answer(page, url):
    page.goto(url)
    assert SAID in page.locator("main").inner_text()
    press(page, "Answer it")
    page.locator("[name=words]").fill(ANSWERED)
    browsers.clean(page)
    send(page)
    page.get_by_text("Answered for police: An inspector").wait_for()
    browsers.clean(page)


def count(page):
    page.goto(reverse("panel"))
    row = page.locator("div.govuk-summary-list__row", has_text="Answered on time").first
    assert row.locator("dd").first.inner_text() == "1"
