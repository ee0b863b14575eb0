"""Each route as each role, at one's own institution, the next one, another area's and none."""

import pytest
from django.apps import apps
from django.urls import reverse

from config.audit.models import Entry
from tests.factories import make_editor
from tests.roles import as_owner

from .client import QuickClient
from .crawl import ASKED, places
from .doors import ACCOUNTS, ADMIN, LISTS, PUBLIC
from .routes import routes
from .table import PAGES, ROLES, TABLE

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
# A move changes nothing about who sees what: at each standing those whom it concerns will do.
SENDERS = {
    "ours": ROLES,
    "other": ("imam", "other_imam"),
    "far": ("sergeant", "far_sergeant", "far_imam"),
    "missing": ("imam",),
}


def test_every_route_has_a_verdict_and_every_verdict_a_route():
    known = {route.name for route in routes()}

    assert known - TABLE.keys() == set(), "routes that nobody has classified"
    assert TABLE.keys() - known == set(), "rows about routes that are gone"


def test_no_two_routes_share_a_name():
    names = [route.name for route in routes()]

    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("name", PAGES)
def test_get_answers_each_role_as_declared_writes_nothing_and_leads_somewhere(crawl, name):
    row, wrong = PAGES[name], []
    for role in ROLES:
        for standing in places(row, role):
            expected = row.verdict(role, standing)
            if expected == 200 and "GET" not in row.methods:
                expected = 405
            got = crawl.get(name, role, standing)
            if got.status != expected or got.changes or got.leads_nowhere:
                wrong.append((role, standing, got.status, expected, got.changes, got.leads_nowhere))

    assert wrong == []


@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if row.of])
def test_what_is_out_of_sight_answers_to_the_byte_like_what_is_missing(crawl, name):
    row, telling = PAGES[name], []
    for role in ASKED["missing"]:
        hidden = [place for place in places(row, role) if row.verdict(role, place) == 404]
        if len({crawl.get(name, role, place).told for place in hidden}) != 1:
            telling.append(role)

    assert telling == []


@pytest.mark.parametrize("name", PAGES)
def test_post_by_those_who_may_not_is_refused_and_writes_nothing(crawl, name):
    row, wrong = PAGES[name], []
    entries = Entry.objects.count()
    for standing in SENDERS if row.of else ["ours"]:
        for role in SENDERS[standing]:
            expected = row.verdict(role, standing)
            if expected == 200 and "POST" in row.methods:
                continue
            got = crawl.ask("post", name, role, standing)
            if got.status != (405 if expected == 200 else expected) or got.changes:
                wrong.append((role, standing, got.status, expected, got.changes))

    assert wrong == []
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("name", PAGES)
def test_other_methods_say_nothing_of_what_is_there(crawl, name):
    row, wrong = PAGES[name], []
    for role, verbs in (("imam", ("head", "options", "put")), ("other_imam", ("head", "put"))):
        verdict = row.verdict(role)
        for verb in verbs:
            got = crawl.ask(verb, name, role)
            # The web server drops the body of an answer to HEAD.
            tells = got.canaries if verb != "head" or verdict != 200 else ()
            if got.status not in ({200, 405} if verdict == 200 else {verdict}):
                wrong.append((role, verb, got.status))
            if tells or got.changes:
                wrong.append((role, verb, tells, got.changes))

    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_signed_out_is_sent_to_sign_in_whatever_the_method_and_the_ref(crawl, scene, name):
    client = scene.clients["signed_out"]

    for standing in ("ours", "missing"):
        url = crawl.address(name, standing)
        for method in (client.get, client.post, client.head, client.options):
            response = method(url)
            assert (response.status_code, response.content) == (302, b"")
            assert response["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_routes_tell_a_stranger_nothing_of_the_records(scene, name):
    row = PUBLIC[name]
    response = scene.clients["signed_out"].get(reverse(name, args=row.args))

    assert row.why
    assert response.status_code == row.status or not row.status
    told = response.content.decode() + str(response.headers)
    assert "canary" not in told
    assert not any(record.institution.name in told for record in scene.records.values())


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_pages_answer_as_declared(scene, name):
    row = ACCOUNTS[name]
    url = reverse(name, args=row.args)
    expected = {
        "signed_out": row.stranger,
        "imam": row.with_app or row.signed_in,
        "member": row.signed_in,
        "stranger": row.signed_in,
    }

    assert {role: scene.clients[role].get(url).status_code for role in expected} == expected


# --- Django's admin: the lists, for the editor of the lists -----------------------------------


@pytest.fixture
def editor(scene):
    """Somebody who keeps the lists and has no role anywhere."""
    with as_owner():
        account = make_editor("lists@example.org")
        for name in LISTS:
            row = {"pk": 1, "code": "other", "labels": {"en": "Other"}}
            apps.get_model("contacts", name).objects.get_or_create(pk=1, defaults=row)
    client = QuickClient()
    client.force_login(account)
    return client


def test_admin_opens_the_lists_for_their_editor_and_nothing_for_anybody_else(scene, editor):
    got, others = {}, set()
    for name, row in ADMIN.items():
        url = f"/{row.args[0]}" if name.startswith("admin/") else reverse(name, args=row.args)
        got[name] = editor.get(url).status_code
        for role in ("signed_out", "coordinator", "imam", "stranger"):
            answer = scene.clients[role].get(url)
            is_shut = answer.status_code in {302, 403, 404, 405}
            others |= set() if is_shut or name == "admin:jsi18n" else {(role, name)}

    assert got == {name: row.status for name, row in ADMIN.items()}
    assert others == set()
