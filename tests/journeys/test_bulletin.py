"""A bulletin in a browser: drafted, checked, sent, read, asked about, answered, and counted."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from tests.factories import make_world
from tests.journeys.steps import enter_day, press, send
from tests.partnerships.bulletin_kit import PARTS
from tests.support import browser as browsers

pytestmark = pytest.mark.browser
QUESTION = "May wheelchairs pass?"
ANSWER = "Yes, by the mill. The path is wide enough."


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.mark.timeout(200)
def test_a_bulletin_goes_from_its_draft_to_the_measure(world, browser_page, live_portal):
    before = figures(browser_page, world)
    sergeant = browser_page(browsers.PHONE, user=world.sergeant)
    draft(sergeant)
    check_and_send(browser_page(browsers.DESK, user=world.coordinator))

    imam = browser_page(browsers.PHONE, user=world.imam)
    read_and_ask(imam)
    answer(sergeant)
    imam.reload()
    imam.get_by_text(ANSWER).wait_for()
    browsers.clean(imam)
    read_out(imam)

    after = figures(browser_page, world)
    changed = {name: after[name] for name in after if after[name] != before[name]}
    assert changed == {
        "Bulletins sent": "1",
        "… about which something was asked": "1",
        "Questions asked": "1",
        "Answered, or past their 72 hours": "1",
        "… answered within 72 hours": "1",
    }


def draft(page):
    page.goto("/bulletins/")
    press(page, "Draft a bulletin")
    for name, words in PARTS.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_label("Millbrook West, Millbrook").check()
    for name, days in (("valid_until", 14), ("questions_until", 9)):
        enter_day(page, name, timezone.localdate() + dt.timedelta(days=days))
    browsers.clean(page)
    send(page)
    page.get_by_text("Saved.").wait_for()
    browsers.clean(page)


def check_and_send(page):
    page.goto("/")
    page.get_by_role("link", name="Bulletin: Millbrook West team").click()
    press(page, "Check it")
    browsers.clean(page)
    send(page)
    press(page, "Send it")
    page.get_by_text("2 institutions").wait_for()
    browsers.clean(page)
    send(page)
    page.get_by_text("Sent. All leads hear of it by e-mail.").wait_for()


def read_and_ask(page):
    page.goto("/")
    page.get_by_role("link", name="Bulletin: Millbrook West team").click()
    page.get_by_text(PARTS["unsaid"]).wait_for()
    browsers.clean(page)
    press(page, "Ask a question")
    page.locator("[name=text]").fill(QUESTION)
    browsers.clean(page)
    send(page)
    page.get_by_text(QUESTION).wait_for()


def answer(page):
    page.goto("/")
    page.get_by_role("link", name="A question about a bulletin").click()
    press(page, "Answer this question")
    page.get_by_text("an institution that is not named").wait_for()
    page.locator("[name=can_answer][value=yes]").check(force=True)
    page.locator("[name=answer]").fill(ANSWER)
    browsers.clean(page)
    send(page)
    page.get_by_text("Answered.").wait_for()


def read_out(page):
    page.get_by_role("link", name="Two sentences to read out on Friday").click()
    words = page.get_by_text(PARTS["read_out"])
    words.wait_for()
    assert words.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 32
    browsers.clean(page)


def figures(browser_page, world):
    page = browser_page(browsers.DESK, user=world.coordinator)
    response = page.request.get("/dashboard/csv/bulletins/")
    assert response.ok, response.status
    rows = list(csv.reader(io.StringIO(response.text().lstrip("\ufeff"))))
    return {row[0]: row[1] for row in rows[1:]}
