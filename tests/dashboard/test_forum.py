"""The page that leads to what both sides explain, ask and say to each other."""

import pytest

from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["sergeant", "coordinator", "imam", "umbrella_lead"])
def test_forum_leads_to_each_list_and_each_opens(world, open_as, who):
    parts = open_as(getattr(world, who), "/forum/").context["parts"]

    assert len(parts) >= 4
    for part in parts:
        assert open_as(getattr(world, who), part.url).status_code == 200, part


def test_forum_names_no_list_that_is_closed_to_the_reader(world, open_as):
    keeper = make_person(world.force, "records_officer")

    assert open_as(keeper, "/bulletins/").status_code == 403
    assert "/bulletins/" not in {part.url for part in open_as(keeper, "/forum/").context["parts"]}


def test_menu_marks_the_forum_on_each_of_its_lists(world, open_as):
    items = open_as(world.imam, "/bulletins/").context["nav_items"]

    assert [str(item["label"]) for item in items if item["current"]] == ["Forum"]
