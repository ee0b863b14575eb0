"""Who reads an institution's record from outside leaves one line; who may not read leaves none."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import resolve, reverse

from config.audit.models import AccessEvent
from contacts.views.access import Logged
from tests.roles import as_owner

from .crawl import MISSING
from .routes import routes
from .table import BULLETINS, CONSULTATIONS, PAGES, TABLE

pytestmark = pytest.mark.django_db

INSIDE = {"imam", "member"}
# Pages of one thing that leave no line, and why.
UNREAD = "nothing keeps who reads a bulletin: tests/partnerships/test_bulletin_reading.py"
UNLOGGED = {
    "contacts:disposal-confirm": "it counts the rows of the whole force and shows none",
    **dict.fromkeys(
        (f"contacts:held-notice-{move}" for move in ("countersign", "renew", "tell")),
        "a line would tell what a law forbids telling; the trail has it",
    ),
    "contacts:disclosure-record": "the form shows nothing of the record",
    **dict.fromkeys(
        ("wider-event-detail", "partnerships:wider-event-withdraw"),
        "what happened outside is nobody's record",
    ),
    **{
        name: "one question of police to many; each answer's page is logged"
        for name, row in CONSULTATIONS.items()
        if row.of and row.of != "consultation_response"
    },
    "partnerships:photo-file": "part of the page of the words, which is logged",
    **{name: UNREAD for name, row in BULLETINS.items() if row.of},
    **dict.fromkeys(
        ("panel-sample", "partnerships:panel-measure-say"),
        "a sample holds counts and letters; each record of it is logged where it is read",
    ),
    **dict.fromkeys(
        ("partnerships:panel-comment-detail", "partnerships:panel-comment-answer"),
        "a comment is the panel's own words; the record is logged where it is read",
    ),
}
RECORDS = [
    name for name, row in PAGES.items() if row.of and "GET" in row.methods and name not in UNLOGGED
]


def lines():
    return list(AccessEvent.objects.order_by("at", "pk"))


@pytest.fixture
def reads(scene, crawl):
    """Open a page and return what was logged: ``reads(name, role, standing)``."""

    def opened(name, role, standing="ours", verb="get"):
        before = {line.pk for line in lines()}
        response = getattr(scene.clients[role], verb)(crawl.address(name, standing))
        return response.status_code, [line for line in lines() if line.pk not in before]

    return opened


def test_every_page_of_one_thing_is_logged_or_says_why_not():
    silent = set()
    for route in routes():
        if "<uuid:ref>" in route.pattern and not route.name.startswith("admin"):
            address = reverse(route.name, args=[*TABLE[route.name].args, MISSING])
            view = resolve(address).func.view_class
            if not issubclass(view, Logged) or view.unlogged_because:
                silent.add(route.name)

    assert silent == UNLOGGED.keys()


@pytest.mark.parametrize("name", RECORDS)
def test_one_line_is_logged_for_each_reader_from_outside_and_none_for_its_own(scene, reads, name):
    row, wrong = PAGES[name], []
    for role in sorted(row.may):
        status, made = reads(name, role)
        expected = (
            [] if role in INSIDE else [(getattr(scene.world, role).pk, scene.world.mosque.pk)]
        )
        if status != 200 or [(line.actor_id, line.institution_id) for line in made] != expected:
            wrong.append((role, status, made))

    assert wrong == []


@pytest.mark.parametrize("name", RECORDS)
def test_who_may_not_read_is_not_logged(reads, name):
    wrong = []
    for role in ("other_imam", "far_imam", "far_sergeant", "member", "stranger"):
        for standing in ("ours", "missing"):
            status, made = reads(name, role, standing)
            if (status != 200 and made) or (status == 200 and standing == "missing"):
                wrong.append((role, standing, status, made))

    assert wrong == []


def test_the_line_says_what_was_read_in_codes(scene, reads):
    _, (line,) = reads("events:visit-detail", "sergeant")

    assert (line.what, line.subject_type) == ("events.view_visit", "events.engagement")
    assert line.subject_id == str(scene.ours["visit_noted"].pk)
    assert (line.at, line.grant_id) == (scene.now, None)


def test_a_planned_visit_is_logged_where_it_is_read_to_be_logged_as_held(scene):
    before = AccessEvent.objects.count()
    for planned, lines_more in (("", 0), (f"?planned={scene.ours['visit_planned'].ref}", 1)):
        response = scene.clients["sergeant"].get(reverse("events:visit-log") + planned)
        assert response.status_code == 200
        assert AccessEvent.objects.count() == before + lines_more


def test_a_form_that_is_shown_again_is_logged_again(reads):
    status, made = reads("partnerships:promise-could-not", "sergeant", verb="post")

    assert (status, len(made)) == (200, 1)


def test_a_head_request_is_a_read_and_an_options_request_is_none(reads):
    assert len(reads("events:visit-detail", "sergeant", verb="head")[1]) == 1
    assert reads("events:visit-detail", "sergeant", verb="options")[1] == []


def test_a_police_units_own_page_is_nobodys_record(scene):
    before = AccessEvent.objects.count()
    response = scene.clients["sergeant"].get(scene.world.team.get_absolute_url())

    assert response.status_code == 200
    assert AccessEvent.objects.count() == before


def test_if_the_log_fails_the_read_fails(scene, crawl):
    client = scene.clients["sergeant"]
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("REVOKE INSERT ON audit_accessevent FROM portal_app")
        response = client.get(crawl.address("events:visit-detail"))
        transaction.set_rollback(True)

    assert response.status_code == 500
    assert b"canary" not in response.content


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_accessevent SET actor_id = 1", "DELETE FROM audit_accessevent"]
)
def test_nobody_unwrites_a_read(reads, verb):
    reads("events:visit-detail", "sergeant")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
