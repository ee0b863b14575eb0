"""What waits for whom, and what somebody was sent: lists, by their queries alone."""

import datetime as dt

import pytest
from django.db import transaction

from contacts.models import Contact
from events.models import EngagementRequest, RequestStep
from partnerships.models import (
    Bulletin,
    BulletinQuestion,
    BulletinRecipient,
    Commitment,
    CommitmentStep,
    Concern,
    ConcernStep,
    Partnership,
    PublishedItem,
)
from tests.contacts.sharing_kit import again, make_unit
from tests.factories import make_institution, make_person
from tests.roles import as_owner

from .grants import MOSQUE, OVERSEEN, TEAM

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def unit(scene, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_unit(scene.world, name="Northshire CT")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(scene, unit, django_db_blocker):
    """One person of each role, and an officer of the command as ``staff``."""
    world = scene.world
    with django_db_blocker.unblock(), transaction.atomic():
        panel = make_institution("panel", "Scrutiny panel", world.force_area)
        places = {
            **dict.fromkeys(MOSQUE, world.mosque),
            **dict.fromkeys(TEAM, world.team),
            **dict.fromkeys(("coordinator", "records_officer", "platform_admin"), world.force),
            "umbrella_lead": world.umbrella,
            "commander": world.command,
            "invited_unit": unit,
            "scrutineer": panel,
        }
        made = {role: make_person(place, role) for role, place in places.items()}
        yield made | {"staff": make_person(world.command, "officer")}
        transaction.set_rollback(True)


def of(scene, *things, places=("ours", "other", "far")):
    return {scene.records[place][thing].pk for place in places for thing in things}


def found(people, query):
    """Return what each role finds, without those who find nothing."""
    each = {
        role: set(query(again(user)).values_list("pk", flat=True)) for role, user in people.items()
    }
    return {role: pks for role, pks in each.items() if pks}


def change(row, **changes):
    with as_owner():
        type(row).objects.filter(pk=row.pk).update(**changes)


def hand_over(bulletin, unit):
    """Let a bulletin be another unit's, with what hangs on it."""
    with as_owner():
        for rows in (bulletin.versions, bulletin.questions):
            rows.update(institution=unit)
    change(bulletin, institution=unit)


# --- Questions about bulletins -------------------------------------------------------------------


def test_questions_are_read_by_who_was_sent_the_bulletin_and_by_the_force(scene, people):
    ours = set(
        BulletinQuestion.objects.filter(bulletin=scene.ours["bulletin"]).values_list(
            "pk", flat=True
        )
    )
    everything = set(BulletinQuestion.objects.values_list("pk", flat=True))

    assert len(ours) == 2
    assert found(people, BulletinQuestion.objects.visible_to) == (
        dict.fromkeys(MOSQUE, ours) | dict.fromkeys({*OVERSEEN, "staff"}, everything)
    )


@pytest.mark.parametrize("state", ["draft", "checked"])
def test_questions_about_what_is_not_out_are_read_by_nobody(scene, people, state):
    change(scene.ours["bulletin"], state=state, published_at=None, published_by=None)

    shown = found(people, BulletinQuestion.objects.about(scene.ours["bulletin"]).visible_to)

    assert shown == {}


def test_a_unit_that_may_only_draft_reads_no_question_about_its_bulletin(scene, people, unit):
    hand_over(scene.ours["bulletin"], unit)

    agent = again(people["invited_unit"])

    assert Bulletin.objects.visible_to(agent).get() == scene.ours["bulletin"]
    assert not BulletinQuestion.objects.visible_to(agent).exists()


def test_questions_wait_for_who_acts_in_the_unit_that_is_asked_and_for_the_coordinator(
    scene, people
):
    hand_over(scene.records["far"]["bulletin"], scene.world.command)

    assert found(people, BulletinQuestion.objects.answerable_by) == (
        dict.fromkeys(TEAM, of(scene, "question", places=("ours", "other")))
        | {"staff": of(scene, "question", places=("far",)), "coordinator": of(scene, "question")}
    )


@pytest.mark.parametrize(
    ("role", "places"),
    [("inspector", ("ours",)), ("commander", ("far",)), ("coordinator", ("ours", "far"))],
)
def test_late_questions_climb_to_that_role_of_the_unit_that_is_asked(scene, people, role, places):
    """To a commander only from units of the commander's own area, which have no inspector."""
    hand_over(scene.records["far"]["bulletin"], scene.world.command)
    for place in ("ours", "far"):
        change(scene.records[place]["question"], escalated_at=scene.now)
    for answered in BulletinQuestion.objects.exclude(state="open"):
        change(answered, escalated_at=scene.now)

    shown = found(people, lambda user: BulletinQuestion.objects.escalated_to(user, role=role))

    assert shown == {role: of(scene, "question", places=places)}


def test_ones_own_institutions_questions_are_found_by_its_people(scene, people):
    asked = scene.ours["bulletin"].questions.values_list("pk", flat=True)

    assert found(people, BulletinQuestion.objects.asked_by_own) == dict.fromkeys(MOSQUE, set(asked))


# --- Bulletins -----------------------------------------------------------------------------------


def test_what_ones_own_institution_was_sent_is_found_by_its_people(scene, people):
    sent = of(scene, "bulletin", "bulletin_withdrawn", places=("ours",))
    rows = set(BulletinRecipient.objects.filter(bulletin__in=sent).values_list("pk", flat=True))

    assert found(people, Bulletin.objects.received_by) == dict.fromkeys(MOSQUE, sent)
    assert found(people, BulletinRecipient.objects.of) == dict.fromkeys(MOSQUE, rows)


@pytest.mark.parametrize(
    ("role", "places"), [("inspector", ("ours", "other")), ("commander", ("far",))]
)
def test_statements_wait_for_the_word_of_that_role_and_not_of_who_drafted_it(
    scene, people, role, places
):
    hand_over(scene.records["far"]["bulletin_statement"], scene.world.command)

    def waiting(user):
        return Bulletin.objects.to_be_signed_off_by(user, role=role)

    assert found(people, waiting) == {role: of(scene, "bulletin_statement", places=places)}
    mine = {"drafted_by": Contact.objects.get(user=people[role])}
    for place, changes in ((places[0], mine), (places[-1], {"state": "checked"})):
        change(scene.records[place]["bulletin_statement"], **changes)
    assert not found(people, waiting).get(role, set()) & of(
        scene, "bulletin_statement", places=(places[0], places[-1])
    )


# --- Promises, and what was said about rows ----------------------------------------------------


@pytest.mark.parametrize(
    ("days", "roles"),
    [
        (2, ()),
        (3, ("sergeant",)),
        (7, ("sergeant", "inspector")),
        (14, ("sergeant", "inspector", "commander")),
    ],
)
def test_an_overdue_promise_of_police_climbs_from_rank_to_rank(scene, people, days, roles):
    promise, on = scene.ours["promise_agreed"], scene.now.date()
    due = on - dt.timedelta(days=days)
    late = of(scene, "promise_agreed", "promise_theirs", "promise_claimed", places=("ours",))
    rows = Commitment.objects.filter(pk__in=late)
    with as_owner():
        rows.update(due_on=due, original_due_on=due)

    climbed = found(people, lambda user: rows.escalated_to(user, on=on))

    assert climbed == dict.fromkeys(roles, {promise.pk})


@pytest.mark.parametrize(
    ("steps", "whole"),
    [(CommitmentStep, "commitment"), (RequestStep, "request"), (ConcernStep, "concern")],
)
def test_what_was_said_about_a_row_is_found_with_it(scene, people, steps, whole):
    rows = steps._meta.get_field(whole).related_model.objects
    said = list(steps.objects.values_list("pk", f"{whole}_id"))

    shown = found(people, steps.objects.visible_to)

    with_it = found(people, rows.visible_to)
    assert shown.keys() >= MOSQUE | TEAM
    assert shown["mosque_lead"] < shown["sergeant"] < shown["coordinator"]
    for role in people:
        expected = {pk for pk, row in said if row in with_it.get(role, ())}
        assert shown.get(role, set()) == expected, role


def test_new_concerns_wait_for_who_acts_in_the_unit_or_its_area(scene, people):
    rows = Concern.objects.filter(pk__in=of(scene, "concern_raised"))
    near, far = (of(scene, "concern_raised", places=p) for p in (("ours", "other"), ("far",)))
    change(scene.records["far"].partnership, police_unit=scene.world.command)

    assert found(people, rows.waiting_for) == (
        dict.fromkeys(TEAM, near) | {"staff": near | far, "commander": far}
    )
    for role in TEAM:  # by the area alone, too: the command serves none of the near ones
        near_by = again(make_person(scene.world.command, role))
        assert set(rows.waiting_for(near_by).values_list("pk", flat=True)) == near | far, role


def test_requests_climb_to_the_inspector_and_from_there_to_the_commander(scene, people):
    things = ("request_acknowledged", "request_decline_asked", "request_late")
    rows = EngagementRequest.objects.filter(pk__in=of(scene, *things, "request_submitted"))
    change(scene.ours["request_acknowledged"], recourse="with_inspector")

    def climbed(user):
        return rows.escalated_to(user, at=scene.now)

    late = of(scene, "request_decline_asked", "request_late", places=("ours", "other"))
    ours = scene.ours["request_acknowledged"].pk
    assert found(people, climbed) == {"inspector": late | {ours}}
    change(scene.ours["request_acknowledged"], recourse="with_commander")
    assert found(people, climbed) == {"inspector": late, "commander": {ours}}
    change(scene.ours["request_acknowledged"], state="withdrawn")
    assert found(people, climbed) == {"inspector": late}


def test_partnerships_are_reached_by_the_roles_that_are_asked_about(scene, people):
    rows = Partnership.objects.filter(pk__in=of(scene, "partnership"))
    near = of(scene, "partnership", places=("ours", "other"))

    assert found(people, lambda user: rows.reached_as(user, "coordinator", "inspector")) == {
        "inspector": near,
        "coordinator": of(scene, "partnership"),
    }


def test_words_are_public_while_they_are_published_and_there(scene):
    items = {place: scene.records[place]["item"] for place in ("ours", "other", "far")}
    lead = scene.ours.lead.contact
    change(items["ours"], state="published", answered_by=lead)
    change(items["other"], state="published", answered_by=lead, words="", title="")

    assert list(PublishedItem.objects.live()) == [items["ours"]]
