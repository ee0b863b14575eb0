"""The journeys with scripts switched off: slower to look at, and nothing is missing."""

import pytest
from django.utils import timezone

from events.actions.note_leaving import release_notes
from events.models import Engagement, EngagementRequest, SharedNote
from partnerships.models import Commitment
from tests.factories import make_world
from tests.support import browser as browsers

from .steps import (
    SAID,
    TOLD,
    enter_day,
    go_by,
    in_two_weeks,
    press,
    promise_of_police,
    send,
    sign_in_by_hand,
    visit_of_yesterday,
    visit_with_a_note,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def world(live_portal):
    return make_world()


@pytest.fixture
def plain_page(browser_page):
    """Make pages without scripts, for somebody signed in."""

    def make(user=None):
        page = browser_page(browsers.PHONE, user=user, javascript=False)
        page.set_default_timeout(8000)
        return page

    return make


# --- A visit and its note -----------------------------------------------------------------------


def test_a_visit_is_logged_finished_called_back_and_shared(world, plain_page):
    page = plain_page()
    sign_in_by_hand(page, world.sergeant)
    log(page, world)
    press(page, "Finish and share")

    fill_note(page)
    press(page, "Share it now")
    assert_nothing_is_lost_and_errors_are_named(page)
    page.get_by_label("Road safety").check()
    enter_day(page, "promise_2_due", in_two_weeks())
    press(page, "Share it now")
    browsers.clean(page)

    press(page, "Undo")
    assert_note_is_filled(page)
    assert SharedNote.objects.get().state == "draft"
    press(page, "Share it now")
    assert let_it_leave() == {
        "Ask about a drop-off place": "police",
        "Send the times": "institution",
    }
    sign_out(page)


def log(page, world):
    page.goto("/visits/log/")
    page.get_by_label(world.mosque.name).check()
    page.get_by_label("Getting to know", exact=True).check()
    browsers.clean(page)
    press(page, "Log it")


def fill_note(page):
    """Leave out the topic, and the day of the second promise."""
    page.locator("[name=told_us]").fill(TOLD)
    page.locator("[name=we_said]").fill(SAID)
    page.locator("[name=promise_1_text]").fill("Ask about a drop-off place")
    enter_day(page, "promise_1_due", in_two_weeks())
    page.get_by_text("More promises").click()
    page.locator("[name=promise_2_text]").fill("Send the times")
    page.locator("[name=promise_2_whose][value=institution]").check(force=True)
    page.locator("[name=children_present][value=no]").check(force=True)


def assert_nothing_is_lost_and_errors_are_named(page):
    errors = page.locator(".govuk-error-summary a").all_inner_texts()
    assert len(errors) == 2
    assert page.title().startswith("Error:")
    assert page.locator("[name=promise_1_due_0]").input_value() == str(in_two_weeks().day)
    assert page.locator("[name=promise_2_whose][value=institution]").is_checked()
    assert_note_is_filled(page)
    browsers.clean(page)


def assert_note_is_filled(page):
    kept = {"told_us": TOLD, "we_said": SAID, "promise_2_text": "Send the times"}
    found = {name: page.locator(f"[name={name}]").input_value() for name in kept}
    assert found == kept
    assert page.locator("[name=promise_2_text]").is_visible()


def let_it_leave():
    SharedNote.objects.update(leaves_at=timezone.now())
    release_notes(at=timezone.now())
    return dict(Commitment.objects.values_list("text", "owner_side"))


def sign_out(page):
    go_by(page.get_by_role("button", name="Sign out"))
    if page.url.endswith("/logout/"):
        send(page)
    page.goto("/visits/")
    assert "/accounts/login/" in page.url


def test_an_imam_corrects_a_note_and_confirms_the_new_wording(world, plain_page):
    visit = visit_with_a_note(world)
    imam = plain_page()
    sign_in_by_hand(imam, world.imam, at=visit.get_absolute_url())
    assert imam.get_by_text(TOLD).is_visible()

    press(imam, "Ask for a correction")
    imam.locator("[name=told_us]").fill("Cars are left across both gates.")
    send(imam)
    officer = plain_page(world.officer)
    officer.goto(visit.get_absolute_url())
    press(officer, "Take over the new wording")
    browsers.clean(officer)

    imam.goto(visit.get_absolute_url())
    assert imam.get_by_text("Cars are left across both gates.").first.is_visible()
    press(imam, "I have read this")
    browsers.clean(imam)
    assert SharedNote.objects.get().state == "confirmed"


# --- A request ----------------------------------------------------------------------------------


def test_a_request_is_sent_answered_and_put_in_the_calendar(world, plain_page):
    imam, officer = plain_page(world.imam), plain_page(world.officer)
    imam.goto("/requests/")
    press(imam, "Ask for a visit or talk")
    send(imam)
    assert imam.locator(".govuk-error-summary a").count() >= 3
    imam.locator("[name=kind][value=talk_tour]").check(force=True)
    imam.locator("[name=purposes]").first.check(force=True)
    enter_day(imam, "slot_1_on", in_two_weeks())
    imam.locator("[name=slot_1_starts]").fill("18:30")
    press(imam, "Send the request")
    browsers.clean(imam)

    for label, state in (
        ("Say that you have read it", "acknowledged"),
        ("Accept", "accepted"),
        ("Put it in the calendar", "scheduled"),
    ):
        officer.goto(EngagementRequest.objects.get().get_absolute_url())
        press(officer, label)
        if officer.locator("[name=words]").count():
            officer.locator("[name=words]").fill("Thank you. We would be glad to come.")
        send(officer)
        assert EngagementRequest.objects.get().state == state
        browsers.clean(officer)
    assert Engagement.objects.get().on == in_two_weeks()


# --- A promise ----------------------------------------------------------------------------------


def test_a_promise_is_said_to_be_done_and_called_kept(world, plain_page):
    promise = promise_of_police(world)
    sergeant, imam = plain_page(world.sergeant), plain_page(world.imam)

    sergeant.goto(promise.get_absolute_url())
    press(sergeant, "Say that it is done")
    sergeant.locator("main textarea").first.fill("We walked it on Tuesday.")
    send(sergeant)
    imam.goto(promise.get_absolute_url())
    press(imam, "kept")
    send(imam)

    assert Commitment.objects.get().state == "kept"
    assert imam.get_by_text("We walked it on Tuesday.").first.is_visible()
    browsers.clean(imam)


# --- Lists and figures --------------------------------------------------------------------------


def test_lists_are_filtered_by_their_own_forms(world, plain_page):
    visit_of_yesterday(world)
    promise_of_police(world)
    page = plain_page(world.sergeant)

    for path in ("/visits/", "/requests/", "/promises/"):
        page.goto(path)
        narrow(page)
        assert "?" in page.url
        browsers.clean(page)


def narrow(page):
    """Choose the last of each list's choices and show what fits."""
    form = page.locator("main form").first
    page.locator("main summary").first.click()
    for choice in form.locator("select").all():
        choice.select_option(index=choice.locator("option").count() - 1)
    go_by(form.get_by_role("button").first)


def test_figures_are_narrowed_to_a_period(world, plain_page):
    promise_of_police(world)
    page = plain_page(world.coordinator)

    page.goto("/dashboard/")
    page.get_by_text("Change the period or the area").click()
    page.locator("[name=period]").select_option("Last 3 months")
    go_by(page.get_by_role("button", name="Show"))

    assert "period=3" in page.url
    browsers.clean(page)


def test_pages_of_long_lists_are_turned(world, plain_page):
    for _number in range(26):
        promise_of_police(world)
    page = plain_page(world.imam)

    page.goto("/promises/")
    assert page.locator("tbody tr").count() == 25
    go_by(page.get_by_role("link", name="Next page"))

    assert page.locator("tbody tr").count() == 1
    browsers.clean(page)
