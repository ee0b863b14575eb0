"""Workstreams: two leads, a purpose, promises and meetings; opened and closed by either side."""

import datetime as dt
import re
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from config.outbox.models import Message
from events.actions.meetings import count_meeting
from events.actions.visits import log_visit
from partnerships.actions import workstreams
from partnerships.actions.commitments import propose_commitment
from partnerships.actions.partnerships import pause_partnership
from partnerships.models import Commitment, Workstream
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
TITLE, PURPOSE = "Hate crime", "That everybody here knows how to report it and hears back."
State = Workstream.State
POLICE = {"sergeant", "officer", "inspector", "coordinator"}
OWN = {"imam", "member"}
OTHERS = {"other_imam", "far_imam", "far_sergeant", "umbrella_lead", "stranger"}


def proposed(world, *, side="police", **changes):
    by = world.sergeant if side == "police" else world.imam
    given = {
        "partnership": world.partnership,
        "title": TITLE,
        "purpose": PURPOSE,
        "lead": by.contact,
        "side": side,
        "by": by,
        "at": AT,
    }
    return workstreams.propose_workstream(**given | changes)


def led(workstream, by, *, side, lead=None):
    return workstreams.set_workstream_lead(
        workstream=workstream, lead=(lead or by).contact, side=side, by=by, at=AT
    )


def opened(world):
    return led(proposed(world), world.imam, side="institution")


def close(workstream, by, *, side="institution", reason="done"):
    return workstreams.close_workstream(
        workstream=workstream, reason=reason, side=side, by=by, at=AT
    )


def told(turn):
    rows = Message.objects.filter(kind=f"partnerships.workstream_{turn}")
    return {row.recipient_id for row in rows if row.recipient_kind == "user"}


def promise(world, workstream, **changes):
    given = {
        "partnership": world.partnership,
        "text": "Print the leaflet.",
        "owner_side": "police",
        "due_on": AT.date() + dt.timedelta(days=7),
        "side": "police",
        "by": world.sergeant,
        "at": AT,
        "workstream": workstream,
    }
    return propose_commitment(**given | changes)


def met(world):
    return log_visit(
        partnership=world.partnership,
        kind="meeting",
        purposes=["reassurance"],
        on=AT.date(),
        starts=dt.time(9),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[world.officer.contact],
        by=world.officer,
        at=AT,
    )


# --- Two leads ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "other"), [("police", "imam"), ("institution", "sergeant")])
def test_it_opens_once_the_other_side_names_its_lead(world, side, other):
    workstream, theirs = proposed(world, side=side), getattr(world, other)
    assert (workstream.state, workstream.opened_on) == (State.PROPOSED, None)
    assert str(theirs.pk) in told("proposed")

    back = {"police": "institution", "institution": "police"}[side]
    workstream = led(workstream, theirs, side=back)

    assert (workstream.state, workstream.opened_on) == (State.OPEN, AT.date())
    assert {workstream.police_lead, workstream.institution_lead} == {
        world.sergeant.contact,
        world.imam.contact,
    }


def test_each_side_names_its_own_people_and_no_others(world):
    for lead in (world.imam, world.other_imam, world.umbrella_lead):
        with pytest.raises(workstreams.CannotLead):
            proposed(world, lead=lead.contact)
    workstream = proposed(world)
    for lead in (world.sergeant, world.other_imam):
        with pytest.raises(workstreams.CannotLead):
            led(workstream, world.imam, side="institution", lead=lead)


def test_another_lead_of_ones_own_changes_nothing_else(world):
    workstream = led(opened(world), world.imam, side="institution", lead=world.member)

    assert workstream.institution_lead == world.member.contact
    assert (workstream.police_lead, workstream.state) == (world.sergeant.contact, State.OPEN)
    assert str(world.sergeant.pk) in told("led")


def test_the_database_opens_none_with_one_lead(world):
    workstream = proposed(world)

    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Workstream.objects.filter(pk=workstream.pk).update(state="open", opened_on=AT.date())


def test_nothing_new_begins_while_the_partnership_rests(world):
    pause_partnership(partnership=world.partnership, by=world.imam, at=AT)

    with pytest.raises(ValidationError, match="rests"):
        proposed(world)


# --- Every move -----------------------------------------------------------------------------------


def in_state(world, state):
    if state == State.PROPOSED:
        return proposed(world)
    workstream = opened(world)
    return close(workstream, world.imam) if state == State.CLOSED else workstream


