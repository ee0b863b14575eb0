"""Passkeys, apps and codes in a real browser, with the debugger's virtual authenticator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from config.outbox import delivery
from contacts.models import User
from tests.factories import make_world
from tests.factories.world import PASSWORD
from tests.journeys.steps import go_by, press
from tests.roles import as_owner
from tests.support import browser as browsers
from tests.support.factors import code_of

pytestmark = pytest.mark.browser

HOME, INDEX = re.compile(r":\d+/$"), re.compile("/accounts/2fa/$")
CODES = re.compile("/accounts/2fa/recovery-codes/$")


@pytest.fixture
def world(live_portal):
    return make_world()


@pytest.fixture
def newcomer(world):
    """An officer whose account is new: a password and nothing else."""
    with as_owner():
        Authenticator.objects.filter(user=world.officer).delete()
    return User.objects.get(pk=world.officer.pk)


def key_of(page, **options):
    """Give the page's device a passkey store that knows its owner's finger."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    shape = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = debugger.send("WebAuthn.addVirtualAuthenticator", {"options": shape | options})
    return debugger, made["authenticatorId"]


def enter_password(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    go_by(page.get_by_role("button", name="Sign in", exact=True))


def enter_mailed_code(page):
    delivery.drain(clock=timezone.now)
    page.get_by_label("Code from the e-mail").fill(
        re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()
    )
    go_by(page.locator("main").get_by_role("button", name="Sign in"))


def sign_out(page):
    go_by(page.get_by_role("button", name="Sign out"))


def test_an_officer_makes_a_passkey_and_then_signs_in_with_it_alone(browser_page, newcomer):
    page = browser_page(browsers.PHONE)
    debugger, store = key_of(page)
    enter_password(page, newcomer)
    enter_mailed_code(page)
    page.goto("/visits/")
    expect(page).to_have_url(INDEX)
    expect(page.get_by_text("Nothing else of the portal opens")).to_be_visible()
    browsers.clean(page)

    press(page, "Make a passkey")
    browsers.clean(page)
    go_by(page.get_by_role("button", name="Make the passkey"))
    expect(page).to_have_url(CODES)
    expect(page.locator(".portal-codes li")).to_have_count(10)
    browsers.clean(page)
    press(page, "I have kept them")
    expect(page).to_have_url(HOME)
    [held] = debugger.send("WebAuthn.getCredentials", {"authenticatorId": store})["credentials"]
    assert held["isResidentCredential"]

    sign_out(page)
    page.goto("/accounts/login/?next=/visits/")
    browsers.clean(page)
    go_by(page.get_by_role("button", name="Sign in with a passkey"))
    expect(page).to_have_url(re.compile("/visits/$"))


def test_an_account_that_an_outsider_has_locked_opens_by_its_passkey(browser_page, newcomer):
    page = browser_page(browsers.PHONE)
    key_of(page)
    enter_password(page, newcomer)
    enter_mailed_code(page)
    press(page, "Make a passkey")
    go_by(page.get_by_role("button", name="Make the passkey"))
    sign_out(page)
    for _guess in range(6):
        Client().post("/accounts/login/", {"login": newcomer.email, "password": "wrong"})

    enter_password(page, newcomer)
    expect(page.get_by_role("alert").get_by_text("That was tried too often.")).to_be_visible()
    go_by(page.get_by_role("button", name="Sign in with a passkey"))

    expect(page).to_have_url(HOME)


def test_a_key_that_knows_nobody_s_finger_makes_no_passkey(browser_page, newcomer):
    page = browser_page(browsers.DESK)
    key_of(page, isUserVerified=False)
    enter_password(page, newcomer)
    enter_mailed_code(page)
    press(page, "Make a passkey")

    page.get_by_role("button", name="Make the passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work, or you stopped it")
    assert not Authenticator.objects.filter(user=newcomer).exists()


def test_a_passkey_is_the_second_step_after_a_password_too(browser_page, newcomer):
    page = browser_page(browsers.PHONE)
    key_of(page)
    enter_password(page, newcomer)
    enter_mailed_code(page)
    press(page, "Make a passkey")
    go_by(page.get_by_role("button", name="Make the passkey"))
    sign_out(page)

    enter_password(page, newcomer)
    browsers.clean(page)
    go_by(page.get_by_role("button", name="Use a passkey"))

    expect(page).to_have_url(HOME)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_sets_up_an_app_and_signs_in_with_its_codes(browser_page, newcomer, javascript):
    page = browser_page(browsers.PHONE, javascript=javascript)
    enter_password(page, newcomer)
    enter_mailed_code(page)
    expect(page).to_have_url(INDEX)
    press(page, "Set up an app")
    browsers.clean(page)
    box = page.locator(".portal-qr svg").bounding_box()
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] > 150, "a phone's camera has to read it"
    key = page.locator("code.portal-code").inner_text()
    page.get_by_label("Code that the app shows").fill("000000")
    press(page, "Use this app")
    expect(page.get_by_role("alert").get_by_text("That code is not right")).to_be_visible()
    assert page.locator("code.portal-code").inner_text() == key, "a mistyped code keeps the key"
    browsers.clean(page)
    page.get_by_label("Code that the app shows").fill(code_of(newcomer, key=key))
    press(page, "Use this app")
    expect(page).to_have_url(CODES)
    recovery = page.locator(".portal-codes li").first.inner_text()
    press(page, "I have kept them")
    expect(page).to_have_url(HOME)
    sign_out(page)

    enter_password(page, newcomer)
    browsers.clean(page)
    page.get_by_label("Code from your authenticator app").fill(code_of(newcomer, key=key))
    press(page, "Sign in")
    expect(page).to_have_url(HOME)
    sign_out(page)

    enter_password(page, newcomer)
    page.get_by_label("Code from your authenticator app, or a recovery code").fill(recovery)
    press(page, "Sign in")
    expect(page).to_have_url(HOME)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("You have 9 codes left")).to_be_visible()
    page.goto("/accounts/2fa/recovery-codes/")
    expect(page.locator(".portal-codes")).to_have_count(0)
    browsers.clean(page)


def test_a_partner_signs_in_by_mail_and_has_the_phone_known(browser_page, world):
    page = browser_page(browsers.PHONE)
    enter_password(page, world.imam)
    browsers.clean(page)
    enter_mailed_code(page)
    browsers.clean(page)
    press(page, "Yes, know it for 30 days")
    expect(page).to_have_url(HOME)
    sign_out(page)

    enter_password(page, world.imam)

    expect(page).to_have_url(HOME)
