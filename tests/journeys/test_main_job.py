"""The whole main job in a browser, with the real worker, beat, outbox and mail server."""

import csv
import datetime as dt
import io
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from django.utils import timezone

from contacts.models import User
from events.models import Engagement, EngagementRequest, SharedNote
from events.tasks import release_notes
from partnerships.models import Commitment
from tests.factories import make_world
from tests.journeys.steps import SAID, TOLD, enter_day, in_two_weeks, press, send, sign_in_by_hand
from tests.roles import as_owner
from tests.support import browser as browsers
from tests.support.mail import links
from tests.support.processes import wait_for

pytestmark = pytest.mark.browser

CORRECTED = "Cars are left across both gates after Friday prayers."


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.mark.timeout(300)
def test_a_visit_a_note_a_request_and_a_promise_go_the_whole_way(
    world, browser_page, worker_and_beat, mail_sink
):
    before = figures(browser_page, world)

    sergeant = browser_page(browsers.PHONE, user=world.sergeant)
    sergeant.set_default_timeout(6000)
    log_without_signal(sergeant, world)
    finish_with_two_promises(sergeant)
    undo_and_share_again(sergeant)
    let_the_note_leave()

    imam = open_the_mail_and_sign_in(browser_page, mail_sink, world.imam)
    correct_a_line(imam)
    accept_the_correction(sergeant)
    ask_for_a_talk(imam)
    acknowledge_accept_schedule(sergeant)
    read_the_calendar_file(imam)
    claim_and_confirm_a_promise(sergeant, imam)

    after = figures(browser_page, world)
    assert moved(before, after) == EXPECTED


# --- The sergeant, outside, without a signal ----------------------------------------------------
def log_without_signal(page, world):
    page.goto("/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/visits/log/")
    page.get_by_label("Where were you?").fill("An-Noor")
    page.get_by_label("Getting to know", exact=True).check()
    page.get_by_role("button", name="I have a signal").click()
    page.get_by_text("You are offline: what you typed is kept on this phone").wait_for()
    page.context.set_offline(False)
    press(page, "I have a signal")
    page.get_by_role("button", name="Open").first.click()
    assert page.get_by_label("Getting to know", exact=True).is_checked()
    page.get_by_label(world.mosque.name).check()
    browsers.clean(page)
    press(page, "Log it")
    page.wait_for_load_state("networkidle")
    browsers.clean(page)
    press(page, "Finish and share")


def finish_with_two_promises(page):
    page.get_by_label("Road safety").check()
    page.locator("[name=told_us]").fill(TOLD)
    page.locator("[name=we_said]").fill(SAID)
    today, due = timezone.localdate(), timezone.localdate() + dt.timedelta(days=14)
    write_promise(page, 1, "Ask the council about a drop-off place", "police", today)
    page.get_by_text("More promises").click()
    write_promise(page, 2, "Send the times of the evening classes", "institution", due)
    page.locator("[name=children_present][value=no]").check(force=True)
    browsers.clean(page)
    press(page, "Share it now")


def write_promise(page, number, text, whose, due):
    page.locator(f"[name=promise_{number}_text]").fill(text)
    page.locator(f"[name=promise_{number}_whose][value={whose}]").check(force=True)
    enter_day(page, f"promise_{number}_due", due)


def undo_and_share_again(page):
    press(page, "Undo")
    assert page.locator("[name=told_us]").input_value() == TOLD
    assert not Commitment.objects.exists()
    press(page, "Share it now")
    page.get_by_role("button", name="Undo").wait_for()
    browsers.clean(page)


def let_the_note_leave():
    """Move time on by moving the row's dates back; the worker does the rest."""
    quarter = dt.timedelta(minutes=16)
    note = SharedNote.objects.get()
    with as_owner():
        SharedNote.objects.update(
            shared_at=note.shared_at - quarter, leaves_at=note.leaves_at - quarter
        )
    release_notes.delay()
    wait_for(lambda: SharedNote.objects.get().has_left, what="the note to leave")


# --- The imam -----------------------------------------------------------------------------------
def open_the_mail_and_sign_in(browser_page, mail_sink, imam):
    letters = note_letters(mail_sink, imam)
    assert len(letters) == 1
    assert TOLD not in letters[0].as_string()
    page = browser_page(browsers.PHONE)
    visit = next(urlsplit(link).path for link in links(letters[0]) if "/visits/" in link)
    sign_in_by_hand(page, imam, at=visit)
    page.get_by_text(TOLD).wait_for()
    browsers.clean(page)
    return page


def note_letters(mail_sink, imam):
    about = f"/visits/{Engagement.objects.get().ref}"
    return wait_for(
        lambda: [mail for mail in mail_sink.to(imam.email) if about in mail.as_string()],
        what="the mail about the note",
    )


