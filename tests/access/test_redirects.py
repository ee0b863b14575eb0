"""Whatever address a link or a form names, nobody is led away from the portal by it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from config.outbox.models import Message
from config.outbox.unsubscribe import make_token
from tests.contacts.test_invitations import invite
from tests.factories.world import PASSWORD
from tests.support import factors

from .doors import ACCOUNTS, PUBLIC
from .table import PAGES

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
HOSTILE = [
    "//evil.example/",
    "///evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "\\\\evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "\x01//evil.example/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/visits/\r\nLocation: https://evil.example/",
    "/visits/\r\nSet-Cookie: session=theirs",
]
NAMES = ("next", "url", "redirect_to", "return_to", "continue")


def leaves(location):
    """Tell whether a browser would go to another host, or run the address as a script."""
    seen = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    has_host = seen.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", seen, re.I)
    return bool(has_host) and not seen.startswith(f"{HERE}/")


def wrong_with(response):
    """Return what an answer to a hostile address did with it; nothing is right."""
    headers = response.headers
    told = [f"{k}: {v}" for k, v in headers.items() if re.search(r"[\r\n]", f"{k}{v}")]
    told += ["a cookie of theirs"] if "theirs" in str(response.cookies) else []
    told += ["a crash"] if response.status_code >= 500 else []
    location = headers.get("Location", "")
    return told + ([location] if location and leaves(location) else [])


@pytest.mark.parametrize("value", [value for value in HOSTILE if "\r" not in value])
def test_each_of_these_addresses_would_lead_away(value):
    assert leaves(value)
    assert not leaves("/visits/?next=https://evil.example/")


@pytest.mark.parametrize("name", ACCOUNTS)
def test_no_page_of_signing_in_leads_to_an_address_in_its_query(scene, name):
    row = ACCOUNTS[name]
    wrong = []
    for role in ("signed_out", "imam"):
        for value in HOSTILE:
            query = dict.fromkeys(NAMES, value)
            got = scene.clients[role].get(reverse(name, args=row.args), query)
            wrong += [(role, value, told) for told in wrong_with(got)]

    assert wrong == []


@pytest.mark.parametrize("name", [*PUBLIC, *(name for name in PAGES if not PAGES[name].of)])
def test_no_other_page_leads_to_an_address_in_its_query(scene, name):
    for value in (HOSTILE[0], HOSTILE[-1]):
        query = dict.fromkeys(NAMES, value)
        url = reverse(name, args=(PUBLIC | PAGES)[name].args)
        assert wrong_with(scene.clients["imam"].get(url, query)) == []


def sign_in(scene, value, **_):
    return factors.sign_in(Client(), scene.world.imam, next=value)


def sign_out(scene, value, client):
    return client.post(reverse("account_logout"), {"next": value})


def say_again_who(scene, value, client):
    data = {"password": PASSWORD, "next": value}
    return client.post(reverse("account_reauthenticate"), data)


@pytest.fixture
def signed_in(scene):
    client = Client()
    client.force_login(scene.world.imam)
    return client


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("do", [sign_in, sign_out, say_again_who])
def test_a_form_of_signing_in_or_out_leads_to_no_other_host(scene, signed_in, do, value):
    got = do(scene, value, client=signed_in)

    assert got.status_code == 302
    assert wrong_with(got) == []


@pytest.mark.parametrize("do", [sign_in, sign_out, say_again_who])
def test_a_form_of_signing_in_or_out_does_lead_to_a_page_of_ours(scene, signed_in, do):
    assert do(scene, "/visits/", client=signed_in)["Location"] == "/visits/"


@pytest.mark.parametrize("value", HOSTILE)
def test_an_invitation_and_an_unsubscription_lead_to_no_other_host(scene, value):
    invitation = invite(scene.world)
    letter = Message.objects.get(kind="contacts.invitation", about_id=str(invitation.pk))
    accept = reverse("contacts:invitation-accept", args=[letter.reveal()])
    token = make_token(ref=scene.world.imam.ref, topic="digest")
    unsubscribe = reverse("contacts:unsubscribe", args=[token])
    query, client = {"next": value}, Client()
    answers = [
        client.get(accept, query),
        client.get(unsubscribe, query),
        client.post(unsubscribe, query),
    ]

    assert [got.status_code for got in answers] == [302, 200, 200]
    assert [wrong_with(got) for got in answers] == [[], [], []]
    assert answers[0]["Location"] == reverse("account_signup")
