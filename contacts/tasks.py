import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from config.actor.claims import for_system
from contacts.actions import accounts as actions
from contacts.actions.areas import misplaced_rows

logger = logging.getLogger(__name__)


@shared_task(name="contacts.check_areas", ignore_result=True)
@for_system("contacts.check_areas")
def check_areas(**_):
    """Run nightly: a row whose force or district is not its institution's is a fault of ours."""
    for table, count in misplaced_rows().items():
        logger.error("contacts: %s rows of %s are in the wrong force or district", count, table)


@shared_task(name="contacts.close_accounts", ignore_result=True)
@for_system("contacts.close_accounts")
def close_accounts(**_):
    """Run at the beginning of the day on which somebody has no role any more."""
    actions.close_accounts(at=timezone.now())


@shared_task(name="contacts.clear_sessions", ignore_result=True)
@for_system("contacts.clear_sessions")
def clear_sessions(**_):
    """Run nightly: nothing else deletes the sessions that ended without a sign-out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
