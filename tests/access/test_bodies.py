"""Whole, valid forms: those who may write by them; naming what is another's writes nothing."""

import pytest

from config.audit.models import Entry

from .bodies import MOVES, NAMING
from .crawl import written
from .table import PAGES

pytestmark = pytest.mark.django_db
# Named by no form's body, or tried elsewhere with what they need beforehand.
ELSEWHERE = {
    "contacts:team-add": "coordinators reach the whole force: tests/contacts/test_institutions.py",
    "contacts:area-add": "the same",
    "contacts:ways-in": "the same",
    "contacts:officer-add": "the same",
    "contacts:preferences": "one's own: tests/contacts/test_preferences.py",
    "contacts:invitation-card": "answers with the card: tests/contacts/test_cards.py",
    "contacts:second-step-remove": "needs one: tests/contacts/test_lost_factor.py",
    "contacts:my-data-export": "answers with a file: tests/contacts/test_rights_pages.py",
    "contacts:right-export": "the same",
    "contacts:account-shut": "an officer's: tests/contacts/test_administration.py",
    "contacts:account-open": "the same",
    "contacts:standing-down-propose": "one at a time: tests/contacts/test_standing_down.py",
    "contacts:standing-down-confirm": "takes two who lead: the same",
    "contacts:hold-place": "records officers reach the whole force: the same",
    "contacts:invitation-confirm": "needs a link: tests/contacts/test_invitations.py",
    "dashboard-csv-reason": "answers with a file: tests/dashboard/test_exports.py",
    "dashboard-xlsx-reason": "the same",
    "events:visit-finish": "tests/events/test_visits_pages.py",
    "events:request-redirect": "tests/events/test_requests_pages.py",
    "partnerships:police-pause-propose": "one at a time: tests/partnerships/test_police_pauses.py",
    "partnerships:wider-event-record": "of an area: tests/partnerships/test_wider_events.py",
    "partnerships:police-pause-lift": "once it is in force: the same",
    "partnerships:bulletin-draft": "tests/partnerships/test_bulletin_pages.py",
    "partnerships:consultation-draft": "tests/partnerships/test_consultation_pages.py",
    "partnerships:consultation-ask": "the same",
    "partnerships:advice-ask": "tests/partnerships/test_rapid_advice.py",
    "record-copy": "gives a file: tests/dashboard/test_own_record.py",
    "contacts:membership-join": "names a body that is listed: tests/contacts/test_memberships.py",
    "contacts:membership-end": "the same",
    "contacts:dispute-report": "reported already: tests/contacts/test_disputes.py",
    "contacts:dispute-lift": "once it stands: the same",
    "contacts:naming-agree": "one's own: tests/contacts/test_sharing.py",
    "contacts:naming-stop": "the same",
    "contacts:unit-invite": "names a unit of the force, which is nobody's: the same",
    "partnerships:partnership-resume": "tests/partnerships/test_partnership_pages.py",
    "partnerships:application-record": "before joining: tests/partnerships/test_joining_pages.py",
    "partnerships:check-record": "the same",
    "partnerships:left-alone": "the same",
    "partnerships:concern-record": "names a role: tests/partnerships/test_concern_pages.py",
    "partnerships:photo-add": "takes a file: tests/partnerships/test_photo_pages.py",
    "partnerships:review-joint-sign": "says what was read: tests/partnerships/test_review_pages.py",
    "partnerships:agreement-draft": "one draft at a time: the same",
}


def send(scene, crawl, name, role, sent):
    with written() as changes:
        response = scene.clients[role].post(crawl.address(name), sent)
    return response.status_code, bool(changes)


def test_every_form_is_sent_whole_somewhere():
    forms = {name for name, row in PAGES.items() if "POST" in row.methods}

    assert forms - MOVES.keys() - NAMING.keys() == ELSEWHERE.keys()


@pytest.mark.parametrize("name", MOVES)
def test_whole_form_writes_for_one_who_may_and_not_for_those_who_may_not(scene, crawl, name):
    role, sent = MOVES[name]
    refused = {each: send(scene, crawl, name, each, sent) for each in _denied(name)}
    entries = Entry.objects.count()

    assert send(scene, crawl, name, role, sent) == (302, True)
    assert Entry.objects.count() > entries
    assert {each: got for each, got in refused.items() if got[1] or got[0] < 400} == {}


@pytest.mark.parametrize("name", NAMING)
def test_whole_form_that_names_ones_own_writes(scene, crawl, name):
    role, sent = NAMING[name]

    assert send(scene, crawl, name, role, sent(scene.ours)) == (302, True)


@pytest.mark.parametrize("name", NAMING)
def test_whole_form_that_names_anothers_writes_nothing(scene, crawl, name):
    role, sent = NAMING[name]
    status, changed = send(scene, crawl, name, role, sent(scene.records["far"]))

    assert status in {200, 403, 404}
    assert not changed


def _denied(name):
    row = PAGES[name]
    return [
        role
        for role in ("other_imam", "far_imam", "commander", "umbrella_lead", "member", "imam")
        if row.verdict(role) != 200
    ]
