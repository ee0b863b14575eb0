"""What the database finds by itself: meetings of several institutions, and one's own dealings."""

import json

import pytest
from django.db import connection

from contacts.models import Institution, RoleHolding
from events.models import Attendance, Engagement, EngagementParty, SharedNote
from partnerships.actions.wordings import correct_words
from partnerships.models import Bulletin, Commitment, SharedTextVersion
from partnerships.wordings import KINDS, Words
from tests.contacts.sharing_kit import let_in, make_unit
from tests.factories import make_contact, make_institution, make_person
from tests.factories.world import LONG_AGO, _area
from tests.roles import as_owner

from .reach import answer, contact_of, role_of, stand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def abroad(scene):
    """A mosque and a coordinator of another force, and a panel of it."""
    with as_owner():
        force = _area("force", "Westmere Police")
    mosque = make_institution("mosque", "Westmere Mosque", force)
    headquarters = make_institution("police_force", "Westmere Police", force)
    panel = make_institution("panel", "Westmere panel", force)
    return {
        "mosque": mosque,
        "lead": make_person(mosque, "mosque_lead"),
        "coordinator": make_person(headquarters, "coordinator"),
        "scrutineer": make_person(panel, "scrutineer"),
    }


@pytest.fixture
def meeting(scene):
    """A visit to one mosque in which the one of the other district took part."""
    world, visit = scene.world, scene.records["other"]["visit_noted"]
    with as_owner():
        EngagementParty.objects.create(
            engagement=visit, institution=world.far_mosque, partnership=world.far_partnership
        )
    return visit


def pks(rows, name="pk"):
    return set(rows.values_list(name, flat=True))


# --- Meetings of several institutions --------------------------------------------------------


def test_a_meeting_is_found_by_who_took_part_and_who_reaches_them(scene, abroad, meeting):
    world = scene.world
    found = {
        who: answer(getattr(world, who), "joint_visits")
        for who in ("imam", "other_imam", "far_imam", "sergeant", "far_sergeant", "coordinator")
    }

    assert found == dict.fromkeys(found, {meeting.pk}) | {"imam": set()}
    assert answer(abroad["coordinator"], "joint_visits") == set()


def test_a_force_finds_a_meeting_in_which_one_of_its_own_took_part(scene, abroad, meeting):
    """The far mosque moves to the other force; the host stays."""
    guest = EngagementParty.objects.filter(engagement=meeting, is_guest=True)
    with as_owner():
        guest.update(force=abroad["mosque"].force_id)

    assert answer(abroad["coordinator"], "joint_visits") == {meeting.pk}


def test_with_a_meeting_its_partnership_promises_and_their_texts_are_found(scene, meeting):
    made = Commitment.objects.filter(engagement_commitment__engagement=meeting)
    promise = made.get()
    theirs = {"side": "institution", "by": scene.records["other"].lead, "at": scene.now}
    correct_words(words=Words(KINDS["promise"], promise), proposed={"text": "Two."}, **theirs)
    step = promise.steps.order_by("pk").first()
    with as_owner():
        type(step).objects.filter(pk=step.pk).update(words="Said.", side="police")
    step.refresh_from_db()
    correct_words(words=Words(KINDS["promise-step"], step), proposed={"words": "Two."}, **theirs)
    texts = {meeting.note.text_id, *pks(made, "wording"), *pks(promise.steps, "wording")} - {None}

    found = {
        name: answer(scene.world.far_imam, f"joint_{name}") - {None}
        for name in ("partnerships", "promises", "texts")
    }

    assert len(texts) == 3
    assert found == {
        "partnerships": {meeting.partnership_id},
        "promises": {promise.pk},
        "texts": texts,
    }
    for name in found:
        assert answer(scene.world.imam, f"joint_{name}") == set()


