import logging

from celery import shared_task

from config.actor.claims import for_system

from . import chains, checks

logger = logging.getLogger(__name__)


@shared_task(name="audit.seal", ignore_result=True)
@for_system("audit.seal")
def seal(**_):
    """Run each minute; a round that another one overtakes does nothing."""
    chains.seal()


@shared_task(name="audit.verify", ignore_result=True)
@for_system("audit.verify")
def verify(**_):
    """Run nightly: a log that was changed behind the portal's back is somebody's deed."""
    for fault in chains.faults():
        logger.error("The audit trail was changed.", extra={"fault": tuple(fault)})
    for sentence in checks.found():
        logger.error("What was kept for good was changed.", extra={"fault": sentence})
