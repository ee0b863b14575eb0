"""Each page asks the database the same number of times, however much there is to show."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions.notes import amend_note
from events.actions.requests import reassign_request
from partnerships.actions.bulletin_questions import ask_bulletin_question
from partnerships.actions.commitment_moves import log_call
from partnerships.actions.concern_answers import update_concern
from partnerships.actions.panel_comments import comment_on_item
from partnerships.actions.partnerships import set_cadence
from tests.factories import make_institution, make_partnership
from tests.support import counting

from .record import AT, make_record
from .table import PAGES

pytestmark = pytest.mark.django_db

LIMIT = 10
LIMIT_OF = {
    "access-log": 11,
    "institution-detail": 12,
    "home": 14,
    "dashboard": 18,
    "wider-event-detail": 16,  # two stretches of days
    "events:visit-detail": 12,
    "partnerships:concern-detail": 12,
    "partnerships:review-detail": 12,
    "partnerships:partnership-detail": 11,
    "panel": 12,  # figures of four kinds, and a list
    "partnerships:panel-concern": 12,
    "contacts:disposal-list": 11,  # one count for each rule
}
LIMIT_OF_LOGGING = 25

# How often a page of rows asks, for an officer's eyes and for a mosque's. What an officer reads of
# a mosque's record is logged: one more than for the mosque itself.
COUNTS = {
    "dashboard": {"sergeant": 18, "imam": 17},
    "dashboard-csv": {"sergeant": 6, "imam": 6},
    "dashboard-xlsx": {"sergeant": 6, "imam": 6},
    "forum": {"sergeant": 4, "imam": 4},
    "institution-detail": {"sergeant": 11, "imam": 10},
    "access-log": {"coordinator": 11, "imam": 10},
    "access-log-csv": {"coordinator": 9, "imam": 8},
    "access-log-xlsx": {"coordinator": 9, "imam": 8},
    "reference-resolve": {"coordinator": 6},
    "contacts:disclosure-list": {"sergeant": 8, "imam": 7},
    "contacts:team-list": {"sergeant": 6},
    "contacts:institution-list": {"sergeant": 8, "imam": 8},
    "contacts:institution-people": {"sergeant": 9, "imam": 10},
    "contacts:house-rules": {"sergeant": 7, "imam": 6},
    "contacts:paper-slip": {"sergeant": 7},
    "partnerships:partnership-detail": {"sergeant": 11, "imam": 11},
    "partnerships:workstream-list": {"sergeant": 9, "imam": 8},
    "workstream-detail": {"sergeant": 10, "imam": 9},
    "partnerships:item-list": {"sergeant": 9, "imam": 8},
    "wider-event-detail": {"sergeant": 16, "imam": 16},
    "partnerships:wider-event-list": {"sergeant": 6, "imam": 6},
    "partnerships:statement-detail": {"sergeant": 6, "imam": 5},
    "partnerships:statement-list": {"sergeant": 6, "imam": 6},
    "partnerships:item-detail": {"sergeant": 6, "imam": 5},
    "partnerships:photo-file": {"sergeant": 5, "imam": 5},
    "partnerships:text-detail": {"sergeant": 6, "imam": 5},
    "partnerships:promise-list": {"sergeant": 7, "imam": 7},
    "partnerships:promise-detail": {"sergeant": 9, "imam": 8},
    "partnerships:concern-shared": {"imam": 6},
    "partnerships:concern-list": {"sergeant": 8, "imam": 8},
    "partnerships:concern-detail": {"sergeant": 12, "imam": 11},
    "partnerships:review-list": {"sergeant": 6, "imam": 6},
    "partnerships:review-detail": {"sergeant": 12, "imam": 11},
    "partnerships:review-figures": {"sergeant": 6, "imam": 5},
    "partnerships:report-before": {"sergeant": 6, "imam": 5},
    "events:visit-list": {"sergeant": 7, "imam": 7},
    "events:visit-detail": {"sergeant": 12, "imam": 11},
    "events:meeting-list": {"sergeant": 9, "imam": 8},
    "events:visit-calendar": {"sergeant": 7, "imam": 6},
    "events:visit-shared": {"sergeant": 8},
    "events:request-list": {"sergeant": 6, "imam": 6},
    "events:request-detail": {"sergeant": 10, "imam": 9},
    "contacts:account-list": {"admin": 6},
    "contacts:account-detail": {"admin": 7},
    "portal-state": {"admin": 8},
    "contacts:my-data": {"sergeant": 5, "imam": 5},
    "contacts:rights-list": {"coordinator": 6},
    "contacts:right-detail": {"coordinator": 7, "imam": 6},
    "contacts:disposal-list": {"coordinator": 11},
    "contacts:hold-list": {"coordinator": 6},
    "contacts:institution-retention": {"coordinator": 7, "imam": 6},
    "home": {"sergeant": 13, "imam": 13},
    "contacts:sharing": {"sergeant": 9, "imam": 8},
    "contacts:listed-mosques": {"imam": 6},
    "guest-institution": {},  # tests/dashboard/test_guests.py
    "guest-visit": {},
    "umbrella-members": {},
    "partnerships:bulletin-list": {"sergeant": 7, "imam": 7},
    "partnerships:bulletin-detail": {"sergeant": 8, "imam": 9},
    "partnerships:bulletin-read-out": {"sergeant": 6, "imam": 6},
    "partnerships:bulletin-audience": {"inspector": 8},
    "dashboard-apart": {"sergeant": 7, "imam": 7},
    "partnerships:consultation-list": {"sergeant": 6, "imam": 6},
    "partnerships:consultation-detail": {"sergeant": 8, "imam": 8},
    "partnerships:consultation-response": {"sergeant": 7, "imam": 6},
    "partnerships:police-pause-detail": {"sergeant": 6, "imam": 5},
    "panel": {"coordinator": 11},
    "panel-institutions": {"scrutineer": 6},
    "panel-sample": {"coordinator": 6},
    "panel-item": {"inspector": 10, "imam": 9},
    "partnerships:panel-comment-list": {"inspector": 6, "imam": 6},
    "partnerships:panel-comment-detail": {"inspector": 6, "imam": 6},
    "partnerships:panel-concern": {"scrutineer": 12},
    "partnerships:safety": {"sergeant": 8, "imam": 7},
    "partnerships:safety-words": {"sergeant": 7, "imam": 6},
    "partnerships:agreement-detail": {"sergeant": 9, "imam": 8},
}
READS = [name for name, row in PAGES.items() if row.methods == "GET"] + ["home"]
FORMS = [name for name, row in PAGES.items() if row.methods == "GET POST" and row.may]


def who_opens(name):
    """Return a reader of police and one of the mosque, where both may; else of the panel."""
    may = PAGES[name].may if name in PAGES else {"sergeant", "imam"}
    sides = (("sergeant", "inspector", "coordinator"), ("imam", "member"))
    found = [next(role for role in side if role in may) for side in sides if may & set(side)]
    return found or [role for role in may if role in ("scrutineer", "admin")]


def asked(scene, crawl, name, role):
    """Return how often the page asked; a savepoint fetches nothing."""
    url = reverse("home") if name == "home" else crawl.address(name)
    with CaptureQueriesContext(connection) as queries:
        response = scene.clients[role].get(url)
    assert response.status_code == 200
    return len(counting.asked(queries))


@pytest.fixture(scope="module")
def once(scene, crawl):
    """How often each page asks with one of everything."""
    for name in (*READS, *FORMS):
        for role in who_opens(name):
            if name != "home":
                crawl.get(name, role)  # what a process keeps once it has started
    return {
        (name, role): asked(scene, crawl, name, role)
        for name in (*READS, *FORMS)
        for role in who_opens(name)
    }


@pytest.fixture
def thrice(scene):
    """Three times the record at one institution, more said about each thing, more institutions."""
    world, ours = scene.world, scene.ours
    for key in ("second", "third"):
        near = {"sergeant": world.sergeant, "officer": world.officer, "lead": world.imam}
        make_record(key, world.partnership, **near)
        mosque = make_institution("mosque", f"Mosque {key}", world.neighbourhood)
        make_partnership(mosque, world.team, named=world.sergeant, cover=world.officer)
        make_institution("police_team", f"Team {key}", world.neighbourhood)
        _say_more(key, ours, world)


def _say_more(key, ours, world):
    police = {"by": world.sergeant, "at": AT}
    parts = {"told_us": f"{key} wording", "we_said": ""}
    amend_note(note=ours["visit_noted"].note, parts=parts, side="police", **police)
    log_call(commitment=ours["promise_agreed"], words=key, **police)
    update_concern(concern=ours["concern_in_hand"], words=key, **police)
    officer = {"second": world.sergeant, "third": world.officer}[key]
    reassign_request(request=ours["request_accepted"], officer=officer.contact, **police)
    ask_bulletin_question(
        bulletin=ours["bulletin"],
        institution=world.mosque,
        text=key,
        is_named=True,
        by=world.imam,
        at=AT,
    )
    comment_on_item(
        item=ours["panel_item"],
        words=key,
        asked_role="inspector",
        by=world.scrutineer,
        at=AT,
    )
    set_cadence(
        partnership=world.partnership,
        days={"second": 60, "third": 30}[key],
        by=world.imam,
        at=AT,
    )


def test_no_page_asks_more_often_when_there_is_more_to_show(scene, crawl, once, thrice):
    grown = {
        key: (before, after)
        for key, before in once.items()
        if (after := asked(scene, crawl, *key)) != before
    }

    assert grown == {}


def test_pages_of_rows_ask_as_often_as_written_down(once):
    counted = {name: {role: once[name, role] for role in who_opens(name)} for name in READS}

    assert counted == COUNTS


def test_pages_of_rows_keep_within_the_budget(once):
    over = {
        key: number
        for key, number in once.items()
        if key[0] in READS and number > LIMIT_OF.get(key[0], LIMIT)
    }

    assert over == {}


def test_logging_a_visit_keeps_within_the_budget(scene):
    sent = {
        "institution": scene.world.mosque.ref,
        "kind": "visit",
        "purposes": "reassurance",
        "officers": scene.world.officer.contact.pk,
        "in_uniform": "on",
        "on_0": 23,
        "on_1": 11,
        "on_2": 2026,
        "starts": "09:30",
        "duration_minutes": 30,
        "initiated_by": "police",
        "draft_id": uuid.UUID(int=7, version=4),
    }
    with CaptureQueriesContext(connection) as queries:
        response = scene.clients["officer"].post(reverse("events:visit-log"), sent)

    assert response.status_code == 302
    assert counting.EVERY_REQUEST < len(counting.asked(queries)) <= LIMIT_OF_LOGGING
