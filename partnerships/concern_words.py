"""A concern in words: where it stands, by when, what was said at each step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.web.templatetags.ui import day, moment
from contacts.ladder import rung_with_deputies
from contacts.models import User
from contacts.presenters import shown_name

from . import concern_clocks as clocks
from .concern_wordings import words_of_concern
from .models import Concern, ConcernStep, Side
from .ringing import ToRing
from .text_record import TextRecord, show_words

State, Closing, Move = Concern.State, Concern.Closing, ConcernStep.Move
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """``by`` says until when police owe an answer, ``left`` how long that is."""

    by: str
    left: str
    is_late: bool


def clock_of(concern: Concern, *, at: datetime) -> Clock | None:
    due_at = clocks.due_at(concern)
    if due_at is None:
        return None
    late = at >= due_at
    if concern.state == State.RAISED:
        return Clock(moment(due_at), _how_long(abs(due_at - at), late=late), late)
    by = _("the end of %(day)s") % {"day": day(concern.due_on)}
    return Clock(by, _how_long(abs(due_at - at), late=late), late)


def _how_long(span, *, late):
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


def where_it_stands(concern: Concern, clock: Clock | None) -> str:
    """Return the sentence at the head of a concern: what comes next, from whom, until when."""
    if clock and clock.is_late:
        return _("An answer was due by %(by)s (%(left)s).") % vars(clock)
    if concern.state == State.RAISED:
        return _("A person answers by %(by)s (%(left)s).") % vars(clock)
    if clock and concern.level != Concern.Level.FIRST:
        return _("%(level)s owes another answer by %(by)s (%(left)s).") % {
            "level": concern.level_name,
            **vars(clock),
        }
    if clock:
        return _("The answer is due by %(by)s (%(left)s).") % vars(clock)
    if concern.state == State.ACCEPTED:
        return {
            Closing.PROPOSED: _("Those who raised it look at the words; only they can close it."),
            Closing.REWORDING: _("Police write the words anew, as those who raised it asked."),
        }.get(concern.closing, _("Police now write what was said and what was done."))
    return _SENTENCES.get(concern.state, "") and str(_SENTENCES[concern.state])


_SENTENCES = {
    State.ANSWERED: gettext_lazy("Those who raised it accept the answer, or challenge it."),
    State.CHALLENGED: gettext_lazy("It goes to the independent panel."),
    State.ESCALATED: gettext_lazy("It is with the independent panel."),
    State.PASSED_TO_COMPLAINTS: gettext_lazy("It is a formal complaint. Here it is only read."),
    State.CLOSED: gettext_lazy("It is closed by those who raised it, in words they approved."),
    State.CLOSED_NOT_AGREED: gettext_lazy("It is closed without agreement."),
    State.WITHDRAWN: gettext_lazy("It was withdrawn; nothing more is needed."),
}


@dataclass(frozen=True)
class Told:
    """One step with the shared text said at it, or with what was said against its own words."""

    step: ConcernStep
    record: TextRecord | None
    said: TextRecord | None


def told_of(concern: Concern, user: User) -> list[Told]:
    """Return the steps in their order, with what was said; steps must be loaded. Two queries."""
    show_words(words_of_concern(concern), user)
    return [
        Told(step, getattr(step, "told", None), getattr(step, "words_told", None))
        for step in concern.steps.all()
    ]


def last_of(told: list[Told], *moves: str) -> Told | None:
    """Return the last step of those moves that carries a text."""
    return next((t for t in reversed(told) if t.step.move in moves and t.record), None)


def unanswered_view(told: list[Told]) -> Told | None:
    """Return the panel's view for as long as no answer came after it."""
    last = last_of(told, Move.ANSWERED, Move.PANEL_VIEW)
    return last if last and last.step.move == Move.PANEL_VIEW else None


def superiors_to_ring(concern: Concern, *, at: datetime) -> list[ToRing]:
    """Return the inspectors, or the commanders once it is with them. Issues up to four queries."""
    on, over = localdate(at), concern.institution
    rung = "commander" if concern.recourse == Concern.Recourse.WITH_COMMANDER else "inspector"
    people = rung_with_deputies(rung, over=over, on=on)
    people = people or rung_with_deputies("commander", over=over, on=on)
    fallback = concern.partnership.police_unit.public_phone or settings.JOIN_PHONE
    own_first = sorted(people, key=lambda pair: pair[1] is not None)
    return [ToRing(shown_name(person), person.phone or fallback) for person, _away in own_first]


def side_names(concern: Concern) -> dict[str, str]:
    return {
        Side.POLICE: concern.partnership.police_unit.name,
        Side.INSTITUTION: concern.institution.name,
    }
