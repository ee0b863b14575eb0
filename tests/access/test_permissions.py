"""The table of permissions, cell by cell: ``visible_to`` alone, then the rule alone.

Each has to be right without the other, and without the database's own policies: what one of them
lets slip is then caught by the next one, not by the only one that was right.
"""

import copy
from dataclasses import dataclass
from functools import partial

import pytest
import rules
from django.db import models, transaction

from contacts.models import (
    Contact,
    Disposal,
    Institution,
    Invitation,
    LeadershipDispute,
    LegalHold,
    RightsRequest,
    RoleHolding,
    SharingPermission,
    User,
)
from events.models import Attendance, Engagement, EngagementParty, EngagementRequest
from partnerships.models import Commitment, Partnership, PartnershipAgreement, PolicePause
from tests.contacts.sharing_kit import again
from tests.roles import as_owner

from .cast import LOADED, Cast
from .particulars import CASES, FOUND, ME, MY_UNIT
from .permissions import (
    ANYWHERE,
    AT_A_UNIT,
    COORDINATOR,
    GUESTS,
    HEADS,
    INSPECTOR,
    OPENERS,
    PROMISES,
    READERS,
    ROLES,
    SIGHT,
    STANDINGS,
    TABLE,
    UNITS,
    WORKING,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(scene, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = Cast(scene)
        for key in ("own", "area", "other_force", "forum"):
            record = made.records[key]
            record.things.setdefault("second_person", record.second.contact)
            made.rows[key] = {name: noun.row(record) for name, noun in NOUNS.items()}
        LOADED.clear()
        for role in ROLES:
            made.person(role, "own"), made.person(role, "ended")
        made.rows["opened"] = made.rows["area"]
        yield made
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Noun:
    """What a noun of the table is in a record: a row, as its page loads it and finds it."""

    thing: str
    model: type[models.Model]
    load: str = "for_detail"
    seen: str = "visible_to"
    changed: tuple = ()  # what is different about it, in memory

    def rows(self):
        return getattr(self.model.objects, self.load)()

    def row(self, record):
        row = copy.copy(self.rows().get(pk=record[self.thing].pk))
        for name, value in self.changed:
            setattr(row, name, value)
        return row

    def is_seen_by(self, user, record):
        found = getattr(self.model.objects, self.seen)(user)
        return found.filter(pk=record[self.thing].pk).exists()


_place = partial(Noun, "institution", Institution)
NOUNS = {
    "institution": _place(),
    "newcomer": _place(changed=(("joined_on", None),)),
    "people": _place(),
    "sharing": _place(),
    "record": _place(seen="openable_by"),
    "house_rules": _place(seen="loggable_by"),
    "readers": _place(seen="whose_readers_are_shown_to"),
    "disclosures": _place(seen="whose_disclosures_are_shown_to"),
    "retention": _place(seen="with_retention_for"),
    "named_contact": Noun("second_person", Contact, "for_list"),
    "unnamed_contact": Noun("hidden_person", Contact, "for_list"),
    "role": Noun("holding", RoleHolding),
    "invitation": Noun("invitation", Invitation),
    "right": Noun("right_erasure", RightsRequest),
    "hold": Noun("hold", LegalHold),
    "disposal": Noun("disposal", Disposal),
    "engagement": Noun("visit_noted", Engagement, "for_record"),
    "plan": Noun("visit_planned", Engagement, "for_planning"),
    "asked_visit": Noun("visit_planned", Engagement, "for_planning", changed=(("request_id", 1),)),
    "note": Noun("visit_noted", Engagement, "for_record"),
    "answered_note": Noun("visit_disagreed", Engagement, "for_record"),
    "unleft_note": Noun("visit_shared", Engagement, "for_record"),
    "visit_without_note": Noun("visit_held", Engagement, "for_record"),
    "promise": Noun("promise_agreed", Commitment),
    "mosque_promise": Noun("promise_theirs", Commitment),
    "request": Noun("request_submitted", EngagementRequest),
    "police_request": Noun("request_by_police", EngagementRequest),
    "partnership": Noun("partnership", Partnership),
    "agreement": Noun("agreement", PartnershipAgreement),
    "permission": Noun("permission", SharingPermission),
    "pause": Noun("pause", PolicePause),
    "dispute": Noun("dispute", LeadershipDispute),
}


# These are asked by views and templates that have a row, and stop with an error without one.
NEED_A_ROW = {grant.perm for grant in PROMISES} | {
    "events.view_request",
    "events.answer_recourse",
    "partnerships.disagree_with_agreement",
    "partnerships.withdraw_agreement_words",
}


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
    assert told | ANYWHERE.keys() | lists == set(rules.permissions.permissions)


def is_of_the_admin(perm):
    """Django's admin asks for these; tests/contacts/test_reference.py says who has them."""
    return perm.startswith("contacts.") and perm.endswith(
        ("_language", "_policeforce", "_purpose", "_rank", "_roletype", "_topic")
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
        return users[role].has_perm(perm, rows[grant.noun])

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
        assert seen == []
        assert not any(user.has_perm(p, cast.rows["own"]["engagement"]) for p in guest)


def test_whoever_stands_nowhere_holds_nothing(cast):
    """The account alone opens no row."""
    stranger = User.objects.create_user("nobody@example.org", "correct horse battery staple")
    record = cast.records["own"]
    rows = cast.rows["own"]

    assert [g.noun for g in SIGHT if NOUNS[g.noun].is_seen_by(stranger, record)] == []
    assert [(g.noun, g.verb) for g in TABLE if stranger.has_perm(g.perm, rows[g.noun])] == []


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


# --- What is particular about one row --------------------------------------------------------------


def changed(row, changes, *, me, unit):
    """Copy a row as far as the changes reach into what it has loaded."""
    row = copy.copy(row)
    for path, value in changes.items():
        *way, name = path.split(".")
        holder = row
        for step in way:
            setattr(holder, step, copy.copy(getattr(holder, step)))
            holder = getattr(holder, step)
        setattr(holder, name, {ME: me, MY_UNIT: unit}.get(value, value))
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_particulars_give_and_take_what_they_are_said_to(cast, case):
    grants = [g for g in TABLE if g.noun == case.noun and g.perm not in ANYWHERE]
    row, found = cast.rows[case.standing][case.noun], {}
    for role in ROLES:
        user = cast.person(role, case.standing)
        mine = changed(row, case.changes, me=cast.ids[role], unit=cast.places[role].pk)
        found[role] = {grant.verb for grant in grants if user.has_perm(grant.perm, mine)}

    assert found == {role: case.verbs(role, grants) for role in ROLES}


def seen_with(cast, noun, standing, changes):
    """Return who finds a row by the query alone once it says something particular of each."""
    found, record = set(), cast.record(standing)
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
    about_a_row = {grant.perm for grant in TABLE if grant.perm not in ANYWHERE.keys() | NEED_A_ROW}

    assert [perm for perm in sorted(about_a_row) if user.has_perm(perm, None)] == []


# --- What is not about one record of a mosque -----------------------------------------------------


@pytest.mark.parametrize("perm", ANYWHERE)
def test_what_is_asked_without_a_row_follows_from_the_role_alone(cast, perm):
    now = {role for role in ROLES if cast.person(role, "own").has_perm(perm)}
    before = {role for role in ROLES if cast.person(role, "ended").has_perm(perm)}

    assert now == ANYWHERE[perm]
    assert before == (set(ROLES) if perm == "contacts.accept_invitation" else set())
