"""What was accepted comes back as it was typed: on pages, in mail, CSV, XLSX and calendars."""

import datetime as dt
import html
from email.header import decode_header, make_header

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from config.audit.actions import record_read
from config.outbox.models import Message
from config.web.csv import safe_cell
from config.web.typed import validate_box, validate_line, with_plain_line_ends
from contacts.models import Contact, Purpose
from partnerships.models import Partnership
from tests.access.bodies import MOVES, NAMING
from tests.access.crawl import Crawl
from tests.access.record import AT
from tests.access.table import PAGES
from tests.roles import as_owner
from tests.support.tables import csv_rows, xlsx_rows

from .hostile import KINDS
from .travelling import faults_on, letters, runs_on, summary_of, tables_of, text_of_letter

pytestmark = pytest.mark.django_db

drawn = settings(
    max_examples=5,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


# A word, and longer than chance puts into the reference of a link.
MARK = "Quincezest"


def _accepted(validate):
    def fits(text):
        try:
            validate(text)
        except ValidationError:
            return False
        return len(text) <= 190

    kinds = [KINDS[name] for name in KINDS if name not in {"bytes", "nul", "control"}]
    return st.one_of(kinds).map(lambda text: f"{text.strip()} {MARK}").filter(fits)


LINES, BOXES = _accepted(validate_line), _accepted(validate_box)


def each_time(check):
    """Run ``check`` for one text and undo what it did."""
    with transaction.atomic():
        check()
        transaction.set_rollback(True)


def named(scene, name):
    """Let the mosque's lead rename it by its form."""
    sent = {"name": name, "local_name": name}
    url = reverse("contacts:institution-change", args=[scene.ours.institution.ref])
    assert scene.clients["imam"].post(url, sent).status_code == 302


def open_page(scene, role, url):
    response = scene.clients[role].get(url)
    assert response.status_code == 200
    return response


@seed(1)
@drawn
@given(name=LINES)
def test_the_name_of_an_institution(scene, name):
    def check():
        named(scene, name)
        place, visit = scene.ours["institution"], scene.ours["visit_planned"]
        for role in ("sergeant", "imam"):
            for url in (place.get_absolute_url(), visit.get_absolute_url(), "/visits/"):
                assert faults_on(open_page(scene, role, url).text, name) == []
        ics = reverse("events:visit-calendar", args=[visit.ref])
        assert summary_of(open_page(scene, "sergeant", ics).content).endswith(f": {name}")
        _missed_by_police(scene)
        for role, reason in (("imam", None), ("sergeant", {"gateway": "planning"})):
            rows = dict(tables_of(scene.clients[role], "missed-contact", reason=reason))
            assert safe_cell(name) in [row[0] for row in rows["csv"]]
            assert name in [row[0] for row in rows["xlsx"]]

    each_time(check)


def _missed_by_police(scene):
    with as_owner():
        Partnership.objects.filter(pk=scene.ours.partnership.pk).update(
            cadence_days=30, last_contact_on=dt.date(2026, 1, 1)
        )


@seed(2)
@drawn
@given(name=LINES)
def test_the_name_of_an_institution_in_mail(scene, name):
    def check():
        named(scene, name)
        told = 0
        for kind, letter in letters():
            message = letter.message()
            assert "\n" not in letter.subject, kind
            assert "bcc" not in {header.lower() for header in message}, kind
            if name in letter.subject:
                told += 1
                assert (
                    str(make_header(decode_header(message["Subject"].replace("\n", ""))))
                    == letter.subject
                )
            for content, mime in letter.alternatives:
                if mime == "text/html" and MARK in content:
                    assert runs_on(content, name, but=letter.subject) == [], kind
        assert told

    each_time(check)


@seed(3)
@drawn
@given(name=LINES)
def test_the_name_of_a_person(scene, name):
    def check():
        person, place = scene.world.officer.contact, scene.ours.institution
        with as_owner():
            Contact.objects.filter(pk=person.pk).update(name=name)
        record_read("x", subject=place, institutions=[place.pk], by=scene.world.officer, at=AT)
        for url in (
            reverse("access-log", args=[place.ref]),
            scene.ours.partnership.get_absolute_url(),
        ):
            assert faults_on(open_page(scene, "imam", url).text, name) == []
        files = {
            read: open_page(scene, "imam", reverse(f"access-log-{kind}", args=[place.ref]))
            for kind, read in (("csv", csv_rows), ("xlsx", xlsx_rows))
        }
        for read, response in files.items():
            assert f"PC {name}" in [row[1] for row in read(response.content)]

    each_time(check)


# --- Words of both sides: on their pages, and in no mail -----------------------------------------
SAID = {
    "events:visit-amend": "told_us",
    "events:visit-correct": "we_said",
    "events:visit-disagree": "statement",
    "events:visit-feedback": "next_words",
    "events:request-acknowledge": "words",
    "events:request-ask-to-decline": "other_route",
    "partnerships:promise-create": "text",
    "partnerships:promise-extend": "reason",
    "partnerships:promise-claim": "done",
    "partnerships:agreement-change": "themes",
    "partnerships:agreement-disagree": "statement",
    "partnerships:police-pause-reply": "words",
    "contacts:house-rules-write": "text",
}


@pytest.mark.parametrize("name", SAID)
def test_words_of_both_sides(scene, name):
    role, sent = MOVES[name]
    url = Crawl(scene).address(name)

    @seed(len(name))
    @drawn
    @given(words=BOXES)
    def stand_there(words):
        def check():
            before = set(Message.objects.values_list("pk", flat=True))
            response = scene.clients[role].post(url, sent | {SAID[name]: words, "guard_seen": "on"})
            assert response.status_code == 302
            for reader in ("inspector", "imam"):
                page = open_page(scene, reader, _page_of(scene, name, response))
                assert faults_on(page.text, with_plain_line_ends(words)) == []
            told = {kind: text_of_letter(letter) for kind, letter in letters(but=before)}
            assert [kind for kind, text in told.items() if MARK in text] == []

        each_time(check)

    stand_there()


def _page_of(scene, name, response):
    if name == "contacts:house-rules-write":
        return reverse("contacts:house-rules", args=[scene.ours.institution.ref])
    if name == "partnerships:promise-create":
        return response["Location"]
    return scene.ours[PAGES[name].of].get_absolute_url()


@seed(4)
@drawn
@given(place=LINES, funding=LINES)
def test_where_a_visit_is_and_who_pays(scene, place, funding):
    def check():
        role, sent = NAMING["events:visit-plan"]
        typed = sent(scene.ours) | {"place": place, "funding": funding, "guard_seen": "on"}
        response = scene.clients[role].post(reverse("events:visit-plan"), typed)
        for reader in ("inspector", "imam"):
            page = open_page(scene, reader, response["Location"]).text
            assert faults_on(page, place) == faults_on(page, funding) == []

    each_time(check)


@seed(5)
@drawn
@given(label=LINES)
def test_what_a_visit_is_for_by_a_label_of_the_forces_own(scene, label):
    def check():
        with as_owner():
            Purpose.objects.filter(code="getting_to_know").update(labels={"en": label})
        page = open_page(scene, "imam", scene.ours["visit_planned"].get_absolute_url())
        assert label in html.unescape(page.text)

    each_time(check)


def test_a_page_that_cuts_or_joins_words_would_be_found():
    name = "مسجد \u202bالنور\u202c Qz"

    assert faults_on(f"<p>Visit to <bdi>{name}</bdi>, today</p>", name) == []
    assert faults_on(f"<p>Visit to {name}, today</p>", name) == [f"runs on after {name!r}"]
    assert faults_on(f"<p><bdi>{name[:9]}</bdi></p>", name) == [f"does not show {name!r}"]
    assert faults_on("<p dir=auto><b>Qz</p>", "<b>Qz") == ["does not show '<b>Qz'"]
