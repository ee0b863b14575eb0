"""What the tests of one module share: made once, in a transaction round all of them."""

from contextlib import contextmanager

from django.db import transaction

from config.actor import claims
from tests.roles import become


@contextmanager
def made_once(blocker, make):
    """Yield what ``make()`` makes; each test's own work is undone inside, this at the end.

    ``blocker`` is pytest-django's ``django_db_blocker``; the fixture asks for ``django_db_setup``.
    """
    with blocker.unblock(), transaction.atomic():
        become("portal_arranger")
        made = make()
        claims.leave()  # what an action entered would stay until the transaction ends
        yield made
        transaction.set_rollback(True)
