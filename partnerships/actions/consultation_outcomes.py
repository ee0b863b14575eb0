"""Considering, deciding and reporting back; and what the days bring by themselves."""

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel
from config.sweeps import each_alone
from contacts.models import User
from partnerships import consultation_people as people
from partnerships.models import (
    Consultation,
    ConsultationResponse,
    ConsultationTheme,
    Partnership,
    PublishedItem,
    Side,
)

from .commitments import propose_commitment
from .consultation_answers import recount
from .consultation_states import (
    CLOSED,
    CONSIDERING,
    DECIDED,
    DRAFTED,
    REPORTED,
    WEEK_LEFT,
    State,
    locked,
    move,
    note,
    require_state,
    tell,
)
from .published import end_by_clock

Outcome = ConsultationTheme.Outcome


class NotReadByBoth(ValidationError):
    """A theme was not read by somebody of each side, or there is none."""


@transaction.atomic
def consider_consultation(*, consultation: Consultation, by: User, at: datetime) -> Consultation:
    """Take the answers as they are now and consider them; no further one is taken.

    Raises:
        ConsultationMovedOn: it is open still, or considered already.
        NotReadByBoth: see there.
    """
    consultation = locked(consultation)
    require_state(consultation, State.CLOSED)
    answers = ConsultationResponse.objects.current().of(consultation)
    if answers.exists() and not consultation.themes.exists():
        raise NotReadByBoth(_("Name the themes of the answers first."))
    if consultation.themes.uncoded().exists():
        raise NotReadByBoth(
            _("Two people read each theme, one of them of the umbrella body. One is not read yet.")
        )
    recount(consultation)
    consultation.positions = answers.by_position()
    move(consultation, State.CONSIDERING, at=at)
    note("considering", consultation, by=by, at=at)
    tell(CONSIDERING, consultation, people.respondents(consultation, on=localdate(at)), at=at)
    return consultation


@transaction.atomic
def decide_theme(
    *,
    theme: ConsultationTheme,
    outcome: str,
    changed: str,
    unchanged: str,
    why: str,
    by: User,
    at: datetime,
    promise: str = "",
    promise_due_on: date | None = None,
) -> ConsultationTheme:
    """Say of one theme what changed, what did not, and why; until the whole is decided, anew.

    Raises:
        ConsultationMovedOn: it is not being considered.
        ValidationError: words are missing, or the promise's day.
    """
    consultation = locked(theme.consultation)
    theme = ConsultationTheme.objects.for_action().get(pk=theme.pk)
    require_state(consultation, State.CONSIDERING)
    if promise.strip() and not promise_due_on:
        raise ValidationError({"promise_due_on": _("Say by which day it is done.")})
    if promise.strip() and promise_due_on < localdate(at):
        raise ValidationError({"promise_due_on": _("The day must not have passed.")})
    theme.outcome, theme.why = outcome, why.strip()
    theme.changed, theme.unchanged = changed.strip(), unchanged.strip()
    theme.promise, theme.decided_by = promise.strip(), by.contact
    theme.promise_due_on = promise_due_on if theme.promise else None
    theme.full_clean(exclude=["named_by", "second_by"])
    theme.save()
    record(
        "partnerships.consultation_theme_decided",
        subject=theme,
        by=by,
        at=at,
        institution=theme.institution,
        outcome=outcome,
    )
    return theme


@transaction.atomic
def decide_consultation(
    *, consultation: Consultation, decision: str, by: User, at: datetime
) -> Consultation:
    """Decide, once each theme says what came of it; the umbrella body is told.

    Raises:
        ConsultationMovedOn: it is not being considered.
        ValidationError: a theme has no outcome, there are no words, or it has not closed before.
    """
    consultation, on = locked(consultation), localdate(at)
    require_state(consultation, State.CONSIDERING)
    if consultation.themes.undecided().exists():
        raise ValidationError(_("Say of each theme what changed, what did not, and why."))
    if not decision.strip():
        raise ValidationError({"decision": _("Say what was decided.")})
    if on <= consultation.closes_on:
        raise ValidationError(_("It cannot be decided before it has closed."))
    consultation.decision, consultation.decided_on = decision.strip(), on
    consultation.decided_by = by.contact
    move(consultation, State.DECIDED, at=at)
    note("decided", consultation, by=by, at=at)
    tell(DECIDED, consultation, people.convenors(consultation, on=on), at=at)
    return consultation


