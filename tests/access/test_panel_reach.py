"""What the database finds of consultations, of reviews, and for a panel."""

import datetime as dt

import pytest
from django.db import connection, transaction

from config.actor import claims
from contacts.models import RoleHolding
from partnerships.models import (
    Concern,
    Consultation,
    ConsultationInvitee,
    PartnershipReview,
)
from tests.factories import make_institution, make_person
from tests.factories.world import LONG_AGO, _area
from tests.roles import as_owner, as_role

from .reach import SPANS, answer, contact_of, role_of, set_span, stand_in

pytestmark = pytest.mark.django_db
HELD, ACTS = ("held_from", "held_until"), ("acts_from", "acts_until")


@pytest.fixture(scope="module")
def panel(scene, django_db_blocker):
    """The panel of our force, and a member; and the same of another force."""
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner():
            force = _area("force", "Westmere Police")
        ours = make_institution("panel", "Scrutiny panel", scene.world.force_area)
        theirs = make_institution("panel", "Westmere panel", force)
        yield {
            "place": ours,
            "member": make_person(ours, "scrutineer"),
            "abroad": make_person(theirs, "scrutineer"),
        }
        transaction.set_rollback(True)


def pks(rows, name="pk"):
    return set(rows.values_list(name, flat=True))


def ask(user, question, *given):
    """Return what the database answers to a question of a user, as it is."""
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        with connection.cursor() as cursor:
            cursor.execute(question, given)
            found = cursor.fetchall()
        transaction.set_rollback(True)
    return found


# --- On which days ---------------------------------------------------------------------------
# Each returns the row that has days, what they are called, and whether it is open now.


def a_seat(scene, panel):
    person = make_person(panel["place"], "scrutineer")
    return role_of(person), HELD, lambda: bool(answer(person, "panel_forces"))


def a_seat_of_somebody_absent(scene, panel):
    deputy = make_person(panel["place"], "")
    row = stand_in(deputy, panel["member"])
    return row, ACTS, lambda: bool(answer(deputy, "panel_forces"))


def the_seat_one_stands_in_for(scene, panel):
    deputy, absent = make_person(panel["place"], ""), make_person(panel["place"], "scrutineer")
    stand_in(deputy, absent)
    return role_of(absent), HELD, lambda: bool(answer(deputy, "panel_forces"))


def reading_consultations_on_a_panel(scene, panel):
    person = make_person(panel["place"], "scrutineer")
    return role_of(person), HELD, lambda: bool(answer(person, "consultations_open"))


def a_rank_over_the_unit_that_asks(scene, panel):
    person = make_person(scene.world.command, "commander")
    return role_of(person), HELD, lambda: asks_ours(scene, person)


def the_rank_of_somebody_absent(scene, panel):
    deputy = make_person(scene.world.other_team, "officer")
    row = stand_in(deputy, make_person(scene.world.command, "commander"))
    return row, ACTS, lambda: asks_ours(scene, deputy)


def the_rank_one_stands_in_for(scene, panel):
    deputy, absent = (
        make_person(place, role)
        for place, role in (
            (scene.world.other_team, "officer"),
            (scene.world.command, "commander"),
        )
    )
    stand_in(deputy, absent)
    return role_of(absent), HELD, lambda: asks_ours(scene, deputy)


def asks_ours(scene, user):
    return scene.ours["consultation"].pk in answer(user, "consultations_asked")


DATED = (
    *(a_seat, a_seat_of_somebody_absent, the_seat_one_stands_in_for),
    *(reading_consultations_on_a_panel, a_rank_over_the_unit_that_asks),
    *(the_rank_of_somebody_absent, the_rank_one_stands_in_for),
)


@pytest.mark.parametrize("arranged", DATED, ids=lambda arranged: arranged.__name__)
def test_each_is_open_from_its_first_day_and_no_more_on_its_last(scene, panel, arranged):
    row, names, is_open_now = arranged(scene, panel)

    for span, (_since, _until, is_open) in SPANS.items():
        set_span(row, names, span)
        assert is_open_now() == is_open, span


# --- Consultations -----------------------------------------------------------------------------


def test_a_consultation_is_open_to_who_was_asked_wished_for_it_or_convenes_it(scene, panel):
    world, wished = scene.world, scene.ours["consultation_draft"]
    with as_owner():
        Consultation.objects.filter(pk=wished.pk).update(asked_by=world.far_mosque)
    asked = {
        place: pks(ConsultationInvitee.objects.filter(institution=place), "consultation")
        for place in (world.mosque, world.far_mosque)
    }
    convened = pks(Consultation.objects.filter(co_convenor=world.umbrella))

    assert answer(world.imam, "consultations_open") == asked[world.mosque] != set()
    assert answer(world.far_imam, "consultations_open") == asked[world.far_mosque] | {wished.pk}
    assert answer(world.umbrella_lead, "consultations_open") == convened
    assert answer(world.umbrella_lead, "consultations_convened") == convened != set()
    assert answer(world.imam, "consultations_convened") == set()
    assert answer(world.officer, "consultations_open") == set()


def test_a_panel_reads_what_was_opened_in_its_force(scene, panel):
    opened = Consultation.objects.filter(opened_at__isnull=False)
    assert opened.count() < Consultation.objects.count()

    assert answer(panel["member"], "consultations_open") == pks(opened)
    assert answer(panel["abroad"], "consultations_open") == set()
    assert answer(make_person(panel["place"], "platform_admin"), "consultations_open") == set()