def correct_a_line(page):
    press(page, "Ask for a correction")
    page.locator("[name=told_us]").fill(CORRECTED)
    browsers.clean(page)
    press(page, "Ask for this wording")
    wait_for(lambda: SharedNote.objects.get().state == "correction_open", what="the correction")


def accept_the_correction(page):
    page.goto(Engagement.objects.get().get_absolute_url())
    press(page, "Take over the new wording")
    page.get_by_text(CORRECTED).first.wait_for()
    browsers.clean(page)


def ask_for_a_talk(page):
    page.goto("/")
    press(page, "Ask for a visit or talk")
    page.locator("[name=kind][value=talk_tour]").check(force=True)
    page.locator("[name=purposes]").first.check(force=True)
    day = in_two_weeks()
    enter_day(page, "slot_1_on", day)
    page.locator("[name=slot_1_starts]").fill("18:30")
    browsers.clean(page)
    send(page)
    page.wait_for_url("**/requests/**")
    wait_for(lambda: EngagementRequest.objects.count() == 1, what="the request")
    browsers.clean(page)


def acknowledge_accept_schedule(page):
    request = EngagementRequest.objects.get()
    for label, state in (
        ("Say that you have read it", "acknowledged"),
        ("Accept", "accepted"),
        ("Put it in the calendar", "scheduled"),
    ):
        page.goto(request.get_absolute_url())
        press(page, label)
        if page.locator("[name=words]").count():
            page.locator("[name=words]").fill("Thank you. We would be glad to come.")
        browsers.clean(page)
        send(page)
        wait_for(lambda s=state: EngagementRequest.objects.get().state == s, what=state)


def read_the_calendar_file(page):
    visit = Engagement.objects.get(state="planned")
    answer = page.request.get(f"/visits/{visit.ref}/calendar.ics")
    event = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")[0]
    assert event["UID"].startswith(str(visit.ref))
    assert event["DTSTART"].dt == visit.starts_at


def claim_and_confirm_a_promise(sergeant, imam):
    promise = Commitment.objects.get(owner_side="police")
    sergeant.goto(promise.get_absolute_url())
    press(sergeant, "Say that it is done")
    sergeant.locator("main textarea").first.fill("The council has answered.")
    browsers.clean(sergeant)
    send(sergeant)
    wait_for(lambda: Commitment.objects.get(pk=promise.pk).state == "done_claimed")
    imam.goto(promise.get_absolute_url())
    browsers.clean(imam)
    press(imam, "Yes, it was kept")
    imam.wait_for_url("**/keep/")
    press(imam, "Yes, it was kept")
    wait_for(lambda: Commitment.objects.get(pk=promise.pk).state == "kept")


# --- The coordinator ----------------------------------------------------------------------------
YEAR = f"{timezone.localdate():%Y}"  # ends the rows of single months
EXPECTED = {
    ("promises", "Kept"): 1,
    ("promises", "In the rate: n"): 1,
    ("promises", "Kept, per cent"): 100,
    ("missed-contact", "Masjid An-Noor"): -90,
    ("agreed-record", "Waiting for a reply"): 1,
    ("coverage", "With a visit, none confirmed yet"): 1,
    ("coverage", "With no visit in this period"): -1,
    ("outcomes", "Accepted, in the calendar or held"): 1,
    ("reciprocity", "Police"): 1,
    ("response-times", "Requests that came"): 1,
    ("response-times", "Acknowledged by a person"): 1,
    ("response-times", "… within 72 hours"): 1,
}


def figures(browser_page, world) -> dict:
    """Read every figure's file as the coordinator downloads it."""
    page = browser_page(browsers.DESK, user=User.objects.get(pk=world.coordinator.pk))
    page.goto("/dashboard/")
    browsers.clean(page)
    found = {}
    for link in page.get_by_role("link", name="CSV").all():
        path = link.get_attribute("href")
        name = path.split("/csv/")[1].split("/")[0]
        body = take_out(page, path).decode("utf-8-sig")
        for row in list(csv.reader(io.StringIO(body)))[1:]:
            found[name, row[0]] = tuple(row[1:])
    return found


def take_out(page, path) -> bytes:
    """Return a file of the dashboard; one that names institutions asks why first."""
    answer = page.request.get(path)
    if "text/csv" in answer.headers["content-type"]:
        return answer.body()
    page.goto(path)
    page.get_by_role("radio").first.check()
    with page.expect_download() as download:
        page.locator("main").get_by_role("button").click()
    page.goto("/dashboard/")
    return Path(download.value.path()).read_bytes()


def moved(before, after):
    """Say by how much each count moved; medians and months are not counts."""
    moves = {key: count(after.get(key)) - count(before.get(key)) for key in {*before, *after}}
    return {key: move for key, move in moves.items() if move and not key[1].endswith(YEAR)}


def count(row):
    return int(row[0]) if row and row[0].isdigit() else 0
