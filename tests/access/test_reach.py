"""What the database finds that somebody's roles reach: whose, where, and on which days."""

import pytest
from django.contrib.postgres.functions import TransactionNow as Now

from contacts.models import BreakGlassGrant, Institution, RoleHolding
from events.models import EngagementRequest
from partnerships.models import Partnership
from tests.contacts.sharing_kit import join_umbrella, let_in, make_agent, make_unit
from tests.factories import make_institution, make_person
from tests.factories.world import LONG_AGO, _area
from tests.roles import as_owner

from .reach import HOUR, LISTS, SPANS, answer, contact_of, role_of, set_span, stand_in, standing_of

pytestmark = pytest.mark.django_db
HELD, ACTS = ("held_from", "held_until"), ("acts_from", "acts_until")
VALID, MEMBER = ("valid_from", "valid_until"), ("member_from", "member_until")
POLICE = ("police_team", "police_unit", "police_force")
PARTNERS = ("mosque_lead", "mosque_member", "mosque_safety", "umbrella_lead")


@pytest.fixture
def abroad(scene):
    """Another force, with a team, a unit and a mosque."""
    with as_owner():
        force = _area("force", "Westmere Police")
        area = _area("neighbourhood", "Westmere North", _area("district", "Westmere", force))
    return {
        "area": force,
        "team": make_institution("police_team", "Westmere team", area),
        "force": make_institution("police_force", "Westmere Police", force),
        "mosque": make_institution("mosque", "Westmere Mosque", area),
    }


# --- On which days ---------------------------------------------------------------------------
# Each returns the row that has days, what they are called, and whether it is open now.


def a_role(world):
    person = make_person(world.mosque, "mosque_lead")
    return role_of(person), HELD, lambda: world.mosque.pk in standing_of(person)["narrow"]


def standing_in(world):
    deputy, absent = make_person(world.far_mosque, "mosque_lead"), world.imam
    row = stand_in(deputy, absent)
    return row, ACTS, lambda: world.mosque.pk in standing_of(deputy)["narrow"]


def the_role_one_stands_in_for(world):
    deputy, absent = (make_person(place, "mosque_lead") for place in (world.umbrella, world.mosque))
    stand_in(deputy, absent)
    return role_of(absent), HELD, lambda: world.mosque.pk in standing_of(deputy)["narrow"]


def ones_own_role_while_standing_in(world):
    deputy = make_person(world.far_mosque, "mosque_lead")
    stand_in(deputy, world.imam)
    return role_of(deputy), HELD, lambda: world.mosque.pk in standing_of(deputy)["narrow"]


def a_role_in_an_invited_unit(world):
    agent = make_agent(unit := make_unit(world, name="Northshire CT"))
    let_in(world.mosque, unit, world.imam)
    return role_of(agent), HELD, lambda: world.mosque.pk in standing_of(agent)["guest"]


def a_role_that_shuts_ones_police_roles(world):
    officer = make_person(world.team, "officer")
    with as_owner():
        row = RoleHolding.objects.create(
            institution=make_unit(world, name="Northshire CT"),
            contact=officer.contact,
            access_role="officer",
            held_from=LONG_AGO,
        )
    return row, HELD, lambda: not standing_of(officer)["forces"]


def what_a_mosque_permits_a_unit(world):
    agent = make_agent(unit := make_unit(world, name="Northshire CT"))
    row = let_in(world.mosque, unit, world.imam)
    return row, VALID, lambda: world.mosque.pk in standing_of(agent)["guest"]


def what_a_mosque_permits_its_umbrella(world):
    row = let_in(world.mosque, world.umbrella, world.imam, kind="umbrella")
    return row, VALID, lambda: world.mosque.pk in standing_of(world.umbrella_lead)["guest"]


def being_a_member(world):
    let_in(world.other_mosque, world.umbrella, world.other_imam, kind="umbrella")
    row = join_umbrella(world, world.other_mosque)
    return row, MEMBER, lambda: world.other_mosque.pk in standing_of(world.umbrella_lead)["guest"]


def being_listed(world):
    row = let_in(world.far_mosque, None, world.far_imam, kind="listed")
    return row, VALID, lambda: world.far_mosque.pk in answer(world.imam, "listed_institutions")


def sitting_on_a_panel(world):
    panel = make_institution("panel", "Scrutiny panel", world.force_area)
    person = make_person(panel, "scrutineer")
    return role_of(person), HELD, lambda: bool(answer(person, "bulletins_received"))


