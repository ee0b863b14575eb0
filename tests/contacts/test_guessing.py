"""Guessing is slowed, by account and by address, whoever counts and whatever is down."""

import pytest
from celery import Celery
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.outbox import delivery, waking
from tests.factories import make_person
from tests.factories.world import PASSWORD
from tests.support.factors import code_of, sign_in
from tests.support.hashers import CheapArgon2

TOO_OFTEN = "That was tried too often."


def guess(email, password="wrong", *, address="192.0.2.1", **more):
    data = {"login": email, "password": password}
    return Client(REMOTE_ADDR=address, **more).post(reverse("account_login"), data)


@pytest.fixture
def imam(world):
    return world.imam


def test_the_sixth_guess_at_one_account_is_not_looked_at_wherever_it_comes_from(imam):
    for number in range(5):
        assert TOO_OFTEN not in guess(imam.email, address=f"192.0.2.{number}").text

    assert TOO_OFTEN in guess(imam.email, address="198.51.100.1").text
    assert TOO_OFTEN in guess(imam.email, PASSWORD, address="198.51.100.2").text


def test_the_count_of_an_account_does_not_begin_anew_under_another_name_of_the_portal(imam):
    for number in range(5):
        guess(imam.email, address=f"192.0.2.{number}", HTTP_HOST=f"testserver:{8000 + number}")

    assert TOO_OFTEN in guess(imam.email, address="198.51.100.1", HTTP_HOST="testserver:9").text


def test_an_address_that_nobody_has_is_locked_just_the_same(imam):
    answers = {}
    for email in (imam.email, "nobody@example.org"):
        pages = [guess(email, address=f"192.0.2.{n}").text.replace(email, "") for n in range(7)]
        answers[email] = [TOO_OFTEN in page for page in pages]

    assert answers[imam.email] == answers["nobody@example.org"] == [False] * 5 + [True] * 2


def test_a_failed_sign_in_takes_one_hashing_whether_or_not_there_is_such_an_account(
    imam, monkeypatch
):
    """That is where the time goes; to see whether it is spent, the hasher itself is asked."""
    hashed = []
    for name in ("encode", "verify"):
        real = getattr(CheapArgon2, name)
        monkeypatch.setattr(
            CheapArgon2, name, lambda *args, _real=real: hashed.append(1) or _real(*args)
        )
    counts = {}
    for email in (imam.email, "nobody@example.org"):
        hashed.clear()
        guess(email)
        counts[email] = len(hashed)

    assert counts == {imam.email: 1, "nobody@example.org": 1}


def test_the_eleventh_guess_from_one_address_is_not_looked_at_whomever_it_is_at(world):
    people = [make_person(world.mosque, "mosque_member") for _ in range(11)]

    locked = [TOO_OFTEN in guess(person.email).text for person in people]

    assert locked == [False] * 10 + [True]
    assert TOO_OFTEN not in guess(people[-1].email, address="198.51.100.1").text


def test_without_a_proxy_nobody_names_their_own_address(world):
    people = [make_person(world.mosque, "mosque_member") for _ in range(11)]

    locked = [
        TOO_OFTEN in guess(person.email, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").text
        for number, person in enumerate(people)
    ]

    assert locked == [False] * 10 + [True]


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_adds(world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    people = [make_person(world.mosque, "mosque_member") for _ in range(12)]
    said = [f"203.0.113.{number}, 198.51.100.7" for number in range(11)]

    locked = [
        TOO_OFTEN in guess(person.email, HTTP_X_FORWARDED_FOR=chain).text
        for person, chain in zip(people, said, strict=False)
    ]

    assert locked == [False] * 10 + [True]
    elsewhere = guess(people[-1].email, HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.8")
    assert TOO_OFTEN not in elsewhere.text


def test_a_lock_leaves_the_way_by_passkey_open(client, imam):
    for _ in range(6):
        guess(imam.email, address="127.0.0.1")
    url = reverse("mfa_login_webauthn")

    asked = client.get(url, headers={"Accept": "application/json"})
    answered = client.post(url, {"credential": "{}"}, follow=True)

    assert "challenge" in asked.json()["request_options"]["publicKey"]
    assert TOO_OFTEN not in answered.text


def test_codes_of_an_app_cannot_be_guessed_through(client, world):
    password = {"login": world.sergeant.email, "password": PASSWORD}
    client.post(reverse("account_login"), password)
    url = reverse("mfa_authenticate")
    for _ in range(5):
        client.post(url, {"code": "000000"})

    client.post(url, {"code": code_of(world.sergeant)})

    assert client.get(reverse("account_email")).status_code == 302


def test_resets_are_slowed_by_address_and_nobody_is_mailed_over_and_over(client, imam):
    url = reverse("account_reset_password")

    answers = [client.post(url, {"email": imam.email}).status_code for _ in range(6)]
    page = client.post(url, {"email": imam.email})

    assert answers == [302] * 5 + [429]
    assert "Too many tries" in page.text


def test_signing_in_and_its_mail_need_no_broker(client, imam, monkeypatch):
    """The broker's port takes no connection at all."""
    monkeypatch.setitem(waking._rest, "until", 0.0)
    nowhere = Celery("elsewhere", broker="redis://127.0.0.1:1/0", set_as_current=False)
    monkeypatch.setattr(waking, "app", nowhere)

    asked = client.post(reverse("account_login"), {"login": imam.email, "password": PASSWORD})
    delivery.drain(clock=timezone.now)

    assert asked["Location"] == reverse("account_confirm_login_code")
    assert mail.outbox[0].subject == "Your code to sign in"
    assert sign_in(Client(), imam)["Location"] == "/"
