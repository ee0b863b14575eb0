"""Somebody leaves: on a day, with their work in other hands, and their account shut."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.audit.models import Entry
from config.outbox import delivery
from contacts.actions.people import RoleEnded
from contacts.models import RoleHolding, User
from contacts.tasks import close_accounts
from partnerships.actions import handover
from partnerships.actions.leads import CannotLead
from partnerships.models import Commitment
from tests.contacts.test_invitations import invite
from tests.factories import make_person
from tests.factories.world import LONG_AGO
from tests.roles import as_owner, as_task
from tests.support.factors import sign_in

from .promise_kit import promised
from .test_workstreams import TITLE, close, led, proposed

NOW = dt.datetime.combine(timezone.localdate(), dt.time(10), dt.UTC)  # the database’s own day
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def holding_of(person):
    return RoleHolding.objects.select_related("contact", "institution").get(contact=person.contact)


def release(world, person, **more):
    return handover.release_role(holding=holding_of(person), by=world.coordinator, at=NOW, **more)


def night(day):
    """What the worker does shortly after midnight of that day."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(0, 10), dt.UTC)), as_task():
        close_accounts()


def is_open(person):
    return User.objects.get(pk=person.pk).is_active


# --- Handing over -----------------------------------------------------------------------------


def test_an_officer_who_leads_names_a_successor_first(world):
    with pytest.raises(handover.StillLeading, match="of 2 institutions"):
        release(world, world.sergeant)

    assert holding_of(world.sergeant).held_until is None


def test_the_successor_takes_on_institutions_and_promises_and_both_sides_hear(world):
    promise, led_with = promised(world), proposed(world)

    release(world, world.sergeant, successor=world.inspector.contact)

    named = {
        partnership.leads.current().get(role="named_officer").officer
        for partnership in (world.partnership, world.other_partnership)
    }
    assert named == {world.inspector.contact}
    assert Commitment.objects.get(pk=promise.pk).owner == world.inspector.contact
    led_with.refresh_from_db()
    assert led_with.police_lead == world.inspector.contact
    assert holding_of(world.sergeant).held_until == TODAY


def test_a_successor_who_cannot_lead_there_changes_nothing(world):
    with pytest.raises(CannotLead):
        release(world, world.sergeant, successor=world.far_sergeant.contact)

    assert world.partnership.leads.current().get(role="named_officer").officer == (
        world.sergeant.contact
    )
    assert holding_of(world.sergeant).held_until is None


def test_a_workstreams_lead_names_a_successor_who_leads_it_from_then_on(world):
    theirs = led(proposed(world), world.member, side="institution")
    leaver = {"holding": holding_of(world.member), "by": world.imam, "at": NOW}
    with pytest.raises(handover.StillLeading, match="workstreams: 1"):
        handover.release_role(**leaver)

    handover.release_role(**leaver, successor=world.imam.contact)

    theirs.refresh_from_db()
    assert theirs.institution_lead == world.imam.contact
    assert theirs.police_lead == world.sergeant.contact
    assert holding_of(world.member).held_until == TODAY


def test_a_workstream_that_is_closed_is_nobodys_to_take_on(world):
    closed = led(proposed(world), world.member, side="institution")
    close(closed, world.imam)

    assert release(world, world.member).held_until == TODAY


def test_the_page_lists_what_is_still_theirs_and_asks_for_the_successor(client, world):
    proposed(world)
    client.force_login(world.coordinator)
    url = reverse("contacts:role-end", args=[holding_of(world.sergeant).ref])

    page = client.get(url)
    again = client.post(url, {"last_day_0": "", "last_day_1": "", "last_day_2": ""})

    assert "What is still theirs" in page.text
    assert "Masjid An-Noor" in page.text
    assert TITLE in page.text
    assert again.context["form"].errors["successor"]


# --- On a day ---------------------------------------------------------------------------------


def test_a_role_may_end_after_a_last_day_and_works_until_then(client, world):
    release(world, world.member, last_day=TODAY + dt.timedelta(days=2))
    client.force_login(world.member)
    assert client.get("/visits/").status_code == 200

    for day in (1, 2):
        night(TODAY + dt.timedelta(days=day))
    assert is_open(world.member)
    night(TODAY + dt.timedelta(days=3))

    assert not is_open(world.member)


def test_a_last_day_in_the_past_is_declined(world):
    with pytest.raises(RoleEnded):
        release(world, world.member, last_day=TODAY - dt.timedelta(days=2))


def test_the_account_closes_with_its_last_role_and_its_sessions_end(client, world):
    sign_in(client, world.member)
    assert client.get("/").status_code == 200
    release(world, world.member)

    night(TODAY + dt.timedelta(days=1))

    assert client.get("/visits/").status_code == 302
    assert sign_in(Client(), world.member)["Location"] != "/"
    assert Entry.objects.filter(action="contacts.account_closed").count() == 1


def test_whoever_has_another_role_or_none_yet_or_keeps_the_lists_stays(world):
    with as_owner():
        RoleHolding.objects.create(
            contact=world.member.contact,
            institution=world.umbrella,
            access_role="umbrella_lead",
            held_from=LONG_AGO,
        )
    first = world.member.contact.holdings.get(access_role="mosque_member")
    handover.release_role(holding=first, by=world.imam, at=NOW)

    night(TODAY + dt.timedelta(days=1))

    assert is_open(world.member)
    assert is_open(world.stranger)
    assert not Entry.objects.filter(action="contacts.account_closed").exists()


def test_who_is_invited_anew_is_let_in_again_with_the_new_role_alone(client, world):
    release(world, world.member)
    night(TODAY + dt.timedelta(days=1))

    invite(world, email=world.member.email)
    night(TODAY + dt.timedelta(days=2))

    assert is_open(world.member)
    assert Entry.objects.filter(action="contacts.account_reopened").count() == 1
    assert not User.objects.get(pk=world.member.pk).standing.holdings


def test_a_closed_account_gets_no_link_to_a_new_password(client, world):
    leaver = make_person(world.mosque, "mosque_member")
    release(world, leaver)
    night(TODAY + dt.timedelta(days=1))

    client.post(reverse("account_reset_password"), {"email": leaver.email})
    delivery.drain(clock=lambda: NOW)

    assert leaver.email not in {to for letter in mail.outbox for to in letter.to}
