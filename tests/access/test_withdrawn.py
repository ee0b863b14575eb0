"""A note that went to the wrong mosque and was removed: nowhere are its words, everywhere that."""

import pytest
from django.db import connection
from django.urls import reverse

from config.dashboard.catalogue import FIGURES
from config.outbox import kinds
from config.outbox.models import Message
from events.actions.notes import withdraw_note
from tests.roles import as_owner

from .crawl import Crawl, canaries
from .record import AT
from .table import PAGES

pytestmark = pytest.mark.django_db
REASON = "Shared with the wrong institution"
READ_BY = ("officer", "coordinator", "imam")


@pytest.fixture
def removed(scene):
    """The visit whose note, amended once and with a promise, was removed."""
    visit = scene.ours["visit_noted"]
    visit.refresh_from_db()
    withdraw_note(
        note=visit.note,
        reason="wrong_institution",
        with_promises=False,  # they go with the visit in any case
        side="police",
        by=scene.world.officer,
        at=AT,
    )
    return visit


def of_the_note(found):
    return sorted(field for place, field in found if place == "ours" and field.startswith("noted"))


def rows_that_hold(words):
    """Count, table by table, the rows in which any column holds ``words``."""
    held = {}
    with as_owner(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {name} AS r WHERE r::text LIKE %s", [f"%{words}%"]
            )
            [(count,)] = cursor.fetchall()
            if count:
                held[table] = count
    return held


def test_the_words_stood_in_the_record_before(scene):
    assert set(rows_that_hold("canary-ours-noted")) == {
        "partnerships_sharedtextversion",
        "partnerships_commitment",
    }


def test_withdrawn_words_are_in_no_column_of_any_table(removed):
    assert rows_that_hold("canary-ours-noted") == {}


@pytest.mark.parametrize("role", READ_BY)
def test_withdrawn_words_are_on_no_page_list_or_file(scene, removed, role):
    crawl, place, wrong = Crawl(scene), scene.ours["institution"], []
    urls = [crawl.address(name) for name, row in PAGES.items() if _shows(row, role)]
    urls += [crawl.address(name) for name in PAGES if PAGES[name].of == "visit_noted"]
    for file in ("dashboard-csv", "dashboard-xlsx"):
        urls += [reverse(file, args=[figure]) for figure in FIGURES]
    urls += [f"{place.get_absolute_url()}?kind={kind}" for kind in ("note", "promise", "change")]
    urls += ["/", "/promises/?state=all", "/visits/?note=shared"]
    urls += [link.commitment.get_absolute_url() for link in removed.promises.all()]
    urls.append(reverse("events:visit-calendar", args=[removed.ref]))
    for url in urls:
        got = crawl.ask_at("get", url, role)
        if of_the_note(got.canaries) or got.status >= 500:
            wrong.append((url, got.status, of_the_note(got.canaries)))

    assert wrong == []


def _shows(row, role):
    return "GET" in row.methods and row.verdict(role) == 200


def test_withdrawn_words_are_in_no_mail_that_waits(removed):
    found = []
    for message in Message.objects.open().order_by("pk"):
        kind = kinds.get(message.kind)
        if kind.recipient(message) is None:
            continue
        mail = kind.render(message)
        text = f"{mail.subject}{mail.text}{mail.html}{message.context}{list(mail.attachments)}"
        found += of_the_note(canaries(text))

    assert found == []


@pytest.mark.parametrize("role", ["officer", "sergeant", "imam", "member"])
def test_that_it_was_removed_why_when_and_by_whom_stays_with_both_sides(scene, removed, role):
    page = scene.clients[role].get(removed.get_absolute_url()).content.decode()

    assert REASON in page
    assert "PC Ben Carver" in page
    assert "23 November 2026" in page


@pytest.mark.parametrize("role", ["officer", "imam"])
def test_its_promise_still_stands_as_removed_for_both_sides(scene, removed, role):
    promise = removed.promises.get().commitment
    page = scene.clients[role].get(promise.get_absolute_url())

    assert page.status_code == 200
    assert "Removed" in page.content.decode()


def test_both_sides_are_told_by_mail_that_it_was_removed(scene, removed):
    told = Message.objects.open().filter(kind="events.note_withdrawn")
    people = set(told.values_list("recipient_kind", "recipient_id"))

    assert ("user", str(scene.world.imam.pk)) in people
    assert ("user", str(scene.world.sergeant.pk)) in people