def named_in(meeting, team):
    """Let each name in the record of a meeting be another person's, and return them all."""

    def somebody():
        people.append(make_contact(team, f"Named {len(people)}"))
        return people[-1]

    people, here = [], {"engagement": meeting}
    with as_owner():
        for rows, names in (
            (Engagement.objects.filter(pk=meeting.pk), "logged_by held_recorded_by cancelled_by"),
            (SharedNote.objects.filter(**here), "drafted_by answered_by answer_recorded_by"),
            (SharedTextVersion.objects.filter(text=meeting.note.text), "written_by"),
        ):
            assert rows.update(**{name: somebody() for name in names.split()})
        Attendance.objects.filter(**here).delete()
        Attendance.objects.create(**here, institution=meeting.institution, officer=somebody())
    return {person.pk for person in people}


def test_who_took_part_is_told_who_is_named_in_the_record_of_a_meeting(scene, meeting):
    world = scene.world
    named = named_in(meeting, world.team)
    own = pks(RoleHolding.objects.filter(institution=world.far_mosque), "contact")

    assert answer(world.far_imam, "people") == own | named
    assert answer(world.imam, "people") & named == set()


def test_one_is_told_of_who_holds_a_role_where_one_may_look_and_of_oneself(scene, abroad):
    world = scene.world
    gone = make_person(world.other_mosque, "mosque_member")
    role = role_of(gone)
    with as_owner():
        RoleHolding.objects.filter(pk=role.pk).delete()

    of_force = pks(RoleHolding.objects.filter(force=world.force_area), "contact")
    abroad_too = pks(RoleHolding.objects.filter(institution=abroad["mosque"]), "contact")
    with as_owner():
        for contact, place in ((world.officer.contact, abroad["mosque"]),):
            RoleHolding.objects.create(
                institution=place, contact=contact, access_role="mosque_lead", held_from=LONG_AGO
            )

    assert answer(gone, "people") == {contact_of(gone).pk}
    assert answer(world.officer, "people") == of_force | abroad_too
    assert answer(gone, "myself") == {contact_of(gone).pk}


# --- Institutions ------------------------------------------------------------------------------


def test_umbrellas_members_and_who_met_are_linked(scene, meeting):
    world = scene.world
    left = make_person(world.other_mosque, "mosque_member")
    with as_owner():
        RoleHolding.objects.filter(pk=role_of(left).pk).update(held_until=LONG_AGO)

    found = {
        who: answer(user, "linked_institutions")
        for who, user in (
            ("member", world.imam),
            ("umbrella", world.umbrella_lead),
            ("guest", world.far_imam),
            ("left", left),
        )
    }

    assert found == {
        "member": {world.mosque.pk, world.umbrella.pk},
        "umbrella": {world.mosque.pk, world.umbrella.pk},
        "guest": {world.other_mosque.pk, world.far_mosque.pk},
        "left": {world.other_mosque.pk},
    }


def test_mosques_read_which_others_of_their_force_are_listed(scene, abroad):
    world = scene.world
    let_in(world.far_mosque, None, world.far_imam, kind="listed", until=None)
    let_in(world.other_mosque, None, world.other_imam, kind="publicity", until=None)
    let_in(abroad["mosque"], None, abroad["lead"], kind="listed", until=None)

    assert answer(world.imam, "listed_institutions") == {world.far_mosque.pk}
    assert answer(world.officer, "listed_institutions") == set()
    assert answer(abroad["lead"], "listed_institutions") == {abroad["mosque"].pk}


def test_institutions_of_a_force_are_found_by_its_police_and_its_panel(scene, abroad):
    world = scene.world
    ours = pks(Institution.objects.filter(force=world.force_area))
    theirs = pks(Institution.objects.filter(force=abroad["mosque"].force_id))

    assert answer(world.officer, "in_forces") == ours
    assert answer(abroad["scrutineer"], "in_forces") == theirs
    assert answer(world.imam, "in_forces") == set()


# --- What one did, what one was sent, for whom one speaks ----------------------------------------


