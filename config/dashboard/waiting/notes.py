"""Notes that wait: to be finished, read, corrected. Never their words."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from contacts.models import User
from events.models import Attendance, Engagement, SharedNote
from partnerships.models import Correction

from .desks import Desk
from .sections import Section, sections

OLDEST_FIRST = [F("starts_at").asc(), F("pk").asc()]
OPEN = ("draft", "shared", "correction_open")
# A visit can be logged up to a year back; what has no note for longer will get none.
WITHOUT_NOTE_SINCE = timedelta(days=400)


def notes_waiting(desk: Desk) -> dict[str, Section]:
    """Return sections ``finish``, ``corrections``, ``kept_wording`` and ``to_read``. One query.

    An officer's own visits are among them wherever they were.
    """
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
    found = _open_at(desk, desk.at)
    if desk.is_police:
        found += _open_of(desk.user, desk.at)
    held = Engagement.objects.held().filter(pk__in=_together(found))
    return sections(held.for_list(), conditions, order_by=OLDEST_FIRST)


def notes_late(user: User, *, before: date, at: datetime) -> dict[str, Section]:
    """Return ``not_recorded`` and ``notes_late``, for the coordinator. One query.

    Of days before ``before``: what was planned and nobody has said whether it was held, and what
    police have held and not yet written up.
    """
    reach = user.standing.within({"coordinator"})
    visits = Engagement.objects.filter(reach, on__lt=before)
    found = _open_among(SharedNote.objects.filter(reach), visits, at)
    found.append(visits.planned().values("pk"))
    conditions = {
        "not_recorded": Q(state="planned"),
        "notes_late": Q(state="held") & _without_note("police"),
    }
    late = visits.filter(pk__in=_together(found))
    return sections(late.for_list(), conditions, order_by=OLDEST_FIRST)


def _open_at(desk, at):
    notes = SharedNote.objects.filter(
        institution__in=desk.institution_ids, engagement__partnership__in=desk.ids
    )
    return _open_among(notes, Engagement.objects.filter(partnership__in=desk.ids), at)


def _open_of(user, at):
    """Find the same among the visits that somebody logged or recorded as held, wherever.

    Whoever just came along elsewhere writes no note: see ``events.rules.visits``.
    """
    contact = user.standing.contact_id
    notes, visits = SharedNote.objects.all(), Engagement.objects.all()
    logged = (notes.filter(engagement__logged_by=contact), visits.filter(logged_by=contact))
    held = (
        notes.filter(engagement__held_recorded_by=contact),
        visits.filter(held_recorded_by=contact),
    )
    return _open_among(*logged, at) + _open_among(*held, at)


def _open_among(notes, visits, at):
    """Find what has an open note, and what has none."""
    open_ones = notes.filter(state__in=OPEN, text__withdrawn_at__isnull=True)
    none_yet = visits.held().filter(starts_at__gt=at - WITHOUT_NOTE_SINCE, note__isnull=True)
    return [open_ones.values("engagement_id"), none_yet.values("pk")]


def _together(found):
    """Join the ids found first, or the database reads every note."""
    first, *others = found
    return first.union(*others, all=True)


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
    me = user.standing.contact_id
    return Q(logged_by_id=me) | Q(held_recorded_by_id=me) | Q(Exists(present))
