"""What journeys have in common: pressing, signing in by hand, and where they begin."""

import datetime as dt

from django.utils import timezone

from events.actions.note_leaving import Promise, release_notes
from events.actions.notes import finish_visit
from events.actions.visits import log_visit
from partnerships.actions.commitments import propose_commitment
from tests.factories.world import PASSWORD
from tests.support.factors import code_of, know_device

TOLD = "Cars are left across the gate after Friday prayers."
SAID = "We will ask the council about a drop-off place."


def go_by(control):
    """Press what leads to another page, and wait until that is there."""
    with control.page.expect_navigation():
        control.click()


def press(page, words):
    go_by(page.locator("main").locator("a, button").filter(has_text=words).first)


def send(page):
    go_by(page.locator("main form button.govuk-button").first)


def sign_in_by_hand(page, user, *, at="/accounts/login/"):
    """Sign in with a password, then by the app's code, or on a device that is known."""
    page.goto(at)
    if not user.has_second_factor:
        know_device(page, user)
    page.get_by_label("E-mail address").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    go_by(page.locator("main form").get_by_role("button", name="Sign in"))
    if user.has_second_factor:
        page.get_by_label("Code from your authenticator app").fill(code_of(user))
        go_by(page.locator("main form").get_by_role("button", name="Sign in"))


def open_anew(page, path, user=None):
    """Open a page; where it asks again who one is, because that was long ago, say so first."""
    answer = page.goto(path)
    if "/accounts/2fa/reauthenticate/" in page.url and "/accounts/" not in path:
        page.locator("[name=code]").fill(code_of(user))
        go_by(page.locator("main form button.govuk-button").first)
        answer = page.goto(path)
    if "/accounts/reauthenticate/" in page.url and "/accounts/" not in path:
        page.locator("[name=password]").fill(PASSWORD)
        go_by(page.locator("main form button.govuk-button").first)
        answer = page.goto(path)
    return answer


def enter_day(page, name, day):
    for part, value in enumerate((day.day, day.month, day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def in_two_weeks():
    """A Wednesday, so that no Friday prayer and no weekend is in the way."""
    day = timezone.localdate() + dt.timedelta(days=14)
    return day + dt.timedelta(days=(2 - day.weekday()) % 7)


def visit_of_yesterday(world):
    return log_visit(
        partnership=world.partnership,
        kind="visit",
        purposes=["reassurance"],
        on=timezone.localdate() - dt.timedelta(days=1),
        starts=dt.time(11, 0),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[world.officer.contact],
        by=world.officer,
        at=timezone.now(),
    )


def visit_with_a_note(world):
    """A visit whose note has left and waits for the imam."""
    now = timezone.now()
    visit = visit_of_yesterday(world)
    finish_visit(
        engagement=visit,
        side="police",
        parts={"told_us": TOLD, "we_said": SAID},
        promises=[Promise("Ask the council", "police", in_two_weeks())],
        nothing_promised=False,
        facts={"topics": ["road_safety"]},
        by=world.officer,
        at=now - dt.timedelta(minutes=16),
    )
    release_notes(at=now)
    return visit


def promise_of_police(world):
    return propose_commitment(
        partnership=world.partnership,
        text="Walk the car park at closing time",
        owner_side="police",
        side="police",
        due_on=in_two_weeks(),
        by=world.sergeant,
        at=timezone.now(),
        mail=False,
    )