@transaction.atomic
def report_back(*, consultation: Consultation, by: User, at: datetime) -> Consultation:
    """Publish to every respondent and the panel what came of it, and make its promises.

    A promise is made to the umbrella body that convened it, which alone may call it kept.

    Raises:
        ConsultationMovedOn: it is not decided, or was reported back.
    """
    consultation, on = locked(consultation), localdate(at)
    require_state(consultation, State.DECIDED)
    consultation.reported_at = at
    move(consultation, State.REPORTED_BACK, at=at)
    promises = _promise(consultation, by=by, at=at)
    note("reported", consultation, by=by, at=at, promises=promises)
    who = people.respondents(consultation, on=on) + people.convenors(consultation, on=on)
    tell(REPORTED, consultation, who + people.panel(consultation, on=on), at=at)
    return consultation


def _promise(consultation, *, by, at):
    promised = consultation.themes.exclude(promise="").order_by("pk")
    partnership = Partnership.objects.primary().live().for_action()
    partnership = partnership.filter(institution=consultation.co_convenor_id).first()
    if not promised or partnership is None or not partnership.takes_new_work:
        return 0  # the words stand in the report; nobody is there to call them kept
    if not by.standing.reaches(partnership.institution, frozenset({"coordinator"})):
        raise ValidationError(
            _("Somebody who coordinates where the umbrella body is has to do it.")
        )
    for theme in promised:
        theme.commitment = propose_commitment(
            partnership=partnership,
            text=theme.promise,
            owner_side=Side.POLICE,
            due_on=max(theme.promise_due_on, localdate(at)),
            side=Side.POLICE,
            by=by,
            at=at,
            mail=False,
        )
        theme.save(update_fields=["commitment"])
    return len(promised)


# --- By the clock --------------------------------------------------------------------------------


def tell_convenors(*, at: datetime) -> int:
    """Tell umbrella bodies of whole drafts, which wait for their word, each once.

    A task does it, for a mosque that asks police to consult does not see who leads the body.
    """
    waiting = Consultation.objects.to_tell().order_by("pk").values_list("pk", flat=True)
    return each_alone(waiting, partial(_tell_one, at=at), sweep="partnerships.watch_consultations")


@transaction.atomic
def _tell_one(number: int, *, at: datetime) -> int:
    consultation = _take(Consultation.objects.to_tell(), number)
    if consultation is None:
        return 0
    consultation.convenor_told_at = at
    consultation.save(update_fields=["convenor_told_at"])
    note("convenor_told", consultation, by=None, at=at)
    who = people.convenors(consultation, on=localdate(at))
    tell(DRAFTED, consultation, who, at=at, occurrence=at)
    return 1


def remind_of_consultations(*, at: datetime) -> int:
    """Tell those who have not answered that a week is left, each once.

    What was opened with no more than that left needs no such word.
    """
    by = localdate(at) + _week()
    due = Consultation.objects.to_remind(by=by).order_by("pk").values_list("pk", flat=True)
    return each_alone(due, partial(_remind, by=by, at=at), sweep="partnerships.watch_consultations")


@transaction.atomic
def _remind(number: int, *, by: date, at: datetime) -> int:
    consultation = _take(Consultation.objects.to_remind(by=by), number)
    if consultation is None:
        return 0
    consultation.reminded_at = at
    consultation.save(update_fields=["reminded_at"])
    note("reminded", consultation, by=None, at=at)
    if localdate(consultation.opened_at) < consultation.closes_on - _week():
        silent = people.invited(consultation, on=localdate(at), silent=True)
        tell(WEEK_LEFT, consultation, silent, at=at)
    return 1


def _week():
    return timedelta(days=settings.PORTAL_CLOCKS["consultation_remind_days"])


def close_consultations(*, at: datetime) -> int:
    """Close what is past its last day; who decides is told. Running again changes nothing."""
    due = Consultation.objects.to_close(on=localdate(at)).order_by("pk")
    numbers = due.values_list("pk", flat=True)
    return each_alone(numbers, partial(_close, at=at), sweep="partnerships.watch_consultations")


@transaction.atomic
def _close(number: int, *, at: datetime) -> int:
    on = localdate(at)
    consultation = _take(Consultation.objects.to_close(on=on), number)
    if consultation is None:
        return 0
    move(consultation, State.CLOSED, at=at)
    if consultation.public_item_id:
        end_by_clock(PublishedItem.objects.get(pk=consultation.public_item_id), at=at)
    note("closed", consultation, by=None, at=at)
    cancel(about=consultation, at=at, kinds=[WEEK_LEFT])
    tell(CLOSED, consultation, people.owners(consultation, on=on), at=at)
    return 1


def _take(rows, number):
    rows = rows.for_action().select_for_update(of=["self"], skip_locked=True)
    return rows.filter(pk=number).first()
