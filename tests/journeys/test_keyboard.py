"""The journeys by keyboard alone: Tab, Space, arrows and Enter, with the focus always in sight."""

import pytest

from events.models import Engagement, EngagementRequest, SharedNote
from partnerships.models import Commitment
from tests.factories import make_world
from tests.support import browser as browsers

from .steps import in_two_weeks, promise_of_police, visit_with_a_note

pytestmark = pytest.mark.browser

MOST_TABS = 120
# What has the focus, and whether that can be seen: it must look otherwise than without the focus,
# and lie on the screen.
FOCUS = f"""() => {{
  const at = document.activeElement
  if (!at || at === document.body) return null
  const look = {browsers.LOOK}
  const label = at.labels && at.labels[0]
  const box = (label && at.type !== 'text' ? label : at).getBoundingClientRect()
  const focused = look(at)
  at.blur()
  const plain = look(at)
  at.focus({{ preventScroll: true }})
  return {{
    name: at.name || '', value: at.value || '',
    text: ((label || at).innerText || at.value || '').trim(),
    html: at.outerHTML.slice(0, 160),
    seen: focused !== plain && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  }}
}}"""


@pytest.fixture
def world(live_portal):
    return make_world()


class Hands:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(8000)

    def tab_to(self, text="", *, name="", value=None):
        """Press Tab until what has the focus fits; fail where the focus cannot be seen."""
        seen = []
        for _number in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            if focus is None:
                continue
            assert focus["seen"], f"{self.page.url}: no focus to be seen on {focus['html']}"
            if name and focus["name"] == name and value in (None, focus["value"]):
                return focus
            if text and not name and text in focus["text"]:
                return focus
            seen.append(focus["text"][:40] or focus["name"])
        raise AssertionError(f"{self.page.url}: no {text or name} among {seen}")

    def press(self, text):
        self.tab_to(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, text="", **which):
        self.tab_to(text, **which)
        self.page.keyboard.press("Space")

    def choose(self, name, value):
        """Reach a group of radios with Tab and go through it with the arrows."""
        self.tab_to(name=name)
        for _number in range(12):
            if self.page.evaluate(FOCUS)["value"] == value:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert self.page.locator(f"[name={name}][value='{value}']").is_checked()

    def type(self, name, text):
        self.tab_to(name=name)
        self.page.keyboard.type(text)

    def type_day(self, name, day):
        for part, number in enumerate((day.day, day.month, day.year)):
            self.type(f"{name}_{part}", str(number))


@pytest.fixture
def hands(browser_page):
    def make(user, path):
        page = browser_page(browsers.DESK, user=user)
        page.goto(path)
        return Hands(page)

    return make


def test_a_visit_is_logged_finished_and_shared(world, hands):
    sergeant = hands(world.sergeant, "/visits/")
    sergeant.press("Log a visit")
    sergeant.choose("institution", str(world.mosque.ref))
    sergeant.tick("Getting to know")
    sergeant.press("Log it")

    sergeant.press("Finish and share")
    sergeant.tick("Road safety")
    sergeant.type("told_us", "Cars are left across the gate.")
    sergeant.type("promise_1_text", "Ask the council")
    sergeant.type_day("promise_1_due", in_two_weeks())
    sergeant.choose("children_present", "no")
    sergeant.press("Share it now")

    note = SharedNote.objects.get()
    assert (note.state, len(note.planned_promises)) == ("shared", 1)
    assert Engagement.objects.get().purposes == ["getting_to_know"]
    sergeant.tab_to("Undo")


def test_a_note_is_confirmed(world, hands):
    visit = visit_with_a_note(world)
    imam = hands(world.imam, visit.get_absolute_url())

    imam.press("I have read this")

    assert SharedNote.objects.get().state == "confirmed"


def test_an_engagement_is_asked_for(world, hands):
    imam = hands(world.imam, "/requests/")
    imam.press("Ask for a visit or talk")
    imam.choose("kind", "talk_tour")
    imam.tick(name="purposes", value="getting_to_know")
    imam.type_day("slot_1_on", in_two_weeks())
    imam.type("slot_1_starts", "18:30")
    imam.press("Send the request")

    asked = EngagementRequest.objects.get()
    assert (asked.kind, asked.state) == ("talk_tour", "submitted")


def test_a_promise_is_said_to_be_done(world, hands):
    promise = promise_of_police(world)
    sergeant = hands(world.sergeant, "/promises/")

    sergeant.press("Walk the car park")
    sergeant.press("Say that it is done")
    sergeant.type("done", "We walked it on Tuesday.")
    sergeant.press("Say that it is done")

    promise.refresh_from_db()
    assert promise.state == Commitment.State.DONE_CLAIMED


def test_skip_link_leads_past_the_menu(world, hands):
    sergeant = hands(world.sergeant, "/visits/")

    sergeant.tab_to("Skip to main content")
    sergeant.page.keyboard.press("Enter")

    sergeant.page.keyboard.press("Tab")
    assert sergeant.page.evaluate("document.activeElement.closest('main') !== null")


def test_menu_of_a_phone_opens_and_closes_by_keyboard(world, browser_page):
    page = browser_page(browsers.PHONE, user=world.sergeant)
    page.goto("/visits/")
    menu, link = page.get_by_role("button", name="Menu"), page.get_by_role("link", name="Promises")
    link.wait_for(state="hidden")

    hand = Hands(page)
    hand.tab_to("Menu")
    page.keyboard.press("Enter")
    link.wait_for(state="visible")
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Space")
    link.wait_for(state="hidden")
    page.keyboard.press("Space")
    hand.press("Promises")

    assert page.url.endswith("/promises/")
