import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox.models import Message
from contacts.models import Contact, Institution, RoleType
from partnerships.actions import leads, partnerships
from partnerships.models import LeadAssignment, Partnership

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 2)
State = Partnership.State


def add(world, **changes):
    given = {
        "kind": "mosque",
        "name": "Masjid Al-Falah",
        "area": world.neighbourhood,
        "police_unit": world.team,
        "by": world.sergeant,
        "at": AT,
    }
    return partnerships.add_institution(**(given | changes))


def invite(world, partnership, **changes):
    given = {
        "partnership": partnership,
        "name": "Bilal Ahmed",
        "email": "bilal@mosque.example",
        "access_role": "mosque_lead",
        "role_type": RoleType.objects.get(code="imam"),
        "by": world.coordinator,
        "at": AT,
    }
    return partnerships.invite_partner(**(given | changes))


def lead(world, partnership, **changes):
    given = {
        "named": world.sergeant.contact,
        "cover": world.officer.contact,
        "by": world.coordinator,
        "at": AT,
    }
    return leads.set_leads(partnership=partnership, **(given | changes))


def actions():
    return list(Entry.objects.order_by("at", "pk").values_list("action", flat=True))


# --- note_contact -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "on", "after"),
    [
        (None, dt.date(2026, 3, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 4, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 1)),
    ],
)
def test_note_contact_moves_forward_only(world, before, on, after):
    Partnership.objects.filter(pk=world.partnership.pk).update(last_contact_on=before)
    partnership = Partnership.objects.get(pk=world.partnership.pk)

    partnerships.note_contact(partnership, on=on)

    assert partnership.last_contact_on == after
    partnership.refresh_from_db()
    assert partnership.last_contact_on == after


# --- Beginning --------------------------------------------------------------------------------


def test_add_institution_makes_a_partnership_that_has_not_joined(world):
    partnership = add(world)

    partnership.refresh_from_db()
    assert (partnership.state, partnership.is_primary) == (State.NOT_JOINED, True)
    assert partnership.district_id == world.district.pk
    assert sorted(actions()) == [
        "contacts.institution_added",
        "partnerships.partnership_added",
    ]


def test_add_institution_declines_a_team_from_elsewhere(world):
    with pytest.raises(partnerships.UnitDoesNotServe):
        add(world, police_unit=world.other_team)

    assert not Institution.objects.filter(name="Masjid Al-Falah").exists()


def test_add_institution_declines_a_name_twice(world):
    add(world)

    with pytest.raises(ValidationError, match="of that name in that area"):
        add(world)


def test_invite_partner_makes_the_partnership_invited_once(world):
    partnership = add(world)

    invite(world, partnership)
    invite(world, partnership, email="second@mosque.example")

    partnership.refresh_from_db()
    assert partnership.state == State.INVITED
    assert actions().count("partnerships.partner_invited") == 2


def test_invite_partner_declines_after_the_end(world):
    partnerships.leave_partnership(partnership=world.partnership, by=world.imam, at=AT)

    with pytest.raises(partnerships.PartnershipMovedOn):
        invite(world, world.partnership)


# --- Officers ---------------------------------------------------------------------------------


def test_set_leads_ends_the_former_one_the_same_day(world):
    lead(world, world.partnership, named=world.inspector.contact)

    former = LeadAssignment.objects.get(
        partnership=world.partnership, officer=world.sergeant.contact
    )
    assert former.held_until == TODAY
    current = LeadAssignment.objects.current().filter(partnership=world.partnership)
    assert {row.role: row.officer_id for row in current} == {
        "named_officer": world.inspector.contact.pk,
        "cover": world.officer.contact.pk,
    }
    assert Message.objects.get().kind == "partnerships.lead_assigned"


def test_set_leads_may_swap_the_two(world):
    lead(world, world.partnership, named=world.officer.contact, cover=world.sergeant.contact)

    current = LeadAssignment.objects.current().get(
        partnership=world.partnership, role="named_officer"
    )
    assert current.officer == world.officer.contact


def test_set_leads_is_silent_when_nothing_changes(world):
    lead(world, world.partnership)

    assert actions() == []
    assert not Message.objects.exists()


@pytest.mark.parametrize("cover", ["sergeant", "far_sergeant", "imam", "coordinator"])
def test_set_leads_declines_who_cannot_cover(world, cover):
    with pytest.raises(leads.CannotLead):
        lead(world, world.partnership, cover=getattr(world, cover).contact)


# --- Pausing, leaving, cadence ----------------------------------------------------------------

MOVES = {
    "pause": (partnerships.pause_partnership, State.PAUSED_BY_INSTITUTION),
    "resume": (partnerships.resume_partnership, State.ACTIVE),
    "leave": (partnerships.leave_partnership, State.ENDED),
}


@pytest.mark.parametrize(("move", "state"), list(product(MOVES, State.values)))
def test_every_move_outside_the_table_is_declined(world, move, state):
    Partnership.objects.filter(pk=world.partnership.pk).update(state=state)
    action, target = MOVES[move]
    permitted = target in Partnership.MOVES[State(state)]
    if move == "resume":
        permitted = state == State.PAUSED_BY_INSTITUTION
    given = {"partnership": world.partnership, "by": world.imam, "at": AT}

    if permitted:
        assert action(**given).state == target
    else:
        with pytest.raises(partnerships.PartnershipMovedOn):
            action(**given)


def test_pause_partnership_tells_police_and_gives_no_reason(world):
    partnerships.pause_partnership(partnership=world.partnership, by=world.imam, at=AT)

    told = set(
        Message.objects.filter(kind="partnerships.partnership_paused").values_list(
            "recipient_kind", "recipient_id"
        )
    )
    users = {world.sergeant, world.officer, world.inspector, world.coordinator}
    assert told == {("user", str(user.pk)) for user in users} | {("inbox", str(world.team.pk))}
    assert Entry.objects.get().details == {}


def test_leave_partnership_ends_it_and_its_officers(world):
    partnerships.leave_partnership(partnership=world.partnership, by=world.imam, at=AT)

    world.partnership.refresh_from_db()
    assert (world.partnership.state, world.partnership.ended_on) == (State.ENDED, TODAY)
    assert not LeadAssignment.objects.current().filter(partnership=world.partnership).exists()
    assert Contact.objects.filter(institution=world.mosque).exists()


@pytest.mark.parametrize("days", [None, 7, 90, 730])
def test_set_cadence_keeps_what_the_institution_wants(world, days):
    partnerships.set_cadence(partnership=world.partnership, days=days, by=world.imam, at=AT)

    assert Partnership.objects.get(pk=world.partnership.pk).cadence_days == days
    assert Entry.objects.get().details == {"days": days}


@pytest.mark.parametrize("days", [0, 6, 731])
def test_set_cadence_declines_what_makes_no_sense(world, days):
    with pytest.raises(ValidationError, match="from 7 to 730"):
        partnerships.set_cadence(partnership=world.partnership, days=days, by=world.imam, at=AT)
