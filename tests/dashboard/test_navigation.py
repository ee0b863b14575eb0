import pytest
from django.utils.functional import SimpleLazyObject

from config.dashboard.middleware import Navigation
from contacts.models import User
from tests.factories import make_person
from tests.partnerships.panel_kit import member_of, panel_of
from tests.support.counting import asks

pytestmark = pytest.mark.django_db

MENU = {
    "sergeant": [
        "Home",
        "Visits",
        "Requests",
        "Promises",
        "Concerns",
        "Bulletins",
        "Mosques",
        "Figures",
    ],
    "officer": ["Home", "Visits", "Requests", "Promises", "Concerns", "Bulletins", "Mosques"],
    "imam": [
        "Home",
        "Visits",
        "Requests",
        "Promises",
        "Concerns",
        "Bulletins",
        "Our institution",
        "Figures",
    ],
    "member": [
        "Home",
        "Visits",
        "Requests",
        "Promises",
        "Concerns",
        "Bulletins",
        "Our institution",
    ],
    "umbrella_lead": [
        "Home",
        "Visits",
        "Requests",
        "Promises",
        "Concerns",
        "Bulletins",
        "Our institution",
        "Figures",
    ],
    "coordinator": [
        "Home",
        "Visits",
        "Requests",
        "Promises",
        "Concerns",
        "Bulletins",
        "Mosques",
        "Figures",
        "Scrutiny panel",
        "Data requests",
    ],
    "records": ["Home", "Data requests"],
    "scrutineer": ["Home", "Scrutiny panel"],
    "stranger": [],
}


@pytest.fixture(autouse=True)
def _records_officer(world):
    world.people["records"] = make_person(world.force, "records_officer")
    world.people["scrutineer"] = member_of(panel_of(world))


@pytest.mark.parametrize(("who", "labels"), MENU.items())
def test_navigation_offers_what_the_role_may_open(world, open_as, who, labels):
    items = open_as(getattr(world, who), "/").context["nav_items"]

    assert [str(item["label"]) for item in items] == labels


def test_navigation_marks_where_one_is(world, open_as):
    items = open_as(world.imam, "/dashboard/").context["nav_items"]

    assert [str(item["label"]) for item in items if item["current"]] == ["Figures"]


def test_navigation_leads_nowhere_closed(world, open_as):
    for who in MENU:
        for item in open_as(getattr(world, who), "/").context["nav_items"]:
            assert open_as(getattr(world, who), item["url"]).status_code == 200, (who, item)


def test_navigation_of_a_page_without_menu_asks_nothing(world, rf):
    request = rf.get("/healthz")
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=world.imam.pk))

    with asks(0):
        Navigation(lambda request: None)(request)
