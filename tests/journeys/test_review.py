"""A yearly review in a browser, both sides, from frozen figures to the public report."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.actions.sharing import give_permission
from partnerships.models import PartnershipReview, PublishedItem
from tests.factories import make_world, panel_member
from tests.journeys.steps import enter_day, go_by, press, send
from tests.partnerships import review_kit as kit
from tests.support import browser as browsers

pytestmark = pytest.mark.browser

ALONE = "Nobody rang back in July."
OURS, THEIRS = "We ring back within a day.", "We want a number that is answered."


@pytest.fixture
def world(transactional_db):
    world = make_world()
    panel_member(world)
    kit.urdu()
    kit.scheduled(world)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=timezone.now())
    return world


@pytest.mark.timeout(200)
def test_a_year_is_looked_at_by_both_sides_and_by_a_panel_and_published(world, browser_page):
    coordinator, sergeant, imam, panel = (
        browser_page(browsers.PHONE, user=user, javascript=False)
        for user in (world.coordinator, world.sergeant, world.imam, world.scrutineer)
    )
    url = PartnershipReview.objects.get().get_absolute_url()
    freeze(coordinator)
    write(sergeant, url, ALONE)
    imam.goto(url)
    assert ALONE not in imam.locator("main").inner_text()
    write(imam, url, "The line was often busy.")
    assert ALONE in imam.locator("main").inner_text()
    meet(sergeant, imam, url)
    for page, words in ((sergeant, OURS), (imam, THEIRS)):
        state(page, url, words)
    comment(panel)
    report(coordinator, url)
    approve(imam, url)
    read_as_anybody(browser_page(browsers.PHONE))


def freeze(page):
    page.goto(reverse("partnerships:review-list"))
    press(page, "Yearly review")
    press(page, "Freeze the figures")
    browsers.clean(page)
    send(page)
    page.get_by_text("the figures match their hash").wait_for()
    browsers.clean(page)


def write(page, url, did_not):
    page.goto(url)
    press(page, "Write your side’s account")
    page.locator("[name=worked]").fill("The rota held.")
    page.locator("[name=did_not]").fill(did_not)
    browsers.clean(page)
    send(page)


def meet(police, mosque, url):
    police.goto(url)
    press(police, "Say that you met")
    enter_day(police, "met_on", timezone.localdate())
    police.locator("[name=institution_roles][value=imam]").check(force=True)
    police.locator("[name=police_roles][value=sgt]").check(force=True)
    browsers.clean(police)
    send(police)
    mosque.goto(url)
    press(mosque, "Confirm that you met")
    browsers.clean(mosque)
    send(mosque)


def state(page, url, words):
    page.goto(url)
    press(page, "Sign a statement of your own side")
    page.locator("[name=words]").fill(words)
    send(page)


def comment(page):
    page.goto("/forum/")
    page.get_by_role("link", name="Reviews").click()
    press(page, "Yearly review")
    assert "Too few to show" in page.locator("main").inner_text()
    page.locator("[name=words]").fill("Both could say by when.")
    browsers.clean(page)
    send(page)


def report(page, url):
    page.goto(url)
    press(page, "Draft the public report")
    page.locator("[name=summary]").fill("A good year with one bad month.")
    page.locator("[name=language]").select_option(value="ur")
    page.locator("[name=translation]").fill("ایک اچھا سال")
    browsers.clean(page)
    send(page)


def approve(page, url):
    page.goto(url)
    press(page, "Read the report")
    assert THEIRS in page.locator("main").inner_text()
    browsers.clean(page)
    press(page, "Approve it, or take it down")
    go_by(page.get_by_role("button", name="Approve", exact=True))
    send(page)


def read_as_anybody(page):
    page.goto(reverse("partnerships:public-area", args=[PublishedItem.objects.get().district_id]))
    press(page, "Read the whole report")
    shown = page.locator("main").inner_text()
    assert all(words in shown for words in (OURS, THEIRS, "Both could say by when."))
    browsers.clean(page)
