"""The second line as a table: each way into each table, alone, and everything else shut.

What a person's claim holds and what the functions answer, say test_reach.py and its like. Here
every list and every answer is given, so that only the policies are asked.
"""

import json
from contextlib import contextmanager
from itertools import combinations
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Min, Q

from config.actor import claims
from config.audit.models import AccessEvent, Entry
from contacts.models import BreakGlassGrant, Membership, SharingPermission
from events.models import EngagementFeedback
from partnerships.models import (
    CommunityView,
    Consultation,
    ConsultationResponse,
    PanelAnswer,
    PanelComment,
    PartnershipReview,
    PublishedItem,
)
from tests.roles import as_owner, as_role

from .second_line import (
    BY_FORCE,
    FUNCTIONS,
    LISTS,
    ONLY,
    TABLES,
    TOGETHER,
    together,
    ways,
)

pytestmark = pytest.mark.django_db

MODELS = {model._meta.db_table: model for model in apps.get_models()}


@pytest.fixture(scope="module", autouse=True)
def _each_kind_of_row(scene, django_db_blocker):
    """At each institution something that a way leads to and something that it does not."""
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            for function in FUNCTIONS:
                cursor.execute(STUB.format(function))
            for record in scene.records.values():
                of_place = {"institution": record.institution}
                _one_more(CommunityView, of_place, audience="umbrella")
                _one_more(CommunityView, of_place, audience="partners")
                _one_more(SharingPermission, of_place, kind="listed")
                _one_more(BreakGlassGrant, of_place, contact=record.second.contact)
                _one_more(EngagementFeedback, of_place, engagement=record["visit_held"])
                AccessEvent.objects.create(at=scene.now, actor_id=1, **_of(record))
                _said_by_many(record, scene.world)
            PublishedItem.objects.filter(institution=scene.world.other_mosque).update(
                state="published", answered_by=scene.world.other_imam.contact
            )
            for umbrella in (scene.world.other_mosque, scene.world.umbrella):
                Membership.objects.create(
                    umbrella=umbrella,
                    member=scene.world.far_mosque,
                    member_from=scene.now.date(),
                )
        yield
        transaction.set_rollback(True)


def _said_by_many(record, world):
    """Answers to a consultation, shared and not, and what a panel said, answered, of each kind."""
    answer, comment = record["consultation_response"], record["panel_comment"]
    by_umbrella = {"is_shared": True, "institution": world.umbrella}
    _one_more(ConsultationResponse, {"pk": answer.pk}, **by_umbrella)
    _one_more(
        Consultation,
        {"pk": record["consultation_draft"].pk},
        co_convenor=record.institution,
        asked_by=record.institution,
    )
    about = {"item": None, "concern": record["concern_viewed"]}
    _one_more(PanelComment, {"pk": comment.pk}, **about)
    about = {"item": None, "sample": record["panel_sample"], "measure": "reading"}
    _one_more(PanelComment, {"pk": comment.pk}, **about)
    for each in PanelComment.objects.filter(words=comment.words):
        said = {"side": "police", "words": "Yes.", "at": each.made_at, "by": each.made_by}
        PanelAnswer.objects.create(comment=each, force=each.force, **said)


def _of(record):
    subject = {"subject_type": "contacts.institution", "subject_id": "1", "what": "page"}
    return subject | {"institution_id": record.institution.pk}


def _one_more(model, of_place, **changes):
    row = model.objects.filter(**of_place).first()
    row.pk, row.ref, row._state.adding = None, uuid4(), True  # some of them have a ref
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


@pytest.fixture(scope="module")
def ids(scene, _each_kind_of_row, django_db_blocker):
    """What each way is given: of each table that it leads to, one that is there."""
    with django_db_blocker.unblock():
        found = {way: given(way, scene.world) for way in (*LISTS, *FUNCTIONS)}
        for way, more in _more(scene).items():
            found[way] = sorted({*found[way], *more})
    return found


def _more(scene):
    """Rows that are found by a way of their own, or that tell two ways apart."""
    ours = scene.ours
    said_against = [ours[f"visit_{what}"] for what in ("corrected", "disagreed")]
    opened = PartnershipReview.objects.filter(opened_at__isnull=False)
    return {
        "joint_visits": [visit.pk for visit in said_against],
        "shared_closings": [visit.note.text_id for visit in said_against],
        "shared_concerns": [ours["concern_viewed"].pk],
        "opened_reviews": opened.values_list("pk", flat=True),
        "spoken_for": [scene.records["far"].institution.pk],
    }


def given(way, world):
    if way in BY_FORCE:
        return [world.force_area.pk]
    paths = [
        (table, path)
        for table in TABLES
        for each, path in every_way(table)
        if each.strip("-") == way
    ]
    firsts = (MODELS[t]._default_manager.aggregate(first=Min(path))["first"] for t, path in paths)
    return sorted({first for first in firsts if first})


def every_way(table):
    yield from ways(table)
    for conditions, _only in together(table):
        yield from conditions


STUB = """
CREATE OR REPLACE FUNCTION portal.{0}() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('test.{0}', true), ''), '{{}}')::bigint[]
$$
"""


@contextmanager
def opened(given):
    """Stand before the database as the web server with these lists in the claim, or answers."""
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            keep_claim({"user": 0} | {way: given[way] for way in given if way in LISTS})
            for way in given.keys() - set(LISTS):
                answer = "{" + ",".join(map(str, given[way])) + "}"
                cursor.execute("SELECT set_config(%s, %s, true)", [f"test.{way}", answer])
        with as_role("portal_app"):
            yield
        transaction.set_rollback(True)


def keep_claim(claim):
    with connection.cursor() as cursor:
        kept = json.dumps({"until": 9_999_999_999} | claim)
        cursor.execute("SELECT portal.keep_claim(%s, true)", [kept])


