"""Visits and notes as people meet them: on a phone and on a desk, with and without scripts."""

import datetime as dt

import pytest
from django.utils import timezone

from events.actions import note_answers
from events.actions.note_leaving import release_notes
from events.models import Engagement, SharedNote
from tests.events.notes_kit import finish
from tests.events.visits_kit import log, plan
from tests.factories import make_world
from tests.support import browser as browsers

pytestmark = pytest.mark.browser


def lively_world():
    """A planned visit, one without a note, and one whose note is disagreed with."""
    world, now = make_world(), timezone.now()
    today = timezone.localdate(now)
    plan(world, on=today + dt.timedelta(days=2), at=now)
    world.unfinished = log(world, on=today - dt.timedelta(days=1), starts=dt.time(11), at=now)
    world.noted = log(world, on=today - dt.timedelta(days=4), starts=dt.time(11), at=now)
    earlier = now - dt.timedelta(hours=1)
    finish(world, world.noted, promises=[], nothing_promised=True, at=earlier)
    release_notes(at=now)
    world.note = SharedNote.objects.get()
    given = {"note": world.note, "at": now}
    asked = {"proposed": {"told_us": "Each day."}, "side": "institution", "by": world.imam}
    note_answers.ask_correction(**given, **asked)
    reason = {"reason": "It is what was said.", "side": "police", "by": world.officer}
    note_answers.decline_note_correction(**given, **reason)
    return world


def addresses(world):
    noted, unfinished = (visit.get_absolute_url() for visit in (world.noted, world.unfinished))
    planned = Engagement.objects.planned().get()
    return [
        (None, "/visits/log/blank/"),
        ("officer", "/visits/"),
        ("imam", "/visits/?note=not_shared"),
        ("officer", f"/visits/log/?institution={world.mosque.ref}"),
        ("imam", "/visits/log/"),
        ("officer", f"/visits/log/?planned={planned.ref}"),
        ("officer", planned.get_absolute_url()),
        ("imam", unfinished),
        ("officer", f"{unfinished}finish/"),
        ("imam", noted),
        ("officer", noted),
        *[("imam", f"{noted}{name}/") for name in ("disagree", "close", "explain")],
        *[("officer", f"{noted}{name}/") for name in ("withdraw", "record", "amend", "shared")],
    ]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", [browsers.PHONE, browsers.DESK])
def test_pages_of_visits_are_accessible_and_fit(live_portal, browser_page, size):
    world = lively_world()

    for who, address in addresses(world):
        page = browser_page(size, user=getattr(world, who) if who else None)
        page.goto(address)
        browsers.clean(page)
        if size == browsers.PHONE:
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.context.close()


def test_a_visit_is_logged_shared_called_back_and_confirmed_without_scripts(
    live_portal, browser_page
):
    world = make_world()
    officer = browser_page(user=world.officer, javascript=False)
    officer.goto(f"/visits/log/?institution={world.mosque.ref}")
    officer.get_by_role("checkbox", name="Reassurance").check(force=True)
    officer.get_by_role("button", name="Log it").click()
    officer.get_by_role("button", name="Finish and share").click()
    officer.get_by_role("checkbox", name="Road safety").check(force=True)
    officer.get_by_label("What Masjid An-Noor told us it wanted").fill("A crossing.")
    officer.get_by_label("Nothing was promised").check()
    officer.get_by_role("radio", name="No", exact=True).first.check(force=True)
    officer.get_by_role("button", name="Share it now").click()
    officer.get_by_role("button", name="Undo").click()
    assert officer.get_by_label("What Masjid An-Noor told us").input_value() == "A crossing."
    officer.get_by_role("button", name="Look at it first").click()
    officer.get_by_role("button", name="Share it").click()
    officer.get_by_role("button", name="Undo").wait_for()
    release_notes(at=timezone.now() + dt.timedelta(minutes=16))

    member = browser_page(user=world.member, javascript=False)
    member.goto("/visits/")
    member.get_by_role("link", name="Visit, Masjid An-Noor").click()
    assert member.get_by_text("A crossing.").is_visible()
    member.get_by_role("button", name="I have read this or had it read to me").click()

    assert SharedNote.objects.get().answered_by == world.member.contact


def test_a_visit_written_down_without_a_signal_fills_the_form_that_sends_it(
    live_portal, browser_page
):
    world = make_world()
    page = browser_page(user=world.officer)
    page.goto("/visits/log/")
    page.goto("/visits/log/blank/")
    page.get_by_label("Where were you?").fill("the mosque by the mill")
    page.get_by_role("radio", name="Reassurance visit").check(force=True)
    page.get_by_role("checkbox", name="Security advice").or_(
        page.get_by_role("checkbox", name="Reassurance")
    ).first.check(force=True)
    for part, text in (("Day", "1"), ("Month", "6"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_label("Start of the visit").fill("11:00")
    page.get_by_text("Draft saved on this phone").wait_for()

    page.get_by_role("button", name="I have a signal").click()
    page.get_by_role("button", name="Open").first.click()
    assert page.get_by_text("the mosque by the mill").first.is_visible()
    page.get_by_role("radio", name="Masjid An-Noor").check(force=True)
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url("**/visits/*-*/")

    visit = Engagement.objects.get()
    assert (visit.kind, visit.on, visit.starts) == (
        "reassurance",
        dt.date(2026, 6, 1),
        dt.time(11),
    )
    page.goto("/visits/log/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".portal-drafts").is_hidden()


def test_the_form_outside_the_door_is_done_by_keyboard(live_portal, browser_page):
    world = make_world()
    page = browser_page(user=world.officer)
    page.goto("/visits/log/")

    page.get_by_role("radio", name="Masjid An-Noor").focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="Reassurance").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Log it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/*-*/")

    assert Engagement.objects.get().institution == world.mosque
