"""An umbrella body and its police in a browser: what they agree on, do together, and its figure."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Institution
from events.actions.visits import log_visit
from partnerships.models import LimitsTalk, Partnership, Workstream
from tests.factories import make_person, make_world
from tests.journeys.steps import enter_day, press, send
from tests.roles import as_owner
from tests.support import browser as browsers

pytestmark = pytest.mark.browser


@pytest.fixture
def body(transactional_db):
    """An umbrella body of the team's own area with two leads who know the limits page."""
    world = make_world()
    second = make_person(world.umbrella, "umbrella_lead", "Omar Siddiq")
    ours = Partnership.objects.filter(pk=world.umbrella_partnership.pk)
    with as_owner():
        Institution.objects.filter(pk=world.umbrella.pk).update(area=world.neighbourhood)
        ours.update(police_unit=world.team)
        for lead in (world.umbrella_lead, second):
            LimitsTalk.objects.create(
                partnership=world.umbrella_partnership,
                institution=world.umbrella,
                lead=lead.contact,
                officer=world.sergeant.contact,
                held_on=dt.date(2026, 1, 5),
            )
    world.people["second"] = second
    world.umbrella_partnership = ours.get()
    return world


@pytest.mark.timeout(240)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_body_agrees_meets_and_leads_with_police(body, browser_page, javascript):
    lead, second, inspector = (
        browser_page(browsers.PHONE, user=user, javascript=javascript)
        for user in (body.umbrella_lead, body.second, body.inspector)
    )
    agree_how_often_to_meet(lead, second, inspector, body)
    assert overdue(lead) == "0"
    be_a_month_and_more_late(body)
    assert overdue(lead) == "1"
    open_a_workstream(lead, inspector, body)
    promise_in_it(lead)
    meet_and_count_it(lead, body)
    assert overdue(lead) == "0"


def agree_how_often_to_meet(lead, second, inspector, body):
    lead.goto(reverse("partnerships:agreement-draft", args=[body.umbrella_partnership.ref]))
    lead.locator("[name=working_months]").select_option(label="every month")
    browsers.clean(lead)
    send(lead)
    url = body.umbrella_partnership.agreements.get().get_absolute_url()
    for page in (lead, second, inspector):
        page.goto(url)
        assert "Working meeting: every month." in page.locator("main").inner_text()
        press(page, "Sign the agreement")
        page.locator("[name=read]").check(force=True)
        send(page)


def be_a_month_and_more_late(body):
    long_ago = timezone.localdate() - dt.timedelta(days=60)
    with as_owner():
        Partnership.objects.filter(pk=body.umbrella_partnership.pk).update(meetings_since=long_ago)


def open_a_workstream(lead, inspector, body):
    lead.goto(body.umbrella_partnership.get_absolute_url())
    assert "Overdue" in lead.locator("main").inner_text()
    press(lead, "Workstreams")
    press(lead, "Put a workstream forward")
    lead.locator("[name=title]").fill("Hate crime")
    lead.locator("[name=purpose]").fill("That everybody knows how to report it.")
    browsers.clean(lead)
    send(lead)
    inspector.goto(Workstream.objects.get().get_absolute_url())
    press(inspector, "Name your side")
    browsers.clean(inspector)
    send(inspector)
    assert "Open" in inspector.locator("main").inner_text()


def promise_in_it(lead):
    lead.goto(Workstream.objects.get().get_absolute_url())
    press(lead, "Make a promise in it")
    lead.locator("[name=owner_side][value=institution]").check(force=True)
    lead.locator("[name=text]").fill("Print the leaflet in four languages.")
    enter_day(lead, "due_on", timezone.localdate() + dt.timedelta(days=20))
    send(lead)
    lead.goto(Workstream.objects.get().get_absolute_url())
    assert "Print the leaflet" in lead.locator("main").inner_text()
    browsers.clean(lead)


def held(body):
    """The meeting of yesterday; logging in a browser: test_without_javascript.py."""
    return log_visit(
        partnership=body.umbrella_partnership,
        kind="meeting",
        purposes=["reassurance"],
        on=timezone.localdate() - dt.timedelta(days=1),
        starts=dt.time(11),
        duration_minutes=60,
        initiated_by="joint",
        side="police",
        officers=[body.inspector.contact],
        by=body.inspector,
        at=timezone.now(),
    )


def meet_and_count_it(lead, body):
    visit = held(body)
    lead.goto(visit.get_absolute_url())
    assert "No agreed meeting" in lead.locator("main").inner_text()
    lead.goto(reverse("events:meeting-count", args=[visit.ref]))
    lead.locator("[name=meeting][value=working]").check(force=True)
    lead.locator("[name=workstream]").select_option(label="Hate crime")
    browsers.clean(lead)
    send(lead)
    lead.goto(Workstream.objects.get().get_absolute_url())
    assert "Working meeting" in lead.locator("main").inner_text()
    lead.goto(reverse("events:meeting-list", args=[body.umbrella_partnership.ref]))
    assert "Overdue" not in lead.locator("main").inner_text()
    browsers.clean(lead)


def overdue(page):
    """Return what the figure says of working meetings that are late."""
    page.goto(reverse("dashboard"))
    row = page.locator("#meetings tr").filter(has_text="Overdue")
    return row.locator("td").last.inner_text()