def drafting_for_a_unit(world):
    person = make_person(world.command, "officer")
    return role_of(person), HELD, lambda: world.command.pk in answer(person, "drafting_units")


def speaking_for_a_mosque(world):
    person = make_person(world.mosque, "mosque_safety")
    return role_of(person), HELD, lambda: world.mosque.pk in answer(person, "spoken_for")


def speaking_for_whom_one_stands_in(world):
    deputy = make_person(world.far_mosque, "mosque_lead")
    row = stand_in(deputy, world.imam)
    return row, ACTS, lambda: world.mosque.pk in answer(deputy, "spoken_for")


DATED = (
    *(a_role, standing_in, the_role_one_stands_in_for, ones_own_role_while_standing_in),
    *(a_role_in_an_invited_unit, a_role_that_shuts_ones_police_roles),
    *(what_a_mosque_permits_a_unit, what_a_mosque_permits_its_umbrella, being_a_member),
    *(being_listed, sitting_on_a_panel, drafting_for_a_unit, speaking_for_a_mosque),
    speaking_for_whom_one_stands_in,
)


@pytest.mark.parametrize("arranged", DATED, ids=lambda arranged: arranged.__name__)
def test_each_is_open_from_its_first_day_and_no_more_on_its_last(scene, arranged):
    row, names, is_open_now = arranged(scene.world)

    for span, (_since, _until, is_open) in SPANS.items():
        set_span(row, names, span)
        assert is_open_now() == is_open, span


@pytest.mark.parametrize("arranged", [being_listed, what_a_mosque_permits_a_unit])
def test_what_was_withdrawn_is_open_no_more(scene, arranged):
    row, _names, is_open_now = arranged(scene.world)
    assert is_open_now()

    with as_owner():
        type(row).objects.filter(pk=row.pk).update(withdrawn_at=Now())

    assert not is_open_now()


# --- Where -------------------------------------------------------------------------------------


def places(world):
    """Return where somebody of each role stands, by what is said of them below."""
    panel = make_institution("panel", "Panel of the district", world.district)
    wide = make_institution("umbrella_body", "Forum of the force", world.force_area)
    return {
        **{role: (world.mosque, role) for role in PARTNERS[:3]},
        "umbrella_lead": (world.umbrella, "umbrella_lead"),
        "an umbrella's of the force": (wide, "umbrella_lead"),
        "officer": (world.team, "officer"),
        "commander": (world.command, "commander"),
        "coordinator": (world.force, "coordinator"),
        "records_officer": (world.force, "records_officer"),
        "scrutineer": (panel, "scrutineer"),
        "platform_admin": (world.force, "platform_admin"),
        "of no access": (world.mosque, ""),
    }


def below(area):
    there = Institution.objects.filter(area__lineage__contains=[area.pk])
    return set(there.values_list("pk", flat=True))


def test_each_role_reaches_its_own_area_and_is_told_of_its_own_force(scene, abroad):
    world, at = scene.world, places(scene.world)
    force = {world.force_area.pk}
    police = {i.pk for i in Institution.objects.filter(force=world.force_area) if i.is_police}
    partner = {"around": force, "serving": police}
    wide_forum = at["an umbrella's of the force"][0]
    expected = {
        **{role: partner | {"narrow": {world.mosque.pk}} for role in PARTNERS[:3]},
        "umbrella_lead": partner | {"narrow": {world.umbrella.pk}},
        "an umbrella's of the force": partner | {"narrow": {wide_forum.pk}},
        "officer": {"forces": force, "narrow": below(world.neighbourhood)},
        "commander": {"forces": force, "narrow": below(world.district)},
        "coordinator": {"forces": force, "wide": force},
        "records_officer": {"forces": force, "wide": force},
        "scrutineer": partner | {"over": force},
        "platform_admin": partner | {"over": force},
        "of no access": {},
    }

    for name, (place, role) in at.items():
        found = standing_of(make_person(place, role))
        assert found == {each: expected[name].get(each, set()) for each in LISTS}, name


def test_who_serves_in_a_unit_reaches_whatever_is_its_to_do_and_who_does_not_serve_no_more(scene):
    """Whoever administers a force, or speaks for an institution, serves in none."""
    world, far = scene.world, scene.world.far_mosque.pk
    officer, admin = (
        make_person(world.command, "commander"),
        make_person(world.force, "platform_admin"),
    )
    partnership = Partnership.objects.filter(pk=world.far_partnership.pk)
    request = EngagementRequest.objects.filter(pk=scene.records["far"]["request_submitted"].pk)

    for rows, column in ((partnership, "police_unit"), (request, "redirected_to")):
        for unit, user, reaches in (
            (world.command, officer, True),
            (world.force, admin, False),
            (world.mosque, world.imam, False),
        ):
            with as_owner():
                before = rows.values_list(column, flat=True).get()
                assert far not in standing_of(user)["narrow"]
                rows.update(**{column: unit})
            assert (far in standing_of(user)["narrow"]) == reaches, (column, user)
            with as_owner():
                rows.update(**{column: before})


