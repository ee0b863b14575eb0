"""The table of permissions, cell by cell: ``visible_to`` alone, then the rule alone.

Each has to be right without the other, and without the database's own policies: what one of them
lets slip is then caught by the next one, not by the only one that was right.
"""

from dataclasses import replace

import pytest
import rules
from django.db import transaction

from contacts.models import Institution, PolicingArea, RoleHolding, User
from events.models import Attendance, EngagementParty
from partnerships.models import Partnership
from partnerships.rules.commitments import side_for
from tests.contacts.sharing_kit import again
from tests.factories import make_person
from tests.factories.world import LONG_AGO, make_editor
from tests.roles import as_owner

from .cast import LOADED, Cast
from .grants import (
    COORDINATOR,
    GUESTS,
    HEADS,
    INSPECTOR,
    LEAD,
    MOSQUE,
    OPENERS,
    POLICE,
    READERS,
    ROLES,
    SPEAKERS,
    STANDINGS,
    WORKING,
)
from .nouns import NOUNS, allows
from .particulars import ME, MY_UNIT, changed
from .particulars_forum import BY_UNIT, CASES, FOUND
from .permissions import ANYWHERE, AT_A_UNIT, PROMISES, SIGHT, TABLE, UNITS
from .permissions_forum import CONCERNS, OF_A_STEP

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(scene, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = Cast(scene)
        for key in ("own", "area", "other_force", "forum"):
            record, second = made.records[key], made.records[key].second.contact
            record.things |= {"second_person": second, "second_holding": second.holdings.get()}
            made.rows[key] = {name: noun.row(record) for name, noun in NOUNS.items()}
        LOADED.clear()
        for role in ROLES:
            made.person(role, "own")
            made.person(role, "ended")
        made.rows |= {"opened": made.rows["area"], "let_in": made.rows["own"]}
        yield made
        transaction.set_rollback(True)


# These are asked by views and templates that have a row, and stop with an error without one.
NEED_A_ROW = {g.perm for g in PROMISES + CONCERNS if g.noun != "partnership"} | {
    "events.view_request",
    "events.answer_recourse",
    "partnerships.disagree_with_agreement",
    "partnerships.withdraw_agreement_words",
}


# What an umbrella body reads because it stands beside it, whoever lets it in.
CONVENED = {"consultation", "consultation_draft", "advice", "theme"}


def asked_of(standing):
    return {"let_in": GUESTS, "opened": OPENERS}.get(standing, ROLES)


def cells(standing, grants, answer):
    """Compare what a table says of every role with what ``answer(role, grant)`` finds."""
    return [
        f"{role} {'may not' if grant.holds(role, standing) else 'may'} {grant.verb} {grant.noun}"
        for role in asked_of(standing)
        for grant in grants
        if answer(role, grant) != grant.holds(role, standing)
    ]


def test_the_table_speaks_of_every_role_every_noun_and_every_permission():
    assert set(ROLES) == set(RoleHolding.AccessRole.values)
    assert {grant.noun for grant in TABLE + SIGHT} == NOUNS.keys()
    assert len({(grant.noun, grant.verb) for grant in TABLE}) == len(TABLE)
    told = {perm for grant in TABLE for perm in (grant.perm, grant.guest_perm) if perm}
    lists = {perm for perm in rules.permissions.permissions if is_of_the_admin(perm)}
    assert told | ANYWHERE.keys() | lists | OF_A_STEP == set(rules.permissions.permissions)


def is_of_the_admin(perm):
    """Django's admin asks for these; tests/contacts/test_reference.py says who has them."""
    return perm.startswith("contacts.") and perm.endswith(
        ("_language", "_policeforce", "_purpose", "_rank", "_roletype", "_signpost", "_topic")
    )


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("grant", SIGHT, ids=lambda grant: grant.noun)
def test_each_role_sees_what_the_table_gives_it_by_the_query_alone(cast, grant, standing):
    cast.arrange(standing)
    record = cast.record(standing)

    def sees(role, grant):
        return NOUNS[grant.noun].is_seen_by(cast.person(role, standing), record)

    assert not (wrong := cells(standing, [grant], sees)), "; ".join(wrong)


@pytest.mark.parametrize("standing", STANDINGS)
def test_each_role_may_do_what_the_table_gives_it_by_the_rule_alone(cast, standing):
    cast.arrange(standing)
    users = {role: cast.person(role, standing) for role in asked_of(standing)}
    rows, as_guest = cast.rows.get(standing, cast.rows["own"]), standing == "let_in"
    if standing == "paused":
        rows = {noun: NOUNS[noun].row(cast.record(standing)) for noun in NOUNS}

    def may(role, grant):
        perm = (as_guest and grant.guest_perm) or grant.perm
        return allows(users[role], grant, rows[grant.noun], perm)

    grants = [g for g in TABLE if not (as_guest and g.by_sight and not g.guest_perm)]
    grants = [grant for grant in grants if grant.perm not in ANYWHERE]
    assert not (wrong := cells(standing, grants, may)), "; ".join(wrong)


def test_whether_somebody_was_let_in_says_the_visit_as_well(cast):
    cast.let_guests_in()
    visits = [cast.rows["own"][noun] for noun in ("engagement", "plan")]

    for role in ROLES:
        user = cast.person(role, "let_in")
        for visit in visits:
            allowed = user.has_perm("dashboard.view_visit_as_guest", visit)
            assert allowed == (role in GUESTS), role


def test_a_guest_whose_permission_is_over_holds_nothing(cast):
    cast.let_guests_in()
    cast.let_guests_out()
    record = cast.records["own"]

    for role in GUESTS:
        user = again(cast.people[role])
        seen = [g.noun for g in SIGHT if NOUNS[g.noun].is_seen_by(user, record)]
        guest = [g.guest_perm for g in TABLE if g.guest_perm]
        assert set(seen) == (CONVENED if role == "umbrella_lead" else set())
        assert not any(user.has_perm(p, cast.rows["own"]["engagement"]) for p in guest)


def test_whoever_stands_nowhere_holds_nothing(cast):
    """The account alone opens no row."""
    stranger = User.objects.create_user("nobody@example.org", "correct horse battery staple")
    record = cast.records["own"]
    rows = cast.rows["own"]

    assert [g.noun for g in SIGHT if NOUNS[g.noun].is_seen_by(stranger, record)] == []
    assert [(g.noun, g.verb) for g in TABLE if allows(stranger, g, rows[g.noun])] == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_police_unit_is_for_its_own_people_and_its_force(cast, unit):
    record, users = cast.records[unit], {role: cast.person(role, "own") for role in ROLES}
    nouns = [noun for noun in sorted(AT_A_UNIT) if NOUNS[noun].thing in record]
    rows = {noun: NOUNS[noun].row(record) for noun in nouns}

    seen = {
        (g.noun, g.verb): {r for r in ROLES if NOUNS[g.noun].is_seen_by(users[r], record)}
        for g in SIGHT
        if g.noun in nouns
    }
    may = {
        (g.noun, g.verb): {r for r in ROLES if users[r].has_perm(g.perm, rows[g.noun])}
        for g in TABLE
        if g.noun in nouns
    }

    assert seen == {cell: UNITS[unit].get(cell, frozenset()) for cell in seen}
    assert may == {cell: UNITS[unit].get(cell, frozenset()) for cell in may}


LED_BY = {"officer": HEADS, "liaison": HEADS, "sergeant": INSPECTOR}


@pytest.mark.parametrize("access_role", sorted(RoleHolding.AccessRole.values))
def test_who_stands_in_for_an_officer_is_said_by_who_leads_them(cast, access_role):
    row = NOUNS["role"].row(cast.records["unit"])
    row.access_role = access_role

    may = {role for role in ROLES if cast.person(role, "own").has_perm("contacts.set_deputy", row)}

    assert may == LED_BY.get(access_role, frozenset()) | COORDINATOR


def test_a_scrutiny_panels_people_are_not_shown_to_each_other(cast):
    contact = NOUNS["named_contact"].rows().get(pk=cast.ids["scrutineer"])

    for role in ROLES:
        for perm, row in (("view_contact", contact), ("view_people", contact.institution)):
            allowed = cast.person(role, "own").has_perm(f"contacts.{perm}", row)
            assert allowed == (role in COORDINATOR), (role, perm)


def test_an_officer_who_is_a_member_there_reads_it_as_a_member_and_opens_nothing(cast):
    place, both = cast.rows["own"]["record"], make_person(cast.world.other_team, "officer")
    assert both.has_perm("contacts.break_glass", place)

    with as_owner():
        RoleHolding.objects.create(
            institution_id=place.pk,
            contact=both.contact,
            access_role="mosque_member",
            held_from=LONG_AGO,
        )

    assert not again(both).has_perm("contacts.break_glass", place)


# --- What is particular about one row -------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_particulars_give_and_take_what_they_are_said_to(cast, case):
    grants = [g for g in TABLE if g.noun == case.noun and g.perm not in ANYWHERE]
    row, found = cast.rows[case.standing][case.noun], {}
    cast.arrange(case.standing)
    for role in ROLES:
        user = cast.person(role, case.standing)
        mine = changed(row, case.changes, me=cast.ids[role], unit=cast.places[role].pk)
        found[role] = {grant.verb for grant in grants if allows(user, grant, mine)}

    assert found == {role: case.verbs(role, grants) for role in ROLES}


def seen_with(cast, noun, standing, changes):
    """Return who finds a row by the query alone once it says something particular of each."""
    found, record = set(), cast.record(standing)
    cast.arrange(standing)
    for role in ROLES:
        mine = {ME: cast.ids[role], MY_UNIT: cast.places[role].pk}
        values = {name: mine.get(value, value) for name, value in changes.items()}
        with as_owner():
            NOUNS[noun].model.objects.filter(pk=record[NOUNS[noun].thing].pk).update(**values)
        if NOUNS[noun].is_seen_by(cast.person(role, standing), record):
            found.add(role)
    return found


@pytest.mark.parametrize(("noun", "changes", "standing", "roles"), FOUND)
def test_particulars_are_found_by_the_query_alone(cast, noun, changes, standing, roles):
    (always,) = (grant for grant in SIGHT if grant.noun == noun)

    found = seen_with(cast, noun, standing, changes)

    assert found == roles | {role for role in ROLES if always.holds(role, standing)}


@pytest.mark.parametrize("noun", BY_UNIT)
def test_what_is_of_the_unit_in_which_one_serves_is_found_wherever_it_lies(cast, noun):
    (always,) = (grant for grant in SIGHT if grant.noun == noun)
    partnership = Partnership.objects.filter(pk=cast.records["area"].partnership.pk)
    found = set()
    for role in ROLES:
        with as_owner():
            partnership.update(police_unit_id=cast.places[role].pk)
        if NOUNS[noun].is_seen_by(cast.person(role, "area"), cast.records["area"]):
            found.add(role)

    assert found == BY_UNIT[noun] | always.area


@pytest.mark.parametrize("noun", BY_UNIT)
def test_what_lies_in_ones_area_is_found_whatever_unit_is_concerned(cast, noun):
    (always,) = (grant for grant in SIGHT if grant.noun == noun)
    with as_owner():
        Partnership.objects.filter(pk=cast.records["own"].partnership.pk).update(
            police_unit_id=cast.world.other_team.pk
        )

    found = {r for r in ROLES if NOUNS[noun].is_seen_by(cast.person(r, "own"), cast.record("own"))}

    assert found == always.own


def test_one_reads_and_acts_on_ones_own_side(cast):
    sides = {r: side_for(cast.person(r, "own"), cast.rows["own"]["partnership"]) for r in ROLES}

    assert sides == {r: "institution" if r in MOSQUE else "police" for r in ROLES}


def test_whoever_came_to_a_visit_finds_it(cast):
    visit, found = cast.records["area"]["visit_noted"], set()
    with as_owner():
        for role in ROLES:
            Attendance.objects.create(
                engagement=visit, institution=visit.institution, officer_id=cast.ids[role]
            )
    for role in ROLES:
        if NOUNS["engagement"].is_seen_by(cast.person(role, "area"), cast.records["area"]):
            found.add(role)

    assert found == WORKING


def test_a_mosque_that_took_part_finds_the_visit_and_so_do_its_police(cast):
    visit, guest = cast.records["area"]["visit_noted"], cast.records["own"].partnership
    with as_owner():
        EngagementParty.objects.create(
            engagement=visit, institution=guest.institution, partnership=guest
        )

    found = {
        role
        for role in ROLES
        if NOUNS["engagement"].is_seen_by(cast.person(role, "area"), cast.records["area"])
    }

    assert found == READERS


@pytest.mark.parametrize("role", ROLES)
def test_asked_about_nothing_a_rule_says_no(cast, role):
    user = cast.person(role, "own")
    given = {perm for grant in TABLE for perm in (grant.perm, grant.guest_perm) if perm}
    about_a_row = given - ANYWHERE.keys() - NEED_A_ROW

    assert [perm for perm in sorted(about_a_row) if user.has_perm(perm, None)] == []


@pytest.mark.parametrize("joined", [True, False])
def test_a_coordinator_invites_people_until_an_institution_has_joined(cast, joined):
    record = cast.records["own"]
    with as_owner():
        Institution.objects.filter(pk=record.institution.pk).update(
            joined_on=LONG_AGO if joined else None
        )

    found = {r for r in ROLES if NOUNS["invitable"].is_seen_by(cast.person(r, "own"), record)}

    assert found == (LEAD if joined else LEAD | COORDINATOR)


def test_areas_are_those_of_the_force_and_those_reached(cast):
    world, areas = cast.world, PolicingArea.objects
    ours = set(areas.below([world.force_area.pk]))
    assert {world.neighbourhood, world.other_neighbourhood} < ours < set(areas.all())

    for role in ROLES:
        user = cast.person(role, "own")
        reached = set(areas.reached_by(user, "coordinator", "sergeant"))
        expected = {"coordinator": ours, "sergeant": {world.neighbourhood}}.get(role, set())
        assert set(areas.in_forces(user)) == (ours if role in POLICE else set()), role
        assert reached == expected, role


def test_every_role_but_a_partners_needs_a_second_step(cast):
    for standing, others in (("own", set(ROLES) - SPEAKERS), ("ended", set())):
        asked = {r for r in ROLES if cast.person(r, standing).standing.needs_second_factor}
        assert asked == others


# --- What is not about one record of a mosque -----------------------------------------------------


def test_without_a_role_of_ones_own_nothing_is_listed(cast):
    """Standing in for somebody is for people who have a role themselves."""
    user = again(cast.people["mosque_lead"])
    user.standing = replace(user.standing, contact=None)

    for perm in ("events.view_visits", "events.view_requests", "dashboard.view_figures"):
        assert not user.has_perm(perm), perm


def test_the_lists_are_kept_by_an_editor_and_nobody_else(cast):
    lists = {perm for perm in rules.permissions.permissions if is_of_the_admin(perm)}
    tables = ("language", "policeforce", "purpose", "rank", "roletype", "signpost", "topic")
    editor = make_editor("lists@example.org")

    assert lists == {f"contacts.{v}_{table}" for v in ("view", "add", "change") for table in tables}
    assert all(editor.has_perm(perm) for perm in lists)
    assert not any(cast.person(r, "own").has_perm(perm) for r in ROLES for perm in lists)


@pytest.mark.parametrize("perm", ANYWHERE)
def test_what_is_asked_without_a_row_follows_from_the_role_alone(cast, perm):
    now = {role for role in ROLES if cast.person(role, "own").has_perm(perm)}
    before = {role for role in ROLES if cast.person(role, "ended").has_perm(perm)}

    assert now == ANYWHERE[perm]
    assert before == (set(ROLES) if perm == "contacts.accept_invitation" else set())
