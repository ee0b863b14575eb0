"""What two people do at the same moment: the later one decides on what the earlier one left."""

import datetime as dt
import uuid

import pytest

from events.actions import note_answers, notes, plans, requests
from events.actions.note_leaving import release_notes
from events.actions.note_states import NoteMoved
from events.models import Engagement, EngagementRequest, SharedNote
from partnerships.models import Partnership
from tests.events import requests_kit
from tests.events.notes_kit import LEAVES, NEXT_DAY, answer, finish
from tests.events.visits_kit import DAY, log, plan
from tests.factories import make_world
from tests.support.races import while_waiting

WRONG_PLACE = {"reason": "wrong_institution", "with_promises": False}


@pytest.fixture
def world(transactional_db):
    made = make_world()
    for person in made.people.values():
        person.standing  # noqa: B018  loaded here, as a request does
    return made


@pytest.fixture
def note(world):
    finish(world, log(world))
    release_notes(at=LEAVES)
    return SharedNote.objects.get()


def test_confirm_note_sees_that_it_was_removed_while_it_waited(world, note):
    outcome = while_waiting(
        lambda: answer(
            notes.withdraw_note, note, world, side="police", reason="mistake", with_promises=False
        ),
        lambda: answer(note_answers.confirm_note, note, world),
    )

    assert isinstance(outcome, NoteMoved)
    assert SharedNote.objects.get().state == "shared"


def test_withdraw_note_never_sets_the_contact_back_over_a_visit_of_that_moment(world, note):
    while_waiting(
        lambda: log(world, on=DAY + dt.timedelta(days=1), at=NEXT_DAY),
        lambda: answer(notes.withdraw_note, note, world, side="police", **WRONG_PLACE),
    )

    partnership = Partnership.objects.get(pk=world.partnership.pk)
    assert partnership.last_contact_on == DAY + dt.timedelta(days=1)


def test_log_visit_of_a_plan_tapped_twice_at_once_is_once(world):
    planned, draft = plan(world), uuid.uuid4()

    outcome = while_waiting(
        lambda: log(world, planned=planned, client_draft=draft),
        lambda: log(world, planned=planned, client_draft=draft),
    )

    assert outcome == planned


def test_withdraw_request_takes_along_the_visit_that_was_just_planned(world):
    request = requests_kit.accepted(world)

    while_waiting(
        lambda: requests.schedule_request(
            request=request,
            **requests_kit.SLOT._asdict(),
            side="police",
            by=world.officer,
            at=requests_kit.AT,
        ),
        lambda: requests.withdraw_request(
            request=request, side="institution", by=world.imam, at=requests_kit.AT
        ),
    )

    assert EngagementRequest.objects.get().state == "withdrawn"
    assert Engagement.objects.get().state == "cancelled"


def test_cancel_visit_waits_for_whoever_withdraws_its_request(world):
    request = requests_kit.scheduled(world)
    visit = request.engagements.get()

    outcome = while_waiting(
        lambda: requests.withdraw_request(
            request=request, side="institution", by=world.imam, at=requests_kit.AT
        ),
        lambda: plans.cancel_visit(
            engagement=visit,
            reason="operational",
            side="police",
            by=world.sergeant,
            at=requests_kit.AT,
        ),
    )

    assert isinstance(outcome, plans.NotPlanned)
    assert EngagementRequest.objects.get().state == "withdrawn"
