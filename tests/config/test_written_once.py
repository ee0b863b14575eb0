"""A query that is written as SQL once tells what the same query tells that is written each time."""

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from config.web.written_once import find
from contacts.models import Institution
from partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def seen_by(user, model, **which):
    return model.objects.visible_to(user).filter(**which)


@pytest.mark.parametrize("who", ["imam", "sergeant"])
def test_each_reader_finds_their_own_by_the_query_that_was_written_for_another(world, who):
    for partnership in (world.partnership, world.other_partnership, world.partnership):
        for reader in (world.other_imam, getattr(world, who)):
            rows = seen_by(reader, Partnership, ref=partnership.ref)

            assert find(rows, "for_detail") == rows.for_detail().first()


def test_whoever_sees_nothing_finds_nothing(world):
    find(seen_by(world.imam, Partnership, ref=world.partnership.ref), "for_detail")

    assert (
        find(seen_by(world.other_imam, Partnership, ref=world.partnership.ref), "for_list") is None
    )
    assert find(Partnership.objects.none(), "for_detail") is None


def test_it_is_one_query_that_loads_what_the_method_loads(world):
    with CaptureQueriesContext(connection) as queries:
        found = find(Institution.objects.filter(ref=world.mosque.ref), "for_detail")
        assert found.area.name
        assert found.is_disputed is False

    assert len(queries) == 1


def test_rows_that_say_something_of_themselves_still_say_it(world):
    rows = Institution.objects.filter(pk=world.mosque.pk).annotate(said=Value("so"))

    assert find(rows, "for_detail").said == "so"
