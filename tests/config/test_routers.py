"""The second connection, with the portal's own settings: the tests' settings have but one."""

import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session

from config.local.store import BASE
from config.web.routers import SideRouter
from contacts.models import User
from tests.support.processes import Processes

ROLLED_BACK = """
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import transaction
from django.contrib.contenttypes.models import ContentType

session = SessionStore()
with transaction.atomic():
    ContentType.objects.create(app_label="gone", model="gone")
    cache.set("failed_sign_ins", 3)
    session["here"] = True
    session.save()
    transaction.set_rollback(True)
print(cache.get("failed_sign_ins"), SessionStore(session.session_key).get("here"))
print(ContentType.objects.filter(app_label="gone").exists())
"""


def test_sessions_and_cache_are_beside_the_request_and_all_else_is_not():
    router = SideRouter()

    assert router.db_for_read(Session) == router.db_for_write(Session) == "side"
    assert router.db_for_write(User) is None
    assert router.allow_migrate("default", "sessions")
    assert not router.allow_migrate("side", "contacts")


@pytest.mark.django_db(transaction=True)
def test_rolled_back_request_undoes_neither_session_nor_count():
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ROLLED_BACK],
        cwd=BASE,
        env=Processes().environment,
        capture_output=True,
        text=True,
    )

    assert done.stdout == "3 True\nFalse\n", done.stderr
