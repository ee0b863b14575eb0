"""Nothing keeps who has read a bulletin: reading leaves every table as it was."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.roles import as_owner
from tests.support.counting import asks

from .bulletin_kit import AT, HOUR, answer, ask, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT + HOUR, tick=False)


PASSING = {"django_session", "usersessions_usersession"}


def rows_of_every_table():
    with as_owner(), connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*), sum(hashtext(t::text)) FROM "{table}" t')
            counts[table] = cursor.fetchone()
    return {table: found for table, found in counts.items() if table not in PASSING}


@pytest.mark.parametrize("who", ["imam", "other_imam", "sergeant", "far_sergeant"])
def test_reading_a_bulletin_changes_no_table(world, who):
    bulletin = published(world)
    answer(world, ask(world, bulletin))
    client = Client()
    client.force_login(getattr(world, who))
    client.get("/")
    before = rows_of_every_table()
    for name in ("list", "detail", "read-out"):
        args = [] if name == "list" else [bulletin.ref]
        assert client.get(reverse(f"partnerships:bulletin-{name}", args=args)).status_code == 200

    assert rows_of_every_table() == before


def test_no_table_of_bulletins_has_a_place_for_a_reader():
    people = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("partnerships").get_models()
        if model.__name__.startswith("Bulletin")
        for field in model._meta.get_fields()
        if field.is_relation
        and field.related_model._meta.label in ("contacts.Contact", "contacts.User")
    }

    assert people == {
        "Bulletin.drafted_by",
        "Bulletin.checked_by",
        "Bulletin.published_by",
        "Bulletin.withdrawn_by",
        "BulletinVersion.written_by",
        "BulletinQuestion.answered_by",
        "BulletinAsker.asked_by",
    }


@pytest.mark.parametrize(("who", "queries"), [("sergeant", 8), ("imam", 9), ("coordinator", 8)])
@pytest.mark.parametrize("item_count", [1, 3])
def test_a_page_asks_as_often_whatever_was_asked_about_it(world, who, queries, item_count):
    bulletin = published(world)
    for number in range(item_count):
        answer(world, ask(world, bulletin, text=f"Question {number}?"))
        ask(world, bulletin, is_named=True)
    client = Client()
    client.force_login(getattr(world, who))
    client.get("/")

    with asks(queries):
        client.get(bulletin.get_absolute_url())
