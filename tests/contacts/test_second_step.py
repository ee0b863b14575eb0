"""Every sign-in has two steps, and some roles need a better second one than an e-mail."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import env
from config.outbox import delivery
from config.outbox.models import Message
from contacts.adapters import MFAAdapter
from contacts.models import RoleHolding, User
from tests.access.routes import routes
from tests.access.table import TABLE
from tests.factories import make_person
from tests.factories.world import PASSWORD, TOTP_KEY
from tests.roles import as_owner
from tests.support.factors import code_of, known_device, sign_in

CODE_PAGE = "account_confirm_login_code"
INDEX = "/accounts/2fa/"


def enter_password(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def mailed_code():
    delivery.drain(clock=timezone.now)
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


def is_signed_in(client):
    return client.get(reverse("account_email")).status_code == 200


def without_factor(user):
    with as_owner():
        Authenticator.objects.filter(user=user).delete()
    return User.objects.get(pk=user.pk)


# --- Partners: a code by e-mail ---------------------------------------------------------------


def test_a_partner_s_password_alone_signs_nobody_in(client, world):
    done = enter_password(client, world.imam)

    assert done["Location"] == reverse(CODE_PAGE)
    assert not is_signed_in(client)


def test_a_partner_signs_in_by_the_code_from_the_mail(client, world):
    enter_password(client, world.imam)
    code = mailed_code()

    done = client.post(reverse(CODE_PAGE), {"code": code})
    last = client.post(done["Location"], {"action": "skip"})

    assert mail.outbox[0].to == [world.imam.email]
    assert (done["Location"], last["Location"]) == (reverse("mfa_trust"), "/")
    assert is_signed_in(client)
    assert app_settings.TRUST_COOKIE_NAME not in client.cookies


def test_the_mail_of_a_code_goes_to_the_address_on_file_and_is_kept_sealed(client, world):
    password = {"login": world.imam.email.upper(), "password": PASSWORD}
    client.post(reverse("account_login"), password)
    message = Message.objects.get()
    code = mailed_code()

    assert mail.outbox[0].to == [world.imam.email]
    assert code.encode() not in bytes(message.secret)
    assert message.give_up_at - message.due_at == dt.timedelta(minutes=15)


def test_a_known_device_is_asked_for_no_code_for_30_days(client, world):
    enter_password(client, world.imam)
    client.post(reverse(CODE_PAGE), {"code": mailed_code()})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    cookie = client.cookies[app_settings.TRUST_COOKIE_NAME]
    now = timezone.now()

    after = {}
    for days in (29, 31):
        visitor = Client()
        visitor.cookies.load({app_settings.TRUST_COOKIE_NAME: cookie.value})
        with time_machine.travel(now + dt.timedelta(days=days), tick=False):
            after[days] = enter_password(visitor, world.imam)["Location"]

    assert after == {29: "/", 31: reverse(CODE_PAGE)}
    assert cookie["httponly"]


def test_one_person_s_known_device_is_unknown_for_another(client, world):
    client.cookies.load(known_device(world.imam))

    assert enter_password(client, world.other_imam)["Location"] == reverse(CODE_PAGE)


def test_a_code_by_mail_lives_15_minutes(client, world):
    enter_password(client, world.imam)
    code = mailed_code()

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        client.post(reverse(CODE_PAGE), {"code": code})

    assert not is_signed_in(client)


def test_codes_by_mail_cannot_be_guessed_through_by_signing_in_again(client, world):
    for _attempt in range(2):
        enter_password(client, world.imam)
        for _guess in range(3):
            client.post(reverse(CODE_PAGE), {"code": "000000"})
    enter_password(client, world.imam)

    done = client.post(reverse(CODE_PAGE), {"code": mailed_code()})

    assert done.status_code == 200, "the sixth guess of an account within five minutes"
    assert not is_signed_in(client)


def test_a_partner_who_made_a_passkey_or_set_up_an_app_gets_no_code_by_mail(client, world):
    with as_owner():
        Authenticator.objects.create(user=world.imam, type="webauthn", data={})

    done = enter_password(client, world.imam)

    assert done["Location"] == reverse("mfa_authenticate")
    assert not Message.objects.exists()


# --- Those who need more ----------------------------------------------------------------------


def test_police_sign_in_by_password_and_the_code_of_their_app(client, world):
    assert enter_password(client, world.sergeant)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": code_of(world.sergeant)})

    assert is_signed_in(client)


def test_no_device_is_known_in_place_of_the_app(client, world):
    client.cookies.load(known_device(world.sergeant))

    assert enter_password(client, world.sergeant)["Location"] == reverse("mfa_authenticate")
    done = client.post(reverse("mfa_authenticate"), {"code": code_of(world.sergeant)})
    assert done["Location"] == "/"


def test_a_code_of_the_app_works_once(client, world):
    sign_in(client, world.sergeant)
    thief = Client()
    enter_password(thief, world.sergeant)

    thief.post(reverse("mfa_authenticate"), {"code": code_of(world.sergeant, again=False)})

    assert not is_signed_in(thief)


@pytest.mark.parametrize(
    "who", ["officer", "sergeant", "inspector", "commander", "coordinator", "far_sergeant"]
)
def test_police_without_passkey_or_app_are_led_to_the_page_for_it(client, world, who):
    client.force_login(without_factor(getattr(world, who)))

    for path in ("/", "/visits/", "/visits/log/", "/accounts/email/", "/accounts/sessions/"):
        assert client.get(path).get("Location") == INDEX, path
    assert client.post("/visits/log/", {}).get("Location") == INDEX


@pytest.mark.parametrize("role", ["liaison", "records_officer", "scrutineer", "platform_admin"])
def test_every_other_role_than_a_partner_s_needs_one(client, world, role):
    person = without_factor(make_person(world.force, role))
    client.force_login(person)

    assert client.get("/").get("Location") == INDEX


def test_an_officer_of_an_invited_unit_needs_one(client, world):
    person = without_factor(make_person(world.force, "invited_unit"))
    client.force_login(person)

    assert client.get("/").get("Location") == INDEX


def test_who_edits_the_lists_needs_one(client, world):
    with as_owner():
        User.objects.filter(pk=world.stranger.pk).update(is_staff=True)
    client.force_login(world.stranger)

    assert client.get(reverse("admin:index")).get("Location") == INDEX


def test_a_partner_needs_none(client, world):
    client.force_login(world.imam)

    assert client.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, world):
    person = without_factor(world.sergeant)
    with as_owner():
        RecoveryCodes.activate(person)
    client.force_login(person)

    assert client.get("/").get("Location") == INDEX


def test_who_becomes_police_is_asked_at_the_next_request_and_who_ends_is_not(client, world):
    client.force_login(world.imam)
    assert client.get("/").status_code == 200
    with as_owner():
        role = RoleHolding.objects.create(
            contact=world.imam.contact,
            institution=world.team,
            access_role="officer",
            held_from=dt.date(2024, 1, 1),
        )
    assert client.get("/").get("Location") == INDEX
    with as_owner():
        RoleHolding.objects.filter(pk=role.pk).update(held_until=timezone.localdate())

    assert client.get("/").status_code == 200


def test_a_removed_factor_takes_effect_at_the_next_request(client, world):
    client.force_login(world.sergeant)
    assert client.get("/").status_code == 200

    without_factor(world.sergeant)

    assert client.get("/").get("Location") == INDEX


# Where a police user without a second step ends up on each route there is, but for those below.
REACHED = {
    "account_logout": 200,
    "account_reauthenticate": 200,
    "healthz": 200,
    "limits": 200,
    "manifest": 200,
    "mfa_index": 200,
    "offline": 200,
    "readyz": 200,
    "security-contact": 404,
    "service-worker": 200,
    "mfa_activate_totp": 302,  # asks who one is first
    "mfa_add_webauthn": 302,
    "mfa_reauthenticate": 302,
}


def test_police_without_a_second_step_reach_nothing_else_on_any_route(client, world):
    client.force_login(without_factor(world.inspector))
    reached = {}
    for route in routes():
        row = TABLE[route.name]
        refs = ("00000000-0000-4000-8000-000000000000",) if "<uuid:" in route.pattern else ()
        args = (*row.args, *refs)[: route.pattern.count("<") or 1]
        path = f"/{args[0]}" if route.name.startswith("admin/") else reverse(route.name, args=args)
        for send in (client.get, client.post):
            got = send(path)
            if got.get("Location") != INDEX:
                reached.setdefault(route.name, got.status_code)
        if route.name == "account_logout":
            client.force_login(world.inspector)

    assert reached == REACHED


@pytest.mark.parametrize("who", ["sergeant", "imam"])
def test_the_last_second_step_goes_only_where_none_is_needed(client, world, who):
    person = getattr(world, who)
    if who == "imam":
        with as_owner():
            Authenticator.objects.create(
                user=person, type="totp", data={"secret": MFAAdapter().encrypt(TOTP_KEY)}
            )
        person = User.objects.get(pk=person.pk)
    sign_in(client, person)

    page = client.get(reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=person).exists() == (who == "sergeant")
    assert ("Set up another one first" in page) == (who == "sergeant")


def test_the_last_passkey_of_an_officer_cannot_be_removed(client, world):
    sign_in(client, world.sergeant)
    with as_owner():
        key = Authenticator.objects.create(user=world.sergeant, type="webauthn", data={"name": "K"})
        Authenticator.objects.filter(user=world.sergeant, type="totp").delete()

    page = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True).text

    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert "Set up another one first" in page


def test_nobody_removes_another_s_passkey(client, world):
    with as_owner():
        key = Authenticator.objects.create(user=world.officer, type="webauthn", data={"name": "K"})
    sign_in(client, world.sergeant)

    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


# --- At rest ----------------------------------------------------------------------------------


def test_what_second_steps_are_made_from_is_kept_sealed(world):
    with as_owner():
        RecoveryCodes.activate(world.sergeant)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert "gAAAA" in kept
    assert TOTP_KEY not in kept
    assert not re.search(r"\b[0-9a-f]{80}\b", kept), "the seed of recovery codes"


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    settings.MFA_KEYS = ["o" * 40]
    old = MFAAdapter().encrypt("secret")
    settings.MFA_KEYS = ["n" * 40, "o" * 40]

    assert MFAAdapter().decrypt(old) == "secret"
    settings.MFA_KEYS = ["n" * 40]
    assert MFAAdapter().decrypt(MFAAdapter().encrypt("secret")) == "secret"


@pytest.mark.parametrize("value", ["", "short", "short," + "k" * 40])
def test_without_a_proper_key_the_portal_does_not_start(monkeypatch, value):
    monkeypatch.setenv("MFA_KEYS", value)

    with pytest.raises(ImproperlyConfigured, match="MFA_KEYS.*Set it to 50 random characters"):
        env.secrets("MFA_KEYS", hint="Set it to 50 random characters.")
