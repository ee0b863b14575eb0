"""What hands out much of what is held about people, or cannot be undone, asks again who one is."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve, reverse

from contacts.models import Disclosure
from contacts.views.access import FreshSignIn, HandsOut
from tests.factories.world import PASSWORD

from .client import QuickClient
from .table import PAGES

pytestmark = pytest.mark.django_db
OPEN = {
    "dashboard-csv": "figures; institutions and no people",
    "dashboard-csv-reason": "the same",
    "dashboard-xlsx": "the same",
    "dashboard-xlsx-reason": "the same",
    "events:visit-calendar": "one visit, for the people who come",
    "partnerships:photo-file": "a photograph, for the page on which both sides look at it",
    "partnerships:review-figures": "the frozen figures: codes and numbers",
}
BODIES = dict.fromkeys(
    ("dashboard-csv-reason", "dashboard-xlsx-reason"), {"gateway": Disclosure.Gateway.REPORTING}
)
FINAL = (
    "contacts:erasure-confirm",
    "contacts:disposal-confirm",
    "contacts:break-glass",
    "contacts:second-step-remove",
    "contacts:sessions-end",
    "contacts:standing-down-confirm",
    "contacts:held-notice-countersign",
)
STALE = "/accounts/reauthenticate/"


@pytest.fixture
def long_ago(scene):
    """Return a client whose session has shown nothing for a while."""

    def client_of(name):
        client = QuickClient()
        client.force_login(getattr(scene.world, opener(name)))
        return client

    return client_of


def opener(name):
    return sorted(PAGES[name].may)[0]


def view_of(crawl, name):
    return resolve(crawl.address(name)).func.view_class


def gives_a_file(scene, crawl, name):
    """Say whether the page, asked for and sent, answers with a file."""
    client, url = scene.clients[opener(name)], crawl.address(name)
    answers = [client.get(url), client.post(url, BODIES.get(name, {}))]
    return any("attachment" in answer.get("Content-Disposition", "") for answer in answers)


@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if row.may])
def test_whatever_gives_a_file_asks_again_or_holds_nobodys_details(scene, crawl, name):
    guarded = issubclass(view_of(crawl, name), HandsOut)

    assert gives_a_file(scene, crawl, name) == (guarded or name in OPEN)


@pytest.mark.parametrize(
    "name",
    [
        "record-copy",
        "access-log-csv",
        "access-log-xlsx",
        "contacts:my-data-export",
        "contacts:right-export",
    ],
)
def test_a_file_is_asked_for_again_on_its_page(crawl, long_ago, name):
    client, url = long_ago(name), crawl.address(name)
    asked = client.post(url) if "POST" in PAGES[name].methods else client.get(url)
    to, query = urlsplit(asked["Location"])[2:4]
    page = parse_qs(query)["next"][0]

    back = client.post(to, {"password": PASSWORD, "next": page})

    assert to == STALE
    assert back["Location"] == page
    assert f'action="{url}"' in client.get(page).text or f'href="{url}' in client.get(page).text


@pytest.mark.parametrize("name", FINAL)
def test_what_cannot_be_undone_asks_before_its_form_opens_and_does_what_was_sent(
    crawl, long_ago, name
):
    client, url = long_ago(name), crawl.address(name)

    assert client.get(url)["Location"].startswith(f"{STALE}?next=")
    assert issubclass(view_of(crawl, name), FreshSignIn)


def test_what_was_typed_before_it_asked_again_is_done(scene, crawl, long_ago):
    name = "contacts:break-glass"
    client, url = long_ago(name), crawl.address(name)
    client.post(url, {"reason": "emergency", "hours": 1})

    done = client.post(STALE, {"password": PASSWORD, "next": url})

    assert done["Location"] == reverse("institution-detail", args=[scene.ours["institution"].ref])


def test_what_was_typed_wrong_stands_on_its_own_form_and_not_on_the_page_that_asked(
    crawl, long_ago
):
    name = "contacts:break-glass"
    client, url = long_ago(name), crawl.address(name)
    client.post(url, {"reason": "emergency", "hours": 99})

    shown = client.post(STALE, {"password": PASSWORD, "next": url})

    assert f'<form method="post" action="{url}"' in shown.text
    assert "checked" in shown.text
