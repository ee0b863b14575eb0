"""Saying which of the agreed meetings one that was held counts as."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import User
from events.models import Engagement, EngagementKind
from partnerships.actions.meetings import note_meetings
from partnerships.actions.workstreams import require_open_workstream
from partnerships.models import AgreedMeeting, Partnership, Workstream

from .request_states import lock_visit


class NotAMeeting(ValidationError):
    """It was no meeting, or it was not held."""


class NobodySenior(ValidationError):
    """No inspector, and nobody above, is listed as having come."""


@transaction.atomic
def count_meeting(
    *,
    engagement: Engagement,
    meeting: str,
    workstream: Workstream | None = None,
    side: str,
    by: User,
    at: datetime,
) -> Engagement:
    """Say which agreed meeting a held one counts as, and in which workstream; empty is neither.

    Either side may, and may change what the other said: both read who did.

    Raises:
        NotAMeeting: see there.
        NobodySenior: it is to count as a senior one.
        WorkstreamMovedOn: the workstream is not open, or another partnership's.
    """
    visit = lock_visit(engagement)
    if visit.kind != EngagementKind.MEETING or visit.state != Engagement.State.HELD:
        raise NotAMeeting(_("Only a meeting that was held counts as one that was agreed."))
    if meeting == AgreedMeeting.SENIOR and not _has_senior(visit):
        raise NobodySenior(
            {"meeting": _("No inspector or more senior officer is listed as having come.")}
        )
    if workstream and workstream.pk != visit.workstream_id:
        require_open_workstream(workstream, visit.partnership)
    visit.meeting, visit.workstream = meeting, workstream
    visit.clean_fields(exclude=["institution", "partnership", "workstream"])
    visit.save(update_fields=["meeting", "workstream"])
    note_agreed_meetings(visit.partnership)
    record(
        "events.meeting_counted",
        subject=visit,
        by=by,
        at=at,
        institution=visit.institution,
        meeting=str(meeting),
        workstream=workstream and workstream.pk,
        side=str(side),
    )
    return visit


def note_agreed_meetings(partnership: Partnership) -> None:
    """Look up anew when each of the agreed meetings was held last."""
    held = Engagement.objects.agreed_meetings_of(partnership)

    def latest(meeting: str) -> date | None:
        return held.filter(meeting=meeting).aggregate(latest=Max("on"))["latest"]

    note_meetings(partnership, latest=latest)


def _has_senior(visit):
    return Engagement.objects.filter(pk=visit.pk).with_senior_officer().exists()
