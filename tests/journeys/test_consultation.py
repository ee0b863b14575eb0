"""A consultation in a browser: drafted, objected to, answered, read by two, decided, counted."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from config.islamic import spans_between
from partnerships.tasks import watch_consultations
from tests.factories import make_world
from tests.journeys.steps import enter_day, go_by, press, send
from tests.partnerships.consultation_kit import PARTS, joins
from tests.roles import as_task
from tests.support import browser as browsers
from tests.support.dates import move_back

pytestmark = pytest.mark.browser
LAST = 30  # days from today
ANSWER = "On foot, and not while people pray."
OBJECTION = "Nothing says what it costs."


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.mark.timeout(300)
def test_a_consultation_goes_from_its_draft_to_the_measure(world, browser_page, live_portal):
    joins(world, world.mosque)
    before = figures(browser_page, world)
    sergeant = browser_page(browsers.PHONE, user=world.sergeant)
    draft(sergeant)
    umbrella = browser_page(browsers.DESK, user=world.umbrella_lead)
    object_to_it(umbrella)
    open_it(browser_page, world)
    imam = browser_page(browsers.PHONE, user=world.imam)
    answer(imam)
    _after_the_last_day()

    name_theme(sergeant)
    read_again(umbrella)
    move(sergeant, "Consider it", "Being considered.")
    decide(browser_page(browsers.PHONE, user=world.inspector))
    report(browser_page(browsers.DESK, user=world.coordinator))
    imam.reload()
    for words in ("Officers walk.", "It costs no more.", "They mean the vans.", OBJECTION):
        imam.get_by_text(words).first.wait_for()
    browsers.clean(imam)

    after = figures(browser_page, world)
    changed = {name: after[name] for name in after if after[name] != before[name]}
    assert changed == {
        "Consultations decided": "1",
        "… to which the umbrella body had objected": "1",
        "… reported back to everybody who answered": "1",
        "Themes raised": "1",
        "… changed": "1",
        "… heard otherwise by the second reader": "1",
        "Answers of members of an umbrella body, for themselves": "1",
    } | ({"… opened as urgent": "1"} if hurried() else {})


def hurried():
    today = timezone.localdate()
    return bool(spans_between(today, today + dt.timedelta(days=LAST)))


def _after_the_last_day():
    move_back(LAST + 1, "partnerships_consultation%")
    with as_task():
        watch_consultations()


def draft(page):
    page.goto("/consultations/")
    press(page, "Draft a consultation")
    page.get_by_label("Which umbrella body stands beside it?").select_option(
        label="Millbrook Mosques Forum"
    )
    for name, value in (
        ("is_decided", "no"),
        ("owner_role", "inspector"),
        ("visibility", "shareable"),
    ):
        page.locator(f"[name={name}][value={value}]").check(force=True)
    for name, words in PARTS.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_label("Millbrook West, Millbrook").check()
    for name, days in (("closes_on", LAST), ("decides_on", LAST + 14)):
        enter_day(page, name, timezone.localdate() + dt.timedelta(days=days))
    browsers.clean(page)
    send(page)
    page.get_by_text("Saved.").wait_for()
    browsers.clean(page)


def object_to_it(page):
    page.goto("/consultations/?state=drafts")
    press(page, PARTS["title"])
    press(page, "Co-sign, or object")
    page.locator("[name=says][value=object]").check(force=True)
    page.locator("[name=objection]").fill(OBJECTION)
    browsers.clean(page)
    send(page)
    page.get_by_text(OBJECTION).wait_for()


def open_it(browser_page, world):
    who = world.inspector if hurried() else world.coordinator
    page = browser_page(browsers.DESK, user=who)
    page.goto("/consultations/?state=drafts")
    press(page, PARTS["title"])
    if hurried():
        press(page, "Open it as urgent")
        page.locator("[name=urgency]").fill("The season begins.")
    else:
        press(page, "Open it")
    browsers.clean(page)
    send(page)
    page.get_by_text("Open. All leads hear of it by e-mail.").wait_for()


def answer(page):
    page.goto("/consultations/")
    page.get_by_text("You are asked").wait_for()
    browsers.clean(page)
    press(page, PARTS["title"])
    go_by(page.get_by_role("button", name="Answer", exact=True))
    page.locator("[name=position][value=with_changes]").check(force=True)
    page.locator("[name=text]").fill(ANSWER)
    page.locator("[name=is_shared]").check(force=True)
    browsers.clean(page)
    send(page)
    page.get_by_text("1 of 1 members").wait_for()
    browsers.clean(page)


def open_first(page):
    page.goto("/consultations/")
    press(page, PARTS["title"])


def name_theme(page):
    open_first(page)
    page.get_by_role("link", name="Masjid An-Noor").click()
    page.get_by_text(ANSWER).wait_for()
    browsers.clean(page)
    open_first(page)
    press(page, "Name a theme")
    page.locator("[name=title]").fill("On foot")
    page.locator("[name=heard]").fill("Cars look like trouble.")
    page.locator("[name=found_in]").first.check(force=True)
    browsers.clean(page)
    send(page)
    page.get_by_text("Named.").wait_for()


def read_again(page):
    open_first(page)
    press(page, "Read it again")
    page.locator("[name=found_in]").first.check(force=True)
    page.locator("[name=dissent]").fill("They mean the vans.")
    browsers.clean(page)
    send(page)
    page.get_by_text("Read by both sides.").wait_for()


def move(page, label, said):
    open_first(page)
    press(page, label)
    browsers.clean(page)
    send(page)
    page.get_by_text(said).first.wait_for()


def report(page):
    page.goto("/consultations/?state=over")
    press(page, PARTS["title"])
    press(page, "Report back")
    browsers.clean(page)
    send(page)
    page.get_by_text("Reported back.").first.wait_for()


def decide(page):
    open_first(page)
    press(page, "Say what came of it")
    page.locator("[name=outcome][value=changed]").check(force=True)
    page.locator("[name=changed]").fill("Officers walk.")
    page.locator("[name=why]").fill("It costs no more.")
    browsers.clean(page)
    send(page)
    press(page, "Decide")
    page.locator("[name=decision]").fill("On foot until nine.")
    browsers.clean(page)
    send(page)
    page.get_by_text("On foot until nine.").wait_for()


def figures(browser_page, world):
    page = browser_page(browsers.DESK, user=world.coordinator)
    response = page.request.get("/dashboard/csv/consultations/")
    assert response.ok, response.status
    rows = list(csv.reader(io.StringIO(response.text().lstrip("\ufeff"))))
    return {row[0]: row[1] for row in rows[1:]}
