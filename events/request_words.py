"""Where a request stands, in sentences, and whom to ring about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.templatetags.ui import day, moment
from contacts.ladder import rung_with_deputies
from contacts.models import Contact, Institution, Purpose, WeeklyTime
from contacts.presenters import shown_name
from partnerships.models import Partnership, Side

from . import clocks
from .calendars.busy_windows import BusyWindow, busy_days
from .models import EngagementRequest

State = EngagementRequest.State
HOUR = timedelta(hours=1)
WHOLE_DAYS = (State.ACKNOWLEDGED, State.DECLINE_ASKED, State.FEEDBACK_DUE)


@dataclass(frozen=True)
class Clock:
    """``by`` says until when, ``left`` how long that is; ``is_late`` once it has passed."""

    by: str
    left: str
    is_late: bool


def clock_of(request: EngagementRequest, *, at: datetime) -> Clock | None:
    """Return the clock that runs, or None: a mosque owes nobody an answer."""
    due_at = clocks.due_at(request)
    police_owe = request.raised_side == Side.INSTITUTION or request.state in (
        State.CANCELLED_BY_POLICE,
        State.FEEDBACK_DUE,
    )
    if due_at is None or not police_owe:
        return None
    if request.state in WHOLE_DAYS:
        by = _("the end of %(day)s") % {"day": day(due_at - HOUR)}
    else:
        by = moment(due_at)
    return Clock(by, how_long(abs(due_at - at), late=at >= due_at), at >= due_at)


def how_long(span: timedelta, *, late: bool) -> str:
    """Write "31 hours left", "5 days late"; from three days on in days, rounded down."""
    hours = int(span / HOUR)
    if hours >= 96:
        days = hours // 24
        words = (
            ngettext("%(n)d day late", "%(n)d days late", days)
            if late
            else ngettext("%(n)d day left", "%(n)d days left", days)
        )
        return words % {"n": days}
    if hours < 1:
        return _("late now") if late else _("less than an hour left")
    words = (
        ngettext("%(n)d hour late", "%(n)d hours late", hours)
        if late
        else ngettext("%(n)d hour left", "%(n)d hours left", hours)
    )
    return words % {"n": hours}


def where_it_stands(request: EngagementRequest, clock: Clock | None, *, side: str | None) -> str:
    """Return the sentence at the head of a request: what comes next, from whom, until when."""
    asked = side == request.raised_side
    if clock and clock.is_late and request.state != State.FEEDBACK_DUE:
        return _("An answer was due by %(by)s (%(left)s).") % vars(clock)
    if request.state == State.SUBMITTED:
        if clock is None:
            return _("It is voluntary. The mosque answers when it can.")
        if asked:
            return _("A person will answer by %(by)s (%(left)s).") % vars(clock)
        return _("A person's answer is due by %(by)s; %(left)s.") % vars(clock)
    return _plain_sentence(request, clock, asked=asked)


def _plain_sentence(request, clock, *, asked):
    if request.state == State.ALTERNATIVE_PROPOSED:
        return (
            _("Look at what is proposed: accept it, propose once yourself, or ring.")
            if asked
            else _("Whoever asked looks at what was proposed.")
        )
    if clock and request.state == State.ACKNOWLEDGED:
        return _("Yes, another proposal or no is due by %(by)s.") % vars(clock)
    if clock and request.state == State.DECLINE_ASKED:
        return _("An inspector decides by %(by)s whether police decline.") % vars(clock)
    if clock and request.state == State.CANCELLED_BY_POLICE:
        return _("Police owe a new date by %(by)s; %(left)s.") % vars(clock)
    if clock and request.state == State.FEEDBACK_DUE:
        return _("Both sides can say how it was until %(by)s.") % vars(clock)
    return {
        State.ACKNOWLEDGED: _("A person has read it; an answer follows."),
        State.ACCEPTED: _("Agreed. Either side can put it in the calendar."),
        State.SCHEDULED: _("It is in both calendars."),
        State.REDIRECTED: _("It was passed to another team, which answers from here on."),
        State.DECLINED: _("It was declined."),
        State.WITHDRAWN: _("It was withdrawn; nothing more is needed."),
        State.CLOSED: _("It is closed. What was promised lives on."),
    }.get(request.state, "")


@dataclass(frozen=True)
class ToRing:
    """Somebody to ring. ``phone`` is never empty."""

    name: str
    phone: str

    @property
    def tel(self) -> str:
        """The number as a link writes it; empty where it is words."""
        return "".join(char for char in self.phone if char.isdigit() or char == "+")

    def __str__(self):
        return f"{self.name}, {self.phone}"


def officer_to_ring(partnership: Partnership) -> ToRing:
    """Return the named officer; ``current_leads`` must be loaded. Issues no query."""
    unit = partnership.police_unit
    fallback = unit.public_phone or settings.JOIN_PHONE
    for lead in partnership.current_leads:
        return ToRing(shown_name(lead.officer, unit=True), lead.officer.phone or fallback)
    return ToRing(unit.name, fallback)


def superiors_to_ring(request: EngagementRequest, *, at: datetime) -> list[ToRing]:
    """Return the inspectors, or the commanders once it is with them. Issues up to four queries."""
    on = localdate(at)
    over = request.partnership.institution
    rung = "commander" if request.recourse == "with_commander" else "inspector"
    people = rung_with_deputies(rung, over=over, on=on)
    people = people or rung_with_deputies("commander", over=over, on=on)
    fallback = request.partnership.police_unit.public_phone or settings.JOIN_PHONE
    own_first = sorted(people, key=lambda pair: pair[1] is not None)
    return [ToRing(_in_place_of(*pair), pair[0].phone or fallback) for pair in own_first]


def _in_place_of(person, away):
    if away is None:
        return shown_name(person)
    return _("%(name)s, standing in for %(away)s") % {
        "name": shown_name(person),
        "away": shown_name(away),
    }


def other_side_to_ring(request: EngagementRequest, *, side: str | None) -> ToRing:
    if side == Side.POLICE:
        mosque = request.institution
        return ToRing(mosque.name, mosque.public_phone or _("the number you have"))
    return officer_to_ring(request.partnership)


def shows_preference(request: EngagementRequest, *, reader: Contact | None, side: str) -> bool:
    """Say whether a wish for a woman officer is spelt out: to police and to whoever asked."""
    own = reader is not None and reader.pk in (request.raised_by_id, request.recorded_by_id)
    return side == Side.POLICE or own


def labels_in(entries: list[dict]) -> list[str]:
    """Return reference labels, given by language, in the reader's language."""
    return [Purpose(labels=labels).label for labels in entries]


def kept_free(institution: Institution, *, since: date) -> list[tuple[date, list[BusyWindow]]]:
    """Return what an institution keeps for itself in the week from a day on. One query."""
    return busy_days(WeeklyTime.objects.filter(institution=institution), since=since)
