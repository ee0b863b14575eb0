"""A lost phone or key: somebody rings back, takes the second step away, and others are told."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.audit.models import Entry
from config.outbox import delivery
from contacts.models import RoleHolding, User
from tests.factories import make_person
from tests.factories.world import PASSWORD, TOTP_KEY
from tests.roles import as_owner
from tests.support.factors import known_device, sign_in


@pytest.fixture
def imam(world):
    with as_owner():
        TOTP.activate(world.imam, TOTP_KEY)
        RecoveryCodes.activate(world.imam)
    return User.objects.get(pk=world.imam.pk)


def page_for(person):
    holding = RoleHolding.objects.get(contact=person.contact)
    return reverse("contacts:second-step-remove", args=[holding.ref])


def remove(client, person):
    return client.post(page_for(person), {"rang_back": "on"})


def test_a_coordinator_takes_away_a_lost_second_step_and_ends_the_sessions(client, world, imam):
    phone = Client()
    sign_in(phone, imam)
    assert phone.get("/").status_code == 200
    sign_in(client, world.coordinator)

    assert remove(client, imam).status_code == 302

    assert not Authenticator.objects.filter(user=imam).exists()
    assert phone.get("/visits/").status_code == 302
    [entry] = Entry.objects.filter(action="contacts.second_step_removed")
    assert (entry.subject_id, entry.actor_id) == (str(imam.contact.pk), world.coordinator.pk)


def test_a_device_remembered_before_the_second_step_was_set_up_is_not_known_again(client, world):
    """Taking the last one away leaves the account as it was before there was any."""
    password = {"login": world.imam.email, "password": PASSWORD}
    old = known_device(world.imam)
    with as_owner():
        TOTP.activate(world.imam, TOTP_KEY)
    sign_in(client, world.coordinator)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False):
        remove(client, world.imam)
    answers = {}
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2), tick=False):
        new = known_device(world.imam)
        for when, cookie in (("before", old), ("after", new)):
            device = Client()
            device.cookies.load(cookie)
            answers[when] = device.post(reverse("account_login"), password)["Location"]

    assert answers == {"before": reverse("account_confirm_login_code"), "after": "/"}


def test_the_person_and_the_other_leads_are_told_by_mail(client, world, imam):
    second = make_person(world.mosque, "mosque_lead")
    sign_in(client, world.coordinator)

    remove(client, imam)
    delivery.drain(clock=timezone.now)

    told = {letter.to[0] for letter in mail.outbox}
    assert told == {imam.email, second.email}
    assert "Masjid An-Noor" in mail.outbox[0].subject
    assert "Yusuf Rahman" not in mail.outbox[0].body


def test_an_officer_begins_afresh_and_the_coordinators_are_told(client, world):
    sign_in(client, world.coordinator)

    remove(client, world.officer)
    delivery.drain(clock=timezone.now)

    assert {m.to[0] for m in mail.outbox} == {world.officer.email, world.coordinator.email}
    officer = Client()
    officer.force_login(User.objects.get(pk=world.officer.pk))
    assert officer.get("/")["Location"] == "/accounts/2fa/"


def test_without_having_rung_back_nothing_is_removed(client, world, imam):
    sign_in(client, world.coordinator)

    page = client.post(page_for(imam), {})

    assert page.context["form"].errors["rang_back"]
    assert Authenticator.objects.filter(user=imam).exists()


def test_where_there_is_nothing_to_lose_the_page_says_so(client, world):
    sign_in(client, world.coordinator)

    assert "no passkey and no authenticator app" in remove(client, world.member).text


def test_a_coordinator_does_not_do_it_to_themselves(client, world):
    sign_in(client, world.coordinator)

    assert remove(client, world.coordinator).status_code == 403
    assert Authenticator.objects.filter(user=world.coordinator).exists()


@pytest.mark.parametrize("who", ["sergeant", "inspector", "member", "other_imam", "imam"])
def test_nobody_else_does_it(client, world, imam, who):
    client.force_login(User.objects.get(pk=getattr(world, who).pk))

    assert remove(client, imam).status_code in {403, 404}
    assert Authenticator.objects.filter(user=imam).exists()


def test_it_asks_again_who_one_is_and_then_does_what_was_sent(client, world, imam):
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=6), tick=False):
        sign_in(client, world.coordinator)
    asked = remove(client, imam)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=imam).exists()

    data = {"password": PASSWORD, "next": page_for(imam)}
    done = client.post(reverse("account_reauthenticate"), data)

    assert done.status_code == 302
    assert not Authenticator.objects.filter(user=imam).exists()
