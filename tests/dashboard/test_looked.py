"""An institution reads who looked at its record, and learns no more than it may."""

import csv
import datetime as dt
import io

import pytest
from django.urls import resolve, reverse

from config.audit.actions import record_read
from config.audit.models import AccessEvent
from config.dashboard import looked
from contacts.views.access import Seen
from partnerships.wordings import KINDS
from tests.access.crawl import MISSING
from tests.access.routes import routes
from tests.access.table import TABLE
from tests.factories import make_institution, make_person
from tests.support.tables import rows_of

from .arrange import AT

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def read(world, who, *, mosque=None, at=AT, subject=None, what="dashboard.view_institution"):
    place = mosque or world.mosque
    record_read(what, subject=subject or place, institutions=[place.pk], by=who, at=at)


def page(open_as, who, place, name="access-log", **query):
    return open_as(who, reverse(name, args=[place.ref]), **query)


def shown(response):
    return [(line.who, line.what) for line in response.context["lines"]]


def test_access_log_names_the_own_team_and_gives_others_a_reference(world, open_as):
    read(world, world.officer)
    read(world, world.far_sergeant, at=AT + DAY, subject=world.partnership)
    response = page(open_as, world.imam, world.mosque)
    reference = looked.reference_of(world.far_sergeant.contact, world.mosque)
    text = response.content.decode()

    assert shown(response) == [
        (reference, "The partnership"),
        ("PC Ben Carver", "The institution’s page"),
    ]
    assert "Tom Field" not in text
    assert "Eastvale North team" in text
    assert "Neighbourhood policing" in text


def test_access_log_gives_the_same_person_one_reference_here_and_another_elsewhere(world):
    stranger = world.far_sergeant.contact
    here = looked.reference_of(stranger, world.mosque)

    assert here == looked.reference_of(stranger, world.mosque)
    assert here != looked.reference_of(stranger, world.other_mosque)
    assert here != looked.reference_of(world.coordinator.contact, world.mosque)


def test_access_log_shows_nothing_of_another_institution(world, open_as):
    read(world, world.officer, mosque=world.other_mosque)

    assert shown(page(open_as, world.imam, world.mosque)) == []
    assert page(open_as, world.imam, world.other_mosque).status_code == 404
    assert page(open_as, world.other_imam, world.mosque).status_code == 404


@pytest.mark.parametrize("role", ["officer", "sergeant", "inspector", "commander", "stranger"])
def test_access_log_is_not_for_those_who_look(world, open_as, role):
    assert page(open_as, getattr(world, role), world.mosque).status_code == 404


@pytest.mark.parametrize("place", ["mosque", "far_mosque"])
def test_access_log_is_read_by_the_scrutiny_panel_of_the_force(world, open_as, place):
    panel = make_institution("panel", "Northshire panel", world.force_area)
    member = make_person(panel, "scrutineer", "Jo Bright")
    institution = getattr(world, place)

    assert page(open_as, member, institution).status_code == 200
    assert open_as(member, institution.get_absolute_url()).status_code == 404
    assert AccessEvent.objects.of(institution).get().what == "dashboard.view_access_log"


def test_access_log_filters_by_period_and_says_when_nobody_looked(world, open_as):
    read(world, world.officer, at=AT - 8 * DAY)
    read(world, world.sergeant, at=AT - 2 * DAY)

    assert [who for who, _ in shown(page(open_as, world.imam, world.mosque, days="7"))] == [
        "PS Amina Holt"
    ]
    assert len(shown(page(open_as, world.imam, world.mosque, days="30"))) == 2
    assert len(shown(page(open_as, world.imam, world.mosque, days="nonsense"))) == 2
    other = page(open_as, world.other_imam, world.other_mosque)
    assert "Nobody from outside has looked yet" in other.content.decode()


def test_access_log_goes_on_page_by_page(world, open_as):
    for number in range(30):
        read(world, world.officer, at=AT - dt.timedelta(minutes=number % 3))
    first = page(open_as, world.imam, world.mosque)
    second = page(open_as, world.imam, world.mosque, after=first.context["page"].next_cursor)

    assert (len(shown(first)), len(shown(second))) == (25, 5)
    pks = {e.pk for response in (first, second) for e in response.context["page"].items}
    assert len(pks) == 30


@pytest.mark.parametrize("cursor", ["x", "W1siMjAyNi0xMS0yM1QwOTowMDowMFoiLCAibm9wZSJdLCAyNl0"])
def test_access_log_of_a_made_up_page_is_not_there(world, open_as, cursor):
    assert page(open_as, world.imam, world.mosque, after=cursor).status_code == 404


def test_access_log_csv_says_the_same_for_a_spreadsheet(world, open_as):
    read(world, world.officer)
    read(world, world.far_sergeant, at=AT + DAY)
    response = page(open_as, world.imam, world.mosque, "access-log-csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert rows[0] == [
        "When",
        "Who",
        "Rank",
        "Unit",
        "What the unit is for",
        "What",
        "In an emergency",
    ]
    assert rows[1][1:5] == [
        looked.reference_of(world.far_sergeant.contact, world.mosque),
        "Sergeant",
        "Eastvale North team",
        "Neighbourhood policing",
    ]
    assert rows[2][:2] == ["2026-11-23 09:00", "PC Ben Carver"]
    assert "attachment" in response["Content-Disposition"]
    workbook = rows_of(page(open_as, world.imam, world.mosque, "access-log-xlsx"))
    assert [[cell or "" for cell in row[1:]] for row in workbook] == [row[1:] for row in rows]
    assert workbook[2][0] == dt.datetime.fromisoformat("2026-11-23T09:00")


def test_reference_is_resolved_by_the_coordinator_and_the_mosque_sees_it(world, open_as):
    read(world, world.far_sergeant)
    reference = looked.reference_of(world.far_sergeant.contact, world.mosque)
    url = {"name": "reference-resolve", "reference": f" {reference.lower()}"}
    response = page(open_as, world.coordinator, world.mosque, **url)

    assert "PS Tom Field" in response.content.decode()
    whats = AccessEvent.objects.of(world.mosque).values_list("what", "actor_id")
    assert ("dashboard.resolve_reference", world.coordinator.pk) in set(whats)


def test_reference_that_nobody_here_has_says_so_beside_its_field(world, open_as):
    read(world, world.far_sergeant, mosque=world.other_mosque)
    elsewhere = looked.reference_of(world.far_sergeant.contact, world.other_mosque)
    url = {"name": "reference-resolve", "reference": elsewhere}
    response = page(open_as, world.coordinator, world.mosque, **url)

    assert response.context["form"].errors["reference"] == [
        "Nobody with that reference looked at this record"
    ]
    assert elsewhere in response.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("imam", 403), ("sergeant", 404), ("other_imam", 404)]
)
def test_reference_is_resolved_by_nobody_else(world, open_as, role, status):
    who = getattr(world, role)

    assert page(open_as, who, world.mosque, "reference-resolve").status_code == status


def test_everything_that_is_logged_has_words():
    views = [
        resolve(reverse(route.name, args=[*TABLE[route.name].args, MISSING])).func.view_class
        for route in routes()
        if "<uuid:ref>" in route.pattern and not route.name.startswith("admin")
    ]
    models = {view.model for view in views if issubclass(view, Seen)} - {None}
    models |= {kind.model for kind in KINDS.values()}  # what the pages about words are about
    read = {model._meta.label_lower for model in models}

    assert read - looked.SUBJECTS.keys() == set()
