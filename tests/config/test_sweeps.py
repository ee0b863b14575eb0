import logging

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

from config.outbox.models import Freeze
from config.sweeps import each_alone
from contacts.models import Institution

pytestmark = pytest.mark.django_db


@transaction.atomic
def rename(number):
    """Change a row, then meet what the database refuses."""
    Institution.objects.filter(pk=number).update(name="Swept")
    if number < 0:
        Freeze.objects.create(pk=number, frozen_at="2026-11-03T10:00Z")
    return 1


def test_a_row_that_the_database_refuses_stops_no_other_and_is_named(caplog):
    with caplog.at_level(logging.ERROR, logger="config.sweeps"):
        done = each_alone([1, -2, 3], rename, sweep="tests.rename")

    assert done == 2
    assert [(record.sweep, record.row) for record in caplog.records] == [("tests.rename", -2)]


def test_what_a_failed_row_had_changed_is_undone(world):
    def act(number):
        with transaction.atomic():
            Institution.objects.filter(pk=number).update(name="Swept")
            raise ValidationError("No.")

    assert each_alone([world.mosque.pk], act, sweep="tests.rename") == 0
    assert Institution.objects.get(pk=world.mosque.pk).name != "Swept"


def test_a_server_that_is_away_ends_the_round(monkeypatch):
    def act(number):
        raise OperationalError

    monkeypatch.setattr(connection, "is_usable", lambda: False)

    with pytest.raises(OperationalError):
        each_alone([1, 2], act, sweep="tests.rename")


def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        each_alone([0], lambda number: 1 / number, sweep="tests.rename")