@pytest.mark.parametrize(("state", "to"), list(product(State, (State.OPEN, State.CLOSED))))
def test_every_pair_of_states_is_a_move_or_is_declined(world, state, to):
    workstream = in_state(world, state)
    act = {
        State.OPEN: lambda: led(workstream, world.imam, side="institution"),
        State.CLOSED: lambda: close(workstream, world.imam),
    }[to]

    if to in Workstream.MOVES[state] or state == to == State.OPEN:  # named anew, it stays open
        assert act().state == to
    else:
        with pytest.raises(workstreams.WorkstreamMovedOn):
            act()


def test_it_is_closed_with_a_reason_which_the_other_side_hears(world):
    workstream = opened(world)
    with pytest.raises(ValidationError, match="Select why"):
        close(workstream, world.imam, reason="because")

    workstream = close(workstream, world.imam)

    assert (workstream.close_reason, workstream.closed_side) == ("done", "institution")
    assert str(world.sergeant.pk) in told("closed")
    assert str(world.imam.pk) not in told("closed")


# --- Promises and meetings ------------------------------------------------------------------------


def test_promises_and_meetings_stand_in_it(client, world):
    workstream = opened(world)
    made, visit = promise(world, workstream), met(world)
    count_meeting(
        engagement=visit, meeting="", workstream=workstream, side="police", by=world.officer, at=AT
    )

    for who in ("sergeant", "imam"):
        client.force_login(getattr(world, who))
        page = client.get(workstream.get_absolute_url()).content.decode()
        assert made.get_absolute_url() in page
        assert visit.get_absolute_url() in page
        for thing in (made, visit):
            linked = client.get(thing.get_absolute_url()).content.decode()
            assert workstream.get_absolute_url() in linked


def test_only_an_open_one_of_the_same_partnership_takes_them(world):
    elsewhere = proposed(world, partnership=world.other_partnership)
    closed = close(opened(world), world.imam)
    visit = met(world)

    for workstream in (elsewhere, closed, proposed(world)):
        with pytest.raises(workstreams.WorkstreamMovedOn):
            promise(world, workstream)
        with pytest.raises(workstreams.WorkstreamMovedOn):
            count_meeting(
                engagement=visit,
                meeting="",
                workstream=workstream,
                side="police",
                by=world.officer,
                at=AT,
            )


def test_the_database_keeps_promise_and_workstream_in_one_record(world):
    elsewhere = proposed(world, partnership=world.other_partnership)
    made = promise(world, None)

    with as_owner(), transaction.atomic():
        Commitment.objects.filter(pk=made.pk).update(workstream=elsewhere)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)


# --- Pages ----------------------------------------------------------------------------------------


def test_both_sides_open_lead_promise_and_close_it_by_its_pages(client, world):
    client.force_login(world.imam)
    url = reverse("partnerships:workstream-propose", args=[world.partnership.ref])
    sent = {"title": TITLE, "purpose": PURPOSE, "lead": world.member.contact.pk}
    empty = client.post(url, sent | {"purpose": ""}).content.decode()
    assert TITLE in empty
    assert "govuk-error-message" in empty
    client.post(url, sent)
    workstream = Workstream.objects.get()

    client.force_login(world.sergeant)
    assert "Name your side" in client.get(workstream.get_absolute_url()).content.decode()
    lead = reverse("partnerships:workstream-lead", args=[workstream.ref])
    client.post(lead, {"lead": world.sergeant.contact.pk})
    new = {"text": "Print it.", "owner_side": "police", "due_on_0": 1, "due_on_1": 12}
    client.post(
        reverse("partnerships:workstream-promise", args=[workstream.ref]), new | {"due_on_2": 2027}
    )
    client.post(
        reverse("partnerships:workstream-close", args=[workstream.ref]), {"reason": "elsewhere"}
    )

    workstream.refresh_from_db()
    assert (workstream.state, workstream.close_reason) == (State.CLOSED, "elsewhere")
    assert Commitment.objects.get().workstream == workstream
    listed = client.get(reverse("partnerships:workstream-list", args=[world.partnership.ref]))
    assert re.search(rf"{TITLE}</a>\s*<strong[^>]*>Closed", listed.content.decode())


def test_who_is_of_neither_side_finds_no_page_of_it(client, world):
    workstream, found = opened(world), set()
    urls = [workstream.get_absolute_url()] + [
        reverse(f"partnerships:workstream-{what}", args=[workstream.ref])
        for what in ("lead", "close", "promise")
    ]
    for who in POLICE | OWN | OTHERS:
        client.force_login(getattr(world, who))
        if client.get(urls[0]).status_code == 200:
            found.add(who)
        if who in OTHERS:
            assert {client.post(url).status_code for url in urls[1:]} <= {403, 404}, who

    assert found == POLICE | OWN
    assert Workstream.objects.get().state == State.OPEN
