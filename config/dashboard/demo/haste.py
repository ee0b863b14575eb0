"""How eighteen months are told in a minute."""

from contextlib import contextmanager
from unittest import mock

from django.db import connection, models


def _clean_alone(row, exclude=None, **_asked):
    """Check what the row says by itself; the database holds keys and constraints anyway."""
    keys = {field.name for field in row._meta.fields if field.is_relation}
    _full_clean(row, {*(exclude or ()), *keys}, validate_unique=False, validate_constraints=False)


_full_clean = models.Model.full_clean


@contextmanager
def haste():
    """Ask the database nothing twice, and set no savepoints: it is built whole or not at all.

    Every action runs as it stands; what it should not do still raises, from the database then.
    """
    with (
        mock.patch.object(models.Model, "full_clean", _clean_alone),
        mock.patch.object(connection.features, "uses_savepoints", False),
    ):
        yield
