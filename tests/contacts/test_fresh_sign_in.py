"""A sensitive page asks again who one is; the most sensitive ones ask for passkey or app."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.generic import View

from config.urls import urlpatterns as portal
from contacts.models import User
from contacts.views.access import FreshSignIn
from tests.factories.world import PASSWORD, TOTP_KEY
from tests.roles import as_owner
from tests.support.factors import code_of, give_passkey, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Sensitive(FreshSignIn, View):
    def get(self, request):
        return HttpResponse("open")

    def post(self, request):
        return HttpResponse(f"done: {request.POST['words']}")


class Safety(Sensitive):
    needs_second_factor = True


urlpatterns = [path("sensitive/", Sensitive.as_view()), path("safety/", Safety.as_view()), *portal]


@pytest.fixture
def imam(world):
    """A partner with an app."""
    with as_owner():
        TOTP.activate(world.imam, TOTP_KEY)
    return User.objects.get(pk=world.imam.pk)


def sign_in_before(client, user, minutes):
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=minutes), tick=False):
        sign_in(client, user)


@pytest.mark.parametrize("path", ["/sensitive/", "/safety/"])
def test_within_five_minutes_of_signing_in_it_opens(client, imam, path):
    sign_in_before(client, imam, 4)

    assert client.get(path).text == "open"


def test_later_it_asks_for_the_password_and_then_does_what_was_sent(client, imam):
    sign_in_before(client, imam, 6)
    asked = client.post("/sensitive/", {"words": "typed before"})
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fsensitive%2F"

    done = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/sensitive/"}
    )

    assert done.text == "done: typed before"


def test_the_most_sensitive_asks_for_the_app_whatever_the_password(client, imam):
    sign_in_before(client, imam, 6)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    asked = client.post("/safety/", {"words": "typed before"})
    assert asked["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fsafety%2F"
    wrong = client.post(reverse("mfa_reauthenticate"), {"code": "000", "next": "/safety/?a=1"})
    for shown in (client.get(asked["Location"]), wrong):
        assert "Show that it is you" in shown.text
        assert "Use your password" not in shown.text  # it would lead back here

    sent = {"code": code_of(imam), "next": "/safety/"}

    assert client.post(reverse("mfa_reauthenticate"), sent).text == "done: typed before"


def test_elsewhere_the_password_is_another_way_and_no_way_to_the_most_sensitive(client, imam):
    sign_in_before(client, imam, 6)
    ways = {
        following: client.get(reverse(name), {"next": following})
        for name, following in [
            ("mfa_reauthenticate", "/sensitive/"),
            ("mfa_reauthenticate", "nowhere"),
            ("account_reauthenticate", "/safety/"),
        ]
    }

    assert "Use your password" in ways["/sensitive/"].text
    assert "Use your password" in ways["nowhere"].text
    assert ways["/safety/"]["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fsafety%2F"


def test_whoever_has_a_passkey_alone_is_asked_for_that(client, world):
    with as_owner():
        give_passkey(world.imam)
    client.force_login(User.objects.get(pk=world.imam.pk))

    assert client.get("/safety/")["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_whoever_has_neither_is_led_to_setting_one_up(client, world):
    sign_in(client, world.member)

    page = client.get("/safety/", follow=True)

    assert page.request["PATH_INFO"] == "/accounts/2fa/"
    assert "That page needs a passkey or an authenticator app." in page.text


def test_an_open_recovery_code_is_no_second_step_for_the_most_sensitive(client, imam):
    with as_owner():
        codes = RecoveryCodes.activate(imam).generate_codes()
    client.post(reverse("account_login"), {"login": imam.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert client.get("/sensitive/").text == "open"
    assert client.get("/safety/").status_code == 302