def test_answers_are_for_the_unit_that_asks_and_the_ranks_over_it(scene):
    world = scene.world
    by_unit = {
        unit: pks(Consultation.objects.filter(institution=unit))
        for unit in (world.team, world.other_team)
    }
    asked = by_unit[world.team]
    expected = {
        ("officer", world.team): asked,
        ("inspector", world.command): asked,
        ("commander", world.command): asked,
        ("sergeant", world.command): set(),
        ("coordinator", world.force): pks(Consultation.objects.all()),
        ("records_officer", world.force): set(),
        ("inspector", world.other_team): by_unit[world.other_team],
        ("mosque_lead", world.mosque): set(),
    }
    stand_in(make_person(world.other_team, "inspector"), make_person(world.command, "commander"))
    found = {
        (role, place): answer(make_person(place, role), "consultations_asked")
        for role, place in expected
    }

    assert found == expected
    assert all(by_unit.values())


# --- Reviews -----------------------------------------------------------------------------------


def test_reviews_are_opened_to_who_reaches_them_and_to_the_panel(scene, panel):
    world = scene.world
    opened = PartnershipReview.objects.filter(opened_at__isnull=False)
    assert opened.count() < PartnershipReview.objects.count()

    assert answer(world.imam, "opened_reviews") == pks(opened.filter(institution=world.mosque))
    for user in (world.coordinator, panel["member"]):
        assert answer(user, "opened_reviews") == pks(opened)
    for user in (panel["abroad"], make_person(panel["place"], "platform_admin")):
        assert answer(user, "opened_reviews") == set()


# --- The panel ---------------------------------------------------------------------------------


def test_a_panel_is_who_has_a_seat_on_it_and_whoever_had_one_spoke_for_it(scene, panel):
    world = scene.world
    gone = make_person(panel["place"], "scrutineer")
    other = make_person(panel["place"], "platform_admin")
    stand_in(make_person(panel["place"], ""), panel["member"])
    with as_owner():
        RoleHolding.objects.filter(pk=role_of(gone).pk).update(held_until=LONG_AGO)
    was = {
        user: ask(world.imam, "SELECT portal.is_of_panel(%s)", user.pk)[0][0]
        for user in (panel["member"], gone, other, world.imam, world.officer)
    }

    assert [user for user, is_one in was.items() if is_one] == [panel["member"], gone]
    assert answer(panel["member"], "panel_forces") == {world.force_area.pk}
    for user in (gone, other, world.imam, world.officer):
        assert answer(user, "panel_forces") == set()


def test_whose_record_an_item_is_is_said_to_its_panel_and_its_force(scene, panel):
    item = scene.records["other"]["panel_item"]
    said = {
        user: ask(user, "SELECT portal.panel_institution(%s)", item.pk)[0][0]
        for user in (panel["member"], scene.world.officer, panel["abroad"], scene.world.other_imam)
    }

    whose = scene.world.other_mosque.pk
    assert list(said.values()) == [whose, whose, None, None]


@pytest.fixture
def at_the_third_level(scene):
    """Concerns at the panel's level: one waits, one has its view, one was taken back; one below."""
    with as_owner():
        Concern.objects.filter(pk=scene.records["far"]["concern_viewed"].pk).update(
            state="accepted"
        )
        taken_back = scene.records["far"]["concern_panel"]
        Concern.objects.filter(pk=taken_back.pk).update(state="withdrawn")
        lower = scene.records["other"]["concern_panel"]
        Concern.objects.filter(pk=lower.pk).update(level=2)
        assert Concern.objects.get(pk=lower.pk).state == "escalated"
    found = Concern.objects.filter(level=3).exclude(pk=taken_back.pk)
    assert found.filter(panel_viewed_at=None).exists()
    assert found.exclude(panel_viewed_at=None).exclude(state="escalated").exists()
    return found


def test_a_panel_is_told_which_concerns_are_or_were_before_it(scene, panel, at_the_third_level):
    before = "concerns_before_panel"

    assert answer(panel["member"], before) == pks(at_the_third_level)
    for user in (panel["abroad"], scene.world.imam, scene.world.coordinator):
        assert answer(user, before) == set()


def test_what_waits_for_the_panel_stands_first_and_then_the_latest(
    scene, panel, at_the_third_level
):
    waiting = at_the_third_level.filter(panel_viewed_at=None).order_by("state_at", "pk")
    viewed = at_the_third_level.exclude(panel_viewed_at=None)
    last = viewed.latest("pk")
    with as_owner():
        viewed.filter(pk=last.pk).update(panel_viewed_at=scene.now + dt.timedelta(days=1))
    rest = viewed.exclude(pk=last.pk).order_by("-panel_viewed_at", "state_at", "pk")

    agenda = ask(panel["member"], "SELECT ref, reference, viewed_at FROM portal.panel_agenda()")

    expected = [*waiting, Concern.objects.get(pk=last.pk), *rest]
    assert agenda == [(c.ref, c.reference, c.panel_viewed_at) for c in expected]
    assert ask(panel["abroad"], "SELECT ref FROM portal.panel_agenda()") == []


def test_a_concern_before_the_panel_is_added_to_what_its_member_reaches_already(scene, panel):
    world, concern = scene.world, scene.ours["concern_panel"]
    member = make_person(panel["place"], "scrutineer")
    with as_owner():
        RoleHolding.objects.create(
            institution=world.far_mosque,
            contact=contact_of(member),
            access_role="mosque_member",
            held_from=LONG_AGO,
        )
    steps = [
        ("ours", "concern_in_hand", False, {world.far_mosque.pk}),
        ("ours", "concern_panel", True, {world.far_mosque.pk, world.mosque.pk}),
    ]
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(member.pk)
        for place, what, let_in, reached in steps:
            assert claims.enter_panel(scene.records[place][what].ref) == let_in
            assert pks(Concern.objects.all(), "institution") == reached
        claims.leave()
        assert not claims.enter_panel(concern.ref)
        assert not Concern.objects.exists()
        transaction.set_rollback(True)
