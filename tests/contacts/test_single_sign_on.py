"""A force's own sign-on, against an identity provider that runs in the tests."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from config import single_sign_on
from config.local.store import BASE
from config.outbox import delivery
from contacts.models import User
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.idp import IdentityProvider

START, SIGN_IN = "/accounts/force/", "/accounts/login/"


@pytest.fixture(scope="module")
def idp():
    provider = IdentityProvider()
    yield provider
    provider.stop()


@pytest.fixture(autouse=True)
def _configured(idp, monkeypatch, settings):
    monkeypatch.setenv("OIDC_ISSUER", idp.issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", "portal")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "a secret of the tests")
    monkeypatch.setenv("OIDC_DOMAINS", "example.org")
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers()


@pytest.fixture
def officer(world):
    """Somebody who never set up a second step here."""
    with as_owner():
        Authenticator.objects.filter(user=world.officer).delete()
    return User.objects.get(pk=world.officer.pk)


def arrive(client, idp, *, next_page="/visits/", **claims):
    idp.claims = {"sub": "oid-1", **claims}
    away = client.post(START, {"next": next_page})
    return client.get(idp.sign_in(away["Location"]))


def test_the_way_there_carries_a_challenge_and_a_state(client, idp, world):
    away = client.post(START)
    idp.sign_in(away["Location"])

    assert away["Location"].startswith(f"{idp.issuer}/authorize?")
    assert idp.asked["code_challenge_method"] == "S256"
    assert idp.asked["redirect_uri"] == "http://testserver/accounts/force/callback/"
    assert len(idp.asked["state"]) >= 16
    assert len(idp.asked["nonce"]) >= 32


def test_an_officer_whom_the_force_asked_for_a_second_step_is_in(client, idp, officer):
    done = arrive(client, idp, email=officer.email, amr=["pwd", "mfa"])

    assert done["Location"] == "/visits/"
    assert client.get("/visits/").status_code == 200
    assert client.get("/visits/").context["nav_items"]
    delivery.drain(clock=timezone.now)
    assert [letter.subject for letter in mail.outbox] == [
        "Your force’s sign-on now opens your account"
    ]


def test_the_second_time_it_is_known_by_its_number_whatever_its_address(client, idp, officer):
    arrive(client, idp, email=officer.email, amr=["mfa"])
    client.logout()

    arrive(client, idp, email="changed@example.org", amr=["mfa"])

    assert client.get("/").context["user"] == officer


def test_what_the_force_says_of_a_person_is_not_kept(client, idp, officer):
    for _time in range(2):
        arrive(client, idp, email=officer.email, amr=["mfa"], name="A canary", picture="canary")
        client.logout()

    assert SocialAccount.objects.get().extra_data == {}


def test_without_a_second_step_there_one_is_asked_for_here(client, idp, officer, world):
    assert arrive(client, idp, email=officer.email)["Location"] == (
        reverse("account_confirm_login_code")
    )
    assert client.get("/visits/").status_code == 302
    idp.claims = {}
    done = arrive(client, idp, sub="oid-2", email=world.sergeant.email, amr=["pwd"])

    assert done["Location"] == reverse("mfa_authenticate")


def test_a_second_step_there_counts_for_the_session_in_which_it_was(client, idp, officer):
    arrive(client, idp, email=officer.email, amr=["mfa"])
    client.logout()

    client.force_login(officer)

    assert client.get("/visits/")["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize(
    ("who", "claims"),
    [
        ("nobody", {}),
        ("imam", {}),
        ("officer", {"email_verified": False}),
        ("stranger", {}),
    ],
)
def test_nobody_else_is_let_in_and_no_account_is_made(client, idp, world, officer, who, claims):
    accounts = User.objects.count()
    email = "nobody@example.org" if who == "nobody" else getattr(world, who).email

    page = client.get(arrive(client, idp, email=email, amr=["mfa"], **claims)["Location"])

    assert page.request["PATH_INFO"] == SIGN_IN
    assert "No police account here has that address" in page.text
    assert (User.objects.count(), SocialAccount.objects.count()) == (accounts, 0)


def test_an_address_outside_the_force_s_domains_proves_nothing(client, idp, world):
    elsewhere = make_person(world.team, "officer")
    with as_owner():
        User.objects.filter(pk=elsewhere.pk).update(email="pc@elsewhere.example")
    claims = {"email": "pc@elsewhere.example", "email_verified": True, "amr": ["mfa"]}

    assert arrive(client, idp, **claims)["Location"] == SIGN_IN


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"exp": 1},
        {"nonce": "of another sign-in"},
        {"nonce": None},
    ],
)
def test_a_token_for_somebody_else_another_sign_in_or_yesterday_opens_nothing(
    client, idp, officer, claims
):
    done = arrive(client, idp, email=officer.email, amr=["mfa"], **claims)

    assert done["Location"] == SIGN_IN
    assert not SocialAccount.objects.exists()


def test_an_answer_without_the_state_of_this_browser_opens_nothing(client, idp, officer):
    idp.claims = {"sub": "oid-1", "email": officer.email, "amr": ["mfa"]}
    back = idp.sign_in(client.post(START)["Location"])
    client.logout()

    assert client.get(back)["Location"] == SIGN_IN


def test_a_sign_on_that_is_away_leaves_the_other_ways(client, world, settings, monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:1")
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers()

    page = client.post(START, follow=True)

    assert "does not answer. Use your password." in page.text


def test_without_settings_there_is_no_button_and_no_way_there(client, world, settings):
    assert "Use the force’s sign-on" in client.get(SIGN_IN).text
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert "Use the force’s sign-on" not in client.get(SIGN_IN).text
    assert client.post(START).status_code == 404


def settings_say(expression, **environment):
    """Return what ``config.settings`` makes of an environment, or what it stops with."""
    code = f"from config import settings; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_only_a_portal_with_a_sign_on_lets_its_forms_lead_there():
    policy = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1:]"

    on = settings_say(policy, OIDC_ISSUER="https://login.example/tenant/v2.0")

    assert on == "['https://login.example']"
    assert settings_say(policy, OIDC_ISSUER="") == "[]"


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_DOMAINS"])
def test_half_a_sign_on_stops_the_start_with_a_sentence(name):
    said = settings_say("0", **{name: ""})

    assert f"{name} is not set. OIDC_ISSUER turns on" in said
