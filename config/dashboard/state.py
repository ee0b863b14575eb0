"""How the portal itself does: what is waiting to leave, and when its own work last ended well."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from config.outbox.models import TaskRun

MINUTES, DAY = timedelta(minutes=10), timedelta(hours=26)


class Work(NamedTuple):
    """A task of the schedule, by what somebody would miss; ``within`` is when it is late."""

    task: str
    label: str
    within: timedelta


class Run(NamedTuple):
    label: str
    ended_at: datetime | None
    is_late: bool


WORK = (
    Work("audit.seal", _("The logs were sealed, so clock and worker run"), MINUTES),
    Work("outbox.drain", _("Mail was sent"), MINUTES),
    Work("audit.verify", _("The logs were checked"), DAY),
    Work("dashboard.send_anchor", _("The day’s seal left the system"), DAY),
    Work("contacts.end_what_is_kept", _("What reached its time was ended"), DAY),
    Work("contacts.close_accounts", _("Leavers’ accounts were closed"), DAY),
    Work("backup", _("A backup was taken"), DAY),
)


def runs(*, at: datetime) -> Iterator[Run]:
    """Yield when each of ``WORK`` last ended well. Issues a query."""
    known = TaskRun.objects.of([work.task for work in WORK])
    for work in WORK:
        ended_at = known.get(work.task)
        yield Run(work.label, ended_at, ended_at is None or at - ended_at > work.within)
