"""Every answer at every address tells browsers the same: nothing from elsewhere, nothing kept."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.dashboard.views.home import Limits
from tests.factories import make_editor
from tests.support.headers import faults_of, parse_policy

from .client import QuickClient
from .doors import ACCOUNTS, ADMIN, PUBLIC
from .table import PAGES, ROLES, TABLE

pytestmark = pytest.mark.django_db


def faults(response):
    return faults_of(dict(response.headers))


def address(name):
    """Return an address at which the route answers, if only that there is nothing."""
    args = TABLE[name].args
    return f"/{args[0]}" if name.startswith("admin/") else reverse(name, args=args)


def askers(row):
    """Return somebody who may, somebody who may not, and whoever is told that there is nothing."""
    verdicts = {row.verdict(role): role for role in ROLES}
    return verdicts.values()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_so_to_whoever_may_and_may_not_see_it(crawl, scene, name):
    wrong = []
    for role in askers(PAGES[name]):
        got = crawl.get(name, role)
        if found := faults_of(got.headers):
            wrong.append((role, got.status, found))
        if got.headers.get("Cache-Control") != "no-store":
            wrong.append((role, got.status, got.headers.get("Cache-Control")))
    if found := faults(scene.clients["signed_out"].get(crawl.address(name))):
        wrong.append(("signed_out", found))

    assert wrong == []


@pytest.mark.parametrize("name", [*PUBLIC, *ACCOUNTS, *ADMIN])
def test_each_door_says_so_to_strangers_and_to_the_signed_in(scene, name):
    for role in ("signed_out", "imam"):
        got = scene.clients[role].get(address(name))

        assert faults(got) == [], role
        assert role != "imam" or "no-store" in got["Cache-Control"]


@pytest.mark.parametrize("model", ["topic", "language"])
def test_the_lists_of_the_admin_need_no_softer_policy(scene, model):
    client = QuickClient()
    client.force_login(make_editor("l@example.org"))

    got = client.get(reverse(f"admin:contacts_{model}_changelist"))

    assert got.status_code == 200
    assert faults(got) == []


def crash(*_args, **_kwargs):
    raise RuntimeError("Broken on purpose")


@pytest.mark.parametrize("role", ["signed_out", "imam"])
def test_answers_to_what_goes_wrong_say_so_too(scene, monkeypatch, role):
    client, strict = scene.clients[role], Client(enforce_csrf_checks=True)
    monkeypatch.setattr(Limits, "get", crash)
    got = [
        client.get("/no-such-page/"),
        client.get("/", headers={"host": "elsewhere.example"}),
        strict.post("/accounts/login/", {}),
        client.get(reverse("limits")),
    ]

    assert [response.status_code for response in got] == [404, 400, 403, 500]
    assert [faults(response) for response in got] == [[], [], [], []]


def test_over_https_browsers_are_told_to_stay_there(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    over_https = Client().get(reverse("account_login"), secure=True)
    moved = Client().get(reverse("account_login"))
    unknown = Client().get("/accounts/login/", headers={"host": "elsewhere.example"})

    told = over_https["Strict-Transport-Security"]
    assert told == "max-age=63072000; includeSubDomains; preload"
    assert moved["Location"].startswith("https://")
    assert "Strict-Transport-Security" not in moved
    assert unknown.status_code == 400
    assert [faults(got) for got in (over_https, moved, unknown)] == [[], [], []]


def test_no_source_of_the_policy_is_unsafe_or_anywhere_else():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}
    assert "CONTENT_SECURITY_POLICY_REPORT_ONLY" not in dir(settings)


@pytest.mark.parametrize(
    "weaker",
    [
        {"Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'"},
        {"Content-Security-Policy": ""},
        {"Permissions-Policy": "camera=(self)"},
        {"X-Content-Type-Options": "nosniff, nosniff"},
        {"Cross-Origin-Resource-Policy": "cross-origin"},
    ],
)
def test_a_weaker_answer_would_be_found(client, weaker):
    headers = dict(client.get(reverse("account_login")).headers)

    assert faults_of(headers) == []
    assert len(faults_of(headers | weaker)) == 1


def test_of_two_directives_alike_the_first_counts():
    assert parse_policy("default-src 'none'; default-src *") == {"default-src": {"'none'"}}
