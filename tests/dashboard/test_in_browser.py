"""The pages across apps with much on them: on a phone, by keyboard, without scripts."""

import pytest
from django.urls import reverse

from tests.factories import make_world
from tests.support import browser as browsers

from .arrange import (
    busy_time,
    correction,
    day,
    note,
    noted,
    promise,
    request,
    visit,
)

pytestmark = pytest.mark.browser


# Words of which one part stands on another line than the rest.
TORN = """() => {
  const torn = [], texts = document.createTreeWalker(document.querySelector('main'), 4)
  while (texts.nextNode()) {
    const text = texts.currentNode, range = document.createRange()
    if (!text.parentElement.closest('table') || !text.parentElement.checkVisibility()) continue
    for (const word of text.data.matchAll(/[a-z]+/gi)) {
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) torn.push(word[0])
    }
  }
  return torn
}"""


def lively_world():
    world = make_world()
    ours, imam, sergeant = world.partnership, world.imam, world.sergeant
    for number in range(5):
        visit(ours, sergeant, on=day(-2 - number))
        noted(ours, sergeant, state="confirmed", on=day(-30 * number - 20))
        request(ours, imam, hours_ago=60 * number + 30)
        request(ours, imam, state="closed", after_hours=number + 2, hours_ago=800 * number + 300)
        promise(ours, sergeant, due=number - 10)
        promise(ours, sergeant, due=-20, state="kept")
    note(visit(ours, sergeant, on=day(-9)), sergeant)
    correction(note(visit(ours, sergeant, on=day(-8)), sergeant, state="correction_open"), imam)
    promise(ours, imam, side="institution", due=4)
    visit(ours, sergeant, state="planned", on=day(3))
    request(ours, imam, state="decline_asked")
    request(ours, imam, state="acknowledged", recourse="with_commander")
    busy_time(world.mosque)
    return world


def test_full_pages_across_apps_are_accessible_and_fit_a_phone(live_portal, browser_page):
    world = lively_world()
    place = reverse("institution-detail", args=[world.mosque.ref])

    for who, address in (
        ("sergeant", "/"),
        ("imam", place),
        ("coordinator", "/dashboard/"),
        ("coordinator", "/dashboard/?since_0=40&since_1=1"),
    ):
        page = browser_page(user=getattr(world, who))
        page.goto(address)
        browsers.clean(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.context.close()


@pytest.mark.parametrize(
    ("address", "width"), [("/dashboard/", 360), ("/promises/", 1280), ("/requests/", 1280)]
)
def test_tables_tear_no_word_apart(live_portal, browser_page, address, width):
    world = lively_world()
    page = browser_page(user=world.coordinator)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(address)

    assert page.evaluate(TORN) == []


def test_home_and_figures_work_without_scripts(live_portal, browser_page):
    world = lively_world()
    page = browser_page(user=world.coordinator, javascript=False)

    page.goto("/")
    page.get_by_role("button", name="Open the figures").click()
    page.get_by_text("Change the period or the area").click()
    page.get_by_label("Period (optional)").select_option("Last 3 months")
    page.get_by_label("Area (optional)").select_option("Eastvale")
    page.get_by_role("button", name="Show").click()

    assert page.get_by_text("No promise fell due in this period.").is_visible()
    assert "period=3" in page.url


def test_home_glance_leads_by_keyboard_to_its_section(live_portal, browser_page):
    world = lively_world()
    page = browser_page(user=world.sergeant)

    page.goto("/")
    first = page.get_by_role("navigation", name="What waits for you").get_by_role("link").first
    first.focus()
    page.keyboard.press("Enter")
    section = page.url.partition("#")[2]

    assert f"#{section}" == first.get_attribute("href")
    assert section.startswith("team-")
    assert page.locator(f"#{section}").is_visible()


def test_timeline_goes_on_to_its_next_page(live_portal, browser_page):
    world = lively_world()
    page = browser_page(user=world.imam, javascript=False)

    page.goto(reverse("institution-detail", args=[world.mosque.ref]))
    first = page.locator(".moj-timeline__title").all_inner_texts()
    page.get_by_role("link", name="Next page").click()

    assert len(first) == 25
    assert page.get_by_text("26 to ").is_visible()
