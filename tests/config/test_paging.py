"""Pages of a list begin where the last one ended, and no cursor that anybody writes breaks one."""

import base64
import json
from contextlib import suppress

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import Http404
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.dashboard.timeline import BRANCHES, timeline
from config.web.paging import paginate
from contacts.models import Institution
from events.models import Engagement
from partnerships.models import Commitment
from tests.partnerships.promise_kit import promised

pytestmark = pytest.mark.django_db

LISTS = [
    (Institution, ("name", "pk")),
    (Institution, ("-name", "-pk")),
    (Engagement, ("-starts_at", "-pk")),
    (Commitment, ("due_on", "pk")),
    (Commitment, ("institution__name", "pk")),
]
# Below, one world serves all the cursors: looking for a page changes nothing.
tried_many_times = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
DATES = st.one_of(st.datetimes(timezones=st.timezones()), st.datetimes(), st.dates())
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters()),
        DATES.map(lambda moment: moment.isoformat()),
    ),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=3,
)


def pack(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


CURSORS = st.one_of(
    st.text(),
    VALUES.map(pack),
    st.tuples(st.lists(VALUES, max_size=3), st.integers()).map(pack),
    st.tuples(st.tuples(VALUES, st.integers()), st.integers(1, 100)).map(pack),
)


@pytest.mark.parametrize(("model", "keys"), LISTS)
@given(cursor=CURSORS)
@example(pack([["A\0", 1], 26]))
@example(pack([["\ud800", 1], 26]))
@example(pack([["A", float("inf")], 26]))
@example(pack([["A", 2**63], 26]))
@example(pack([["2026-11-03T10:00:00+00:00", 2**63], 26]))
@example(pack([["0001-01-01T00:00:00+14:00", 1], 26]))
@example(pack([["2026-11-03T10:00:00", 1], 26]))
@example(base64.urlsafe_b64encode(b"[" * 5000).decode())
@tried_many_times
def test_a_cursor_names_a_page_or_there_is_none(model, keys, cursor):
    with suppress(Http404):
        paginate(model.objects.all(), keys=keys, size=25, cursor=cursor)


ROWS = st.tuples(
    DATES.map(lambda moment: moment.isoformat()),
    st.integers(-9, 9) | st.integers(),
    st.integers() | st.uuids() | st.text(),
    st.integers(1, 50) | st.integers(),
)


@given(cursor=st.text() | ROWS.map(lambda row: "~".join(map(str, row))))
@example(f"2026-11-03T10:00:00+00:00~1~{2**63}~25")
@example("2026-11-03T10:00:00+00:00~-1~7~25")
@example("2026-11-03T10:00:00+00:00~1~\u0661\u0662~25")
@example("2026-11-03T10:00:00+00:00~1~1_0~25")
@example("2026-11-03T10:00:00+00:00:00.5~1~7~25")
@example("0001-01-01T00:00:00+14:00~1~7~25")
@example("2026-11-03T10:00:00+00:00~0~urn:uuid:6f1f6b0a-1c1e-4a53-b6a4-6a3b5f2b9b55~25")
@tried_many_times
def test_a_cursor_of_a_timeline_names_a_page_or_there_is_none(cursor):
    with suppress(Http404):
        timeline(Institution(pk=1), after=cursor)


def test_a_timeline_counts_its_branches_from_the_first():
    with pytest.raises(Http404):
        timeline(Institution(pk=1), after="2026-11-03T10:00:00+00:00~-1~7~25")

    assert (
        timeline(
            Institution(pk=1), after=f"2026-11-03T10:00:00+00:00~{len(BRANCHES) - 1}~7~25"
        ).items
        == []
    )


@pytest.mark.parametrize("keys", [("due_on", "pk"), ("-due_on", "-pk")])
def test_every_row_is_on_one_page(world, keys):
    promises = {promised(world).pk for _number in range(5)}
    seen, cursor, numbers = [], "", []

    while not numbers or cursor:
        page = paginate(Commitment.objects.all(), keys=keys, size=2, cursor=cursor)
        seen += [promise.pk for promise in page.items]
        numbers.append((page.first_number, page.last_number))
        cursor = page.next_cursor

    assert (len(seen), set(seen)) == (5, promises)
    assert seen == sorted(seen, reverse=keys[0].startswith("-"))
    assert numbers == [(1, 2), (3, 4), (5, 5)]


def test_a_deep_page_begins_at_its_place_in_the_index(django_assert_num_queries):
    place = pack([["2026-11-03T10:00:00+00:00", 7], 26])
    visits = Engagement.objects.filter(force=1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")

    with django_assert_num_queries(2) as queries:
        paginate(visits, keys=("-starts_at", "-pk"), size=25, cursor=place)

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + queries[1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "engagement_force" in plan
    assert "Index Cond: ((force_id = 1) AND (ROW(starts_at, id) < ROW(" in plan


def test_keys_that_go_both_ways_are_declined():
    with pytest.raises(ImproperlyConfigured):
        paginate(Commitment.objects.all(), keys=("due_on", "-pk"), size=2)