def there(table, condition=None):
    rows = MODELS[table]._default_manager.order_by()
    rows = rows if condition is None else rows.filter(condition)
    return set(rows.values_list("pk", flat=True))


def meant(table, given):
    """Return the rows to which the table says that ways lead, and anybody's beside them."""
    found = set()
    for way, path in ways(table):
        if way == "anybody":
            found |= there(table, ONLY[table, way])
        elif way in given:
            found |= there(table, Q(**{f"{path}__in": given[way]}) & ONLY.get((table, way), Q()))
    for conditions, only in together(table):
        found |= there(table, only & all_of(conditions, given))
    return found


def all_of(conditions, given):
    found = Q()
    for way, path in conditions:
        ids = given.get(way.strip("-?"), [])
        if way.endswith("?"):
            found &= Q() if ids else Q(pk__in=[])
        else:
            found &= Q(**{f"{path}__in": ids}, _negated=way.startswith("-"))
    return found


def test_every_table_with_policies_is_in_the_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'standing'")
        assert {table for (table,) in cursor.fetchall()} == TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
def test_each_way_leads_where_the_table_says_and_nowhere_else(scene, ids, table):
    wrong = [way for way in ids if not leads_as_meant(table, {way: ids[way]})]
    for given in ({}, {"guest": [scene.ours.institution.pk]}):
        wrong += [] if leads_as_meant(table, given) else [given]

    assert wrong == []


@pytest.mark.parametrize("table", TOGETHER)
def test_what_has_to_hold_together_opens_nothing_by_halves(ids, table):
    wrong = []
    for conditions, _only in together(table):
        names = [way.strip("-?") for way, _path in conditions]
        for number in range(2, len(names) + 1):
            for some in combinations(names, number):
                if not leads_as_meant(table, {way: ids[way] for way in some}):
                    wrong.append(some)

    assert wrong == []


def test_who_reads_along_how_a_concern_was_closed_is_shown_no_more_of_it(scene, ids):
    """Whoever does speaks for a mosque of their own."""
    own = [scene.records["other"].institution.pk]
    given = {"narrow": own, "shared_concerns": ids["shared_concerns"]}

    assert [table for table in TABLES if not leads_as_meant(table, given)] == []


def leads_as_meant(table, given):
    expected = meant(table, given)
    with opened(given):
        return there(table) == expected


def test_by_each_way_there_is_something_to_show_and_something_not_to_show(ids):
    for table in TABLES:
        for way, path in ways(table):
            shown = meant(table, {way: ids.get(way)})
            assert shown, (table, way)
            assert way in BY_FORCE or shown < there(table), (table, way)
            if way != "anybody":
                led = there(table, Q(**{f"{path}__in": ids[way]}))
                assert led & shown, (table, way, path)
                assert ((table, way) in ONLY) == bool(led - shown), (table, way)


def test_of_what_has_to_hold_together_each_makes_a_difference(ids):
    elsewhere = {"narrow": ids["spoken_for"], "opened_reviews": ids["opened_reviews"][:1]}
    for_nobody = {"spoken_for": []}
    for table in TOGETHER:
        for conditions, only in together(table):
            assert there(table, only & all_of(conditions, ids)), (table, conditions)
            for left_out in conditions:
                rest = [each for each in conditions if each != left_out]
                more = [
                    there(table, only & all_of(rest, given) & ~all_of([left_out], given))
                    for given in (ids, ids | elsewhere, ids | for_nobody)
                ]
                way = left_out[0]
                assert any(more) or way.endswith("?") or way in BY_FORCE, (table, conditions, way)


WEAKER = {
    "everybody sees it": "ALTER POLICY standing ON {table} USING (true)",
    "one policy too many": "CREATE POLICY extra ON {table} TO portal_app USING (true)",
    "nothing holds": "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "whoever signed in": (
        "CREATE POLICY extra ON {table} TO portal_app USING (portal.actor() IS NOT NULL)"
    ),
}


@pytest.mark.parametrize("weaker", WEAKER)
def test_each_weaker_policy_is_noticed(ids, weaker):
    """The test above would turn red; `make mutants` makes smaller mistakes, too."""
    unnoticed = []
    for table in TABLES:
        expected = meant(table, {})
        with transaction.atomic():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or it may not be altered
                cursor.execute(WEAKER[weaker].format(table=table))
            with opened({}):
                found = there(table)
            transaction.set_rollback(True)
        unnoticed += [] if found != expected else [table]

    assert unnoticed == []


@pytest.mark.parametrize("claim", [None, {"user": 1}, {"user": 1, "wide": True}])
def test_the_worker_is_shown_nothing_but_for_declared_work(ids, claim):
    claim = claim and claim | {name: ids[name] for name in claim if name in LISTS}
    with transaction.atomic():
        with as_owner():
            keep_claim(claim) if claim else claims.leave()
        with as_role("portal_task"):
            assert {table for table in TABLES if there(table)} == set()
        transaction.set_rollback(True)


def test_the_worker_is_shown_everything_for_declared_work(ids):
    expected = {table: there(table) for table in TABLES}
    with as_role("portal_task"), claims.as_system("test"):
        shown = {table: there(table) for table in TABLES}

    assert {table for table in TABLES if shown[table] != expected[table]} == set()


@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
@pytest.mark.parametrize("model", [Entry, AccessEvent])
def test_whatever_is_done_is_written_down_also_where_nobody_signed_in(scene, model, role):
    row = model.objects.first()
    row.pk, row._state.adding = uuid4(), True
    with transaction.atomic():
        claims.leave()
        with as_role(role):
            row.save(force_insert=True)
        transaction.set_rollback(True)
