"""What every test stands on: a cloned database, and the database role that the portal itself has.

Factories: tests/factories. A browser, the worker, a mail server: tests/support, as fixtures here.
"""

import pytest
from django.test import TransactionTestCase

from tests.factories import make_world
from tests.roles import become
from tests.support import database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        database.prepare()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session", autouse=True)
def _clone_instead_of_flush():
    """Portal_app may not truncate; a clone is quicker, too, and keeps the migrations' rows."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: database.restore())
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _portal_app(request, _django_db_marker):
    """Begin each database test as portal_app, whatever role the last one ended in."""
    wanted = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if wanted or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        become("portal_app")


@pytest.fixture
def world(db):
    """The invented district of tests/factories/world.py."""
    return make_world()