def test_a_record_that_was_opened_is_reached_by_who_opened_it_until_it_closes(scene):
    world, far = scene.world, scene.world.far_mosque
    late = make_person(world.team, "officer")
    with as_owner():
        for user, closes_at in ((world.officer, Now() + HOUR), (late, Now())):
            BreakGlassGrant.objects.create(
                institution=far,
                contact=user.contact,
                reason="emergency",
                opened_at=Now() - HOUR,
                closes_at=closes_at,
            )

    assert far.pk in standing_of(world.officer)["narrow"]
    assert far.pk not in standing_of(late)["narrow"]
    assert far.pk not in standing_of(make_person(world.team, "officer"))["narrow"]


# --- Units that a mosque has to let in -----------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("counter_terrorism", "officer"),
        ("protective_security", "officer"),
        ("recruitment", "officer"),
        ("training", "officer"),
        ("neighbourhood", "invited_unit"),
    ],
)
def test_who_serves_in_an_invited_unit_reaches_who_let_it_in_and_no_police_role(
    scene, function, role
):
    world = scene.world
    unit = make_unit(world, function, name="Northshire unit")
    let_in(world.mosque, unit, world.imam)
    person = make_person(unit, role)
    for place, other_role in (
        (world.team, "officer"),
        (world.command, "officer"),
        (world.force, "coordinator"),
        (world.far_mosque, "mosque_member"),
    ):
        with as_owner():
            RoleHolding.objects.create(
                institution=place,
                contact=contact_of(person),
                access_role=other_role,
                held_from=LONG_AGO,
            )

    found = standing_of(person)

    assert (found["guest"], found["narrow"]) == ({world.mosque.pk}, {world.far_mosque.pk})
    assert found["forces"] == found["wide"] == set()


def test_standing_in_for_somebody_of_an_invited_unit_gives_and_takes_nothing(scene):
    world = scene.world
    unit = make_unit(world, name="Northshire CT")
    let_in(world.mosque, unit, world.imam)
    deputy = make_person(world.other_team, "officer")
    before = standing_of(deputy)

    stand_in(deputy, make_agent(unit))

    assert standing_of(deputy) == before
    assert before["forces"]


def test_nobody_stands_in_with_the_role_of_a_police_unit_who_is_of_an_invited_one(scene):
    world = scene.world
    agent = make_agent(make_unit(world, name="Northshire CT"))

    stand_in(agent, world.officer)

    assert standing_of(agent) == dict.fromkeys(LISTS, set())


def test_only_who_was_let_in_reads_along_and_only_by_the_kind_that_lets_them(scene, abroad):
    world = scene.world
    unit, other = (make_unit(world, name=name) for name in ("Northshire CT", "Northshire PS"))
    agent, stranger = make_agent(unit), make_agent(other)
    let_in(world.mosque, unit, world.imam)
    let_in(world.other_mosque, unit, world.other_imam, kind="umbrella")
    let_in(world.far_mosque, world.umbrella, world.far_imam, kind="umbrella")
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella")
    join_umbrella(world, world.other_mosque)
    let_in(world.other_mosque, world.umbrella, world.other_imam)
    officer = make_person(world.umbrella, "mosque_member")

    assert standing_of(agent)["guest"] == {world.mosque.pk}
    assert standing_of(stranger)["guest"] == set()
    # Of its members, those that said so; the far mosque is none.
    assert standing_of(world.umbrella_lead)["guest"] == {world.mosque.pk}
    assert standing_of(officer)["guest"] == {world.mosque.pk}
    assert standing_of(make_person(world.other_mosque, "mosque_lead"))["guest"] == set()


def test_who_was_let_in_is_told_of_the_police_of_that_force(scene, abroad):
    agent = make_agent(make_unit(scene.world, name="Northshire CT"))
    assert standing_of(agent)["serving"] == set()

    let_in(abroad["mosque"], contact_of(agent).institution, scene.world.imam)

    police = Institution.objects.filter(force=abroad["area"], kind__in=POLICE)
    assert standing_of(agent)["serving"] == set(police.values_list("pk", flat=True))
