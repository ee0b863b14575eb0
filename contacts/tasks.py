import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from config.actor.claims import for_system
from config.sweeps import each_alone
from contacts.actions import accounts as actions
from contacts.actions import held_notices, retention, rights
from contacts.actions.areas import misplaced_rows
from contacts.models import Disposal, RightsRequest

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


@shared_task(name="contacts.tell_held_notices", ignore_result=True)
@for_system("contacts.tell_held_notices")
def tell_held_notices(**_):
    """Run each morning: tell what a law held back and two people have not renewed."""
    held_notices.tell_held_notices(at=timezone.now())


@shared_task(name="contacts.carry_out_erasures", ignore_result=True)
@for_system("contacts.carry_out_erasures")
def carry_out_erasures(**_):
    """Run every few minutes: erase whom two records officers have agreed to erase."""
    now, confirmed = timezone.now(), RightsRequest.objects.being_erased()
    each_alone(
        confirmed.values_list("pk", flat=True),
        lambda pk: bool(rights.carry_out_erasure(request=RightsRequest.objects.get(pk=pk), at=now)),
        sweep="erasures",
    )


@shared_task(name="contacts.end_what_is_kept", ignore_result=True)
@for_system("contacts.end_what_is_kept")
def end_what_is_kept(**_):
    """Run nightly: end what has reached its time, by itself or as two people confirmed."""
    retention.end_by_itself(on=timezone.localdate())
    now, confirmed = timezone.now(), Disposal.objects.confirmed()
    each_alone(
        confirmed.values_list("pk", flat=True),
        lambda pk: bool(retention.carry_out_disposal(disposal=Disposal.objects.get(pk=pk), at=now)),
        sweep="disposals",
    )
