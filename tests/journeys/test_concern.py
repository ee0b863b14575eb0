"""A concern in a browser, both sides, from raising it to the figure that counts it."""

import pytest
from django.urls import reverse

from partnerships.models import Concern
from tests.factories import make_world
from tests.journeys.steps import press, send
from tests.support import browser as browsers

pytestmark = pytest.mark.browser

WORRY = "Young men were stopped outside after night prayers."


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.mark.timeout(200)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_concern_is_raised_answered_challenged_closed_and_counted(
    world, browser_page, javascript
):
    imam, officer, inspector = (
        browser_page(browsers.PHONE, user=user, javascript=javascript)
        for user in (world.imam, world.officer, world.inspector)
    )
    raise_it(imam, world)
    url = Concern.objects.get().get_absolute_url()
    acknowledge_take_and_answer(officer, url)
    imam.goto(url)
    press(imam, "Challenge the answer")
    imam.locator("[name=why]").fill("That does not say why here.")
    send(imam)
    take_up_and_answer(inspector, url)
    accept(imam, url)
    propose(inspector, url)
    close(imam, url)
    count(imam)


def raise_it(page, world):
    page.goto(reverse("partnerships:concern-list"))
    press(page, "Raise a concern")
    page.locator("[name=topic]").select_option(label="Road safety")
    page.locator("[name=about][value=operation]").check(force=True)
    page.locator("[name=worry]").fill(WORRY)
    browsers.clean(page)
    send(page)
    page.get_by_text("A person answers within 72 hours").first.wait_for()
    assert world.mosque.name in page.locator("main").inner_text()


def acknowledge_take_and_answer(page, url):
    page.goto(url)
    assert WORRY in page.locator("main").inner_text()
    for link in ("Say that you have read it", "Take it in hand"):
        press(page, link)
        page.locator("[name=words]").fill("I have read it and am asking.")
        send(page)
    answer(page, "It was about a burglary.")


def answer(page, words):
    press(page, "Answer")
    page.locator("[name=answer]").fill(words)
    page.locator("[name=reasons]").fill("A description had been given.")
    page.locator("[name=will_change]").fill("An officer comes and explains.")
    browsers.clean(page)
    send(page)


def take_up_and_answer(page, url):
    page.goto("/")
    page.get_by_text(Concern.objects.get().reference).first.wait_for()
    page.goto(url)
    press(page, "Take up the challenge")
    send(page)
    answer(page, "It should have been explained at once.")


def accept(page, url):
    page.goto(url)
    assert "Level 1: inspector" in page.locator("main").inner_text()
    press(page, "Accept the answer")
    send(page)


def propose(page, url):
    page.goto(url)
    press(page, "Write “you said, we did”")
    page.locator("[name=you_said]").fill("Nobody said why.")
    page.locator("[name=we_did]").fill("An officer comes after prayers and explains.")
    send(page)


def close(page, url):
    page.goto(url)
    press(page, "Approve the words and close it")
    browsers.clean(page)
    send(page)
    page.get_by_text("Closed, in the words that you approved").wait_for()
    browsers.clean(page)


def count(page):
    page.goto(reverse("dashboard"))
    assert "1 of 1" in page.locator("main").inner_text()
    assert "closed concerns changed something" in page.locator("main").inner_text()
