"""What every test stands on: a cloned database, and the database role that the portal itself has.

Journeys use ``live_portal`` (gunicorn, as portal_app), ``browser_page``, ``mail_sink`` and
``worker_and_beat``; what these are is in tests/support. Factories: tests/factories.
"""

import os
import time

import pytest
import time_machine
from django.test import TransactionTestCase
from playwright.sync_api import sync_playwright

from config.actor import claims
from tests.factories import make_world
from tests.roles import become
from tests.support import browser as browsers
from tests.support import database, processes
from tests.support.mail import MailSink

# Playwright's loop runs in this thread, so Django takes every query of a journey for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# Tests that start the portal's own processes, or stop the broker under them, share one worker of
# pytest-xdist: there is one broker a run, and a machine has only so many cores.
ALONE = {"live_portal", "worker_and_beat", "_web_server", "_chromium"}
ALONE_IN = ("tests/chaos/", "tests/reminders/", "tests/journeys/", "tests/config/test_demo")
ALONE_TOO = (
    "tests/config/test_local",
    "tests/config/test_outbox_waking",
    "tests/config/test_health",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if ALONE & set(item.fixturenames) or item.nodeid.startswith(ALONE_IN + ALONE_TOO):
            item.add_marker(pytest.mark.xdist_group("processes"))
        elif item.nodeid.startswith("tests/access/"):  # one crawl serves all of them
            item.add_marker(pytest.mark.xdist_group("access"))
        elif item.nodeid.startswith("tests/forms/"):  # so does one scene
            item.add_marker(pytest.mark.xdist_group("forms"))


def pytest_collection_finish(session):
    """Refuse to run where groups are lost: two workers would empty each other's broker.

    pytest-xdist keeps a group at the end of a test's id, and says nothing when it cannot.
    """
    for item in session.items if session.config.getoption("loadgroup", False) else ():
        group = item.get_closest_marker("xdist_group")
        if group and not item.nodeid.endswith(f"@{group.args[0]}"):
            raise pytest.UsageError("This pytest-xdist keeps no groups with this pytest.")


# A stopped clock is the test's, not the database's: what it checks is signed by the real time.
hatch = time_machine.escape_hatch
claims.wall_clock = lambda: (hatch.time if hatch.is_travelling() else time).time()


# --- Database ---------------------------------------------------------------------------------
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
def _portal_arranger(request, _django_db_marker):
    """Begin each database test as portal_arranger, whatever role the last one ended in."""
    wanted = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if wanted or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        become("portal_arranger")


@pytest.fixture
def world(db):
    """The invented district of tests/factories/world.py."""
    return make_world()


# --- Mail, web server, worker -----------------------------------------------------------------
@pytest.fixture(scope="session")
def _mail_server():
    server = MailSink()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mail_sink(_mail_server):
    """A mail server; see tests.support.mail.MailSink."""
    _mail_server.clear()
    return _mail_server


@pytest.fixture(scope="session")
def _web_server(django_db_setup, _mail_server, tmp_path_factory):
    static = tmp_path_factory.mktemp("static")
    processes.collect_static(static)
    portal = processes.Portal(static, EMAIL_PORT=str(_mail_server.port), **processes.awake())
    portal.start_web()
    yield portal
    portal.stop()


@pytest.fixture
def live_portal(_web_server, transactional_db, mail_sink):
    """The portal at ``live_portal.url``, on a database of its own; see tests.support.processes."""
    return _web_server


@pytest.fixture
def worker_and_beat(transactional_db, mail_sink):
    """Celery's worker and beat and the outbox loop, as in production, mailing ``mail_sink``."""
    processes.empty_broker()
    running = processes.Processes(EMAIL_PORT=str(mail_sink.port), **processes.awake())
    running.start_worker()
    running.start_beat()
    running.start_outbox()
    yield running
    running.stop()


# --- Browser ----------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def _chromium():
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.fail("No Chromium: run `make test`, which fetches one, or set CHROMIUM to a path.")
    with sync_playwright() as playwright:
        # The sandbox needs rights that root and containers lack; only our own pages are opened.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_page(live_portal, _chromium):
    """Make pages on the live portal: ``browser_page(browsers.PHONE, user=officer)``.

    Each is a browser of its own, without others' cookies. None may meet an error of the console,
    the security policy, a script or the server; a test that expects one empties ``page.faults``.
    """
    pages = []

    def make(size=browsers.PHONE, *, user=None, javascript=True):
        context = _chromium.new_context(
            base_url=live_portal.url,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        page = context.new_page()
        browsers.watch(page, javascript=javascript)
        if user:
            browsers.sign_in(page, user, url=live_portal.url)
        pages.append(page)
        return page

    yield make
    faults = [fault for page in pages for fault in page.faults]
    for page in pages:
        page.context.close()
    assert faults == []