def test_an_officer_has_dealings_where_they_logged_recorded_attended_or_promised(scene):
    world = scene.world
    officer = make_person(world.other_team, "officer")
    ways = {
        "ours": lambda record: (record["visit_noted"], {"logged_by": officer.contact}),
        "other": lambda record: (record["visit_noted"], {"held_recorded_by": officer.contact}),
        "far": lambda record: (record["promise_agreed"], {"owner": officer.contact}),
    }
    assert answer(officer, "dealings") == set()

    for place, way in ways.items():
        row, changes = way(scene.records[place])
        with as_owner():
            type(row).objects.filter(pk=row.pk).update(**changes)
        assert answer(officer, "dealings") == {scene.records[place].institution.pk}, place
        with as_owner():
            type(row).objects.filter(pk=row.pk).update(
                **dict.fromkeys(changes, world.sergeant.contact)
            )
    visit = scene.ours["visit_noted"]
    with as_owner():
        Attendance.objects.create(
            engagement=visit, institution=visit.institution, officer=officer.contact
        )
    assert answer(officer, "dealings") == {scene.ours.institution.pk}


def test_a_mosque_has_no_dealings_elsewhere(scene):
    visit = scene.records["far"]["visit_noted"]
    with as_owner():
        Engagement.objects.filter(pk=visit.pk).update(logged_by=scene.world.imam.contact)

    assert answer(scene.world.imam, "dealings") == set()


def test_a_bulletin_is_received_by_who_was_sent_it_and_a_panel_receives_what_is_out(scene, abroad):
    world = scene.world
    panel = make_institution("panel", "Scrutiny panel", world.force_area)
    sent = {scene.ours[name].pk for name in ("bulletin", "bulletin_withdrawn")}
    out = Bulletin.objects.exclude(state__in=["draft", "checked"])

    assert answer(world.imam, "bulletins_received") == sent
    assert answer(make_person(panel, "scrutineer"), "bulletins_received") == pks(out)
    assert answer(make_person(panel, "records_officer"), "bulletins_received") == set()
    assert answer(abroad["scrutineer"], "bulletins_received") == set()


def test_police_units_are_drafted_for_by_who_serves_there_with_access(scene):
    world = scene.world
    units = [world.team, world.command, world.force, make_unit(world, name="Northshire CT")]

    for unit in units:
        role = "invited_unit" if unit == units[-1] else "officer"
        assert answer(make_person(unit, role), "drafting_units") == {unit.pk}
        assert answer(make_person(unit, ""), "drafting_units") == set()
    assert answer(world.imam, "drafting_units") == set()


def test_institutions_are_spoken_for_by_their_own_and_by_who_stands_in_for_them(scene):
    world = scene.world
    deputy = make_person(world.far_mosque, "mosque_member")
    stand_in(deputy, world.other_imam)

    for role in ("mosque_lead", "mosque_member", "mosque_safety", "umbrella_lead"):
        assert answer(make_person(world.mosque, role), "spoken_for") == {world.mosque.pk}
    assert answer(world.officer, "spoken_for") == set()
    assert answer(deputy, "spoken_for") == {world.far_mosque.pk, world.other_mosque.pk}
    assert answer(world.imam, "spoken_for") == {world.mosque.pk}


def test_somebodys_data_is_looked_for_in_the_forces_where_they_are_or_had_a_role(scene, abroad):
    imam, here = scene.world.imam.contact, scene.world.force_area.pk
    with as_owner(), connection.cursor() as cursor:
        RoleHolding.objects.create(
            institution=abroad["mosque"], contact=imam, access_role="", held_from=LONG_AGO
        )
        RoleHolding.objects.filter(contact=imam, institution=scene.world.mosque).delete()
        cursor.execute("SELECT portal.search_for(%s)", [imam.pk])
        found = json.loads(cursor.fetchone()[0])

    both = {here, abroad["mosque"].force_id}
    assert (set(found["forces"]), set(found["wide"]), found["person"]) == (both, both, [imam.pk])
