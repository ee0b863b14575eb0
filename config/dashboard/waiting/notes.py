"""Notes that wait: to be finished, read, corrected. Never their words."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from contacts.models import User
from events.models import Attendance, Engagement, SharedNote
from partnerships.models import Correction

from .desks import Desk
from .sections import Section, sections

OLDEST_FIRST = [F("starts_at").asc(), F("pk").asc()]
# A visit can be logged up to a year back; what has no note for longer will get none.
WITHOUT_NOTE_SINCE = timedelta(days=400)


def notes_waiting(desk: Desk) -> dict[str, Section]:
    """Return sections ``finish``, ``corrections``, ``kept_wording`` and ``to_read``. One query."""
    mine, theirs = desk.side, desk.other_side
    unfinished = _without_note(mine)
    if not desk.sees_whole_team:
        unfinished &= _own(desk.user)
    conditions = {
        "finish": unfinished,
        "corrections": _in_correction("open") & Q(note__drafted_side=mine),
        "kept_wording": _in_correction("declined") & Q(note__drafted_side=theirs),
        "to_read": Q(note__state="shared", note__left_at__isnull=False, note__drafted_side=theirs),
    }
    notes = SharedNote.objects.filter(institution__in=desk.institution_ids)
    held = Engagement.objects.held().filter(partnership_id__in=desk.ids)
    waiting = _open_at(held, notes, desk.at)
    return sections(waiting.for_list(), conditions, order_by=OLDEST_FIRST)


def notes_late(user: User, *, before: date, at: datetime) -> Section:
    """Return what police have held before a day and not yet written up. One query."""
    reach = user.standing.within({"coordinator"})
    notes = SharedNote.objects.filter(reach)
    held = Engagement.objects.held().filter(reach, on__lt=before)
    conditions = {"notes_late": _without_note("police")}
    waiting = _open_at(held, notes, at)
    return sections(waiting.for_list(), conditions, order_by=OLDEST_FIRST)["notes_late"]


def _open_at(held, notes, at):
    """Keep what has no note or an open one; found first, or the database reads every note."""
    open_ones = notes.filter(
        state__in=["draft", "shared", "correction_open"], text__withdrawn_at__isnull=True
    )
    none_yet = held.filter(starts_at__gt=at - WITHOUT_NOTE_SINCE, note__isnull=True)
    found = open_ones.values("engagement_id").union(none_yet.values("pk"), all=True)
    return held.filter(pk__in=found)


def _without_note(side) -> Q:
    """Held, with a partner who has joined, and step 2 not done by the side that has begun it."""
    nobody = Q(note__isnull=True, logged_side=side)
    return Q(partnership__state="active") & (
        nobody | Q(note__state="draft", note__drafted_side=side)
    )


def _in_correction(state) -> Q:
    corrections = Correction.objects.filter(text=OuterRef("note__text"))
    still_open = Exists(corrections.filter(state="open"))
    in_correction = Q(note__state="correction_open")
    return in_correction & (Q(still_open) if state == "open" else ~Q(still_open))


def _own(user) -> Q:
    present = Attendance.objects.filter(
        engagement=OuterRef("pk"), officer_id=user.standing.contact_id
    )
    return Q(logged_by_id=user.standing.contact_id) | Q(Exists(present))
