"""Drafts on the phone: none is lost on the way to the form that sends it, and none is forgotten."""

import pytest

from tests.events.visits_kit import log
from tests.factories import make_world
from tests.support import browser as browsers

pytestmark = pytest.mark.browser


def test_a_draft_survives_going_on_at_once_and_is_shown_until_it_is_sent(live_portal, browser_page):
    world = make_world()
    page = browser_page(user=world.officer)
    page.goto("/visits/log/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/visits/log/")
    assert page.get_by_text("Sign in").count() == 0
    page.get_by_label("Where were you?").fill("the mosque by the mill")
    page.get_by_label("Reassurance", exact=True).check(force=True)

    page.get_by_role("button", name="I have a signal").click()
    page.get_by_text("You are offline: what you typed is kept on this phone").wait_for()
    assert page.get_by_label("Where were you?").input_value() == "the mosque by the mill"
    page.get_by_label("Where were you?").fill("the mosque by the canal")
    page.context.set_offline(False)
    page.get_by_role("button", name="I have a signal").click()
    page.get_by_role("button", name="Open").first.wait_for()

    for address in ("/", "/visits/"):
        page.goto(address)
        page.get_by_text("1 draft on this phone: go on").wait_for()
        page.locator("bdi", has_text="the mosque by the canal").wait_for()
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url("**/visits/log/")


def test_a_draft_of_a_note_is_called_by_place_and_day_and_goes_when_deleted(
    live_portal, browser_page
):
    world = make_world()
    visit = log(world)
    page = browser_page(user=world.officer)
    page.goto(f"{visit.get_absolute_url()}finish/")
    page.get_by_label("What we said we would do").fill("We will ask the council.")
    page.get_by_text("Draft saved on this phone").wait_for()

    page.goto("/")
    page.locator("bdi", has_text="Masjid An-Noor, Wednesday 10 June 2026").wait_for()
    assert page.get_by_role("link", name="Go on").get_attribute("href").endswith("/finish/")
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("1 draft on this phone").wait_for(state="hidden")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-draft-count]").is_hidden()


def note_down(page, address):
    page.goto(address)
    page.get_by_role("checkbox", name="Reassurance").first.check(force=True)
    page.get_by_text("Draft saved on this phone").wait_for()


def offered(page, address):
    """How many drafts a page offers, once it has looked for them."""
    page.goto(address)
    page.wait_for_function("document.querySelector('form[data-draft] [name=draft_id]')?.value")
    page.wait_for_timeout(300)
    return page.locator(".portal-drafts li").count()


def test_two_officers_of_one_phone_see_their_own_drafts(live_portal, browser_page):
    world = make_world()
    page = browser_page(user=world.officer)
    note_down(page, "/visits/log/")
    note_down(page, "/visits/log/blank/")
    page.context.clear_cookies()  # the session ended without a sign-out

    browsers.sign_in(page, world.sergeant, url=live_portal.url)
    page.goto("/")
    assert offered(page, "/visits/log/blank/") == 0
    assert offered(page, "/visits/log/") == 0
    note_down(page, "/visits/log/blank/")
    assert offered(page, "/visits/log/") == 1

    browsers.sign_in(page, world.officer, url=live_portal.url)
    assert offered(page, "/visits/log/") == 2
    assert offered(page, "/visits/log/blank/") == 1, "only what was written there"


def test_what_nobody_signed_in_for_goes_on_in_its_own_tab(live_portal, browser_page):
    world = make_world()
    page = browser_page()
    note_down(page, "/visits/log/blank/")
    browsers.sign_in(page, world.officer, url=live_portal.url)

    assert offered(page, "/visits/log/") == 1
    other_tab = page.context.new_page()
    assert offered(other_tab, "/visits/log/") == 0
