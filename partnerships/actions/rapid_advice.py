"""Asking an umbrella body for advice within hours; it is no consultation, nor counted as one."""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.sweeps import each_alone
from contacts.mail import to_people
from contacts.models import Contact, Institution, User
from partnerships import consultation_people as people
from partnerships.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationResponse,
    Partnership,
)

from .consultation_answers import keep_response
from .consultation_states import State, keep, locked, move, require_state

ASKED, GIVEN = "partnerships.advice_asked", "partnerships.advice_given"
CLOSED, REPORTED = "partnerships.advice_closed", "partnerships.advice_reported"
ADVICE = Consultation.Kind.RAPID_ADVICE


@transaction.atomic
def ask_rapid_advice(
    *,
    unit: Institution,
    co_convenor: Institution,
    title: str,
    question: str,
    urgency: str,
    withheld: str,
    hours: int,
    by: User,
    at: datetime,
) -> Consultation:
    """Ask an umbrella body at once; its leads are told, whatever the hour.

    ``withheld`` says what police could not tell them, and why.

    Raises:
        ValidationError: no police unit, no umbrella body that goes on with it, words are missing.
    """
    if not (unit.is_police and unit.unit_function):
        raise ValidationError(_("A police unit asks, and says what that unit is for."))
    goes_on = Partnership.objects.joined_in(unit.force_id, ()).filter(institution=co_convenor)
    if co_convenor.kind != Institution.Kind.UMBRELLA_BODY or not goes_on.exists():
        raise ValidationError({"co_convenor": _("Ring them: they have paused, or not joined.")})
    if hours not in Consultation.ADVICE_HOURS:
        raise ValidationError({"hours": _("Select a number of hours from the list.")})
    said = {"question": question, "urgency": urgency, "withheld": withheld}
    if empty := [name for name, words in said.items() if not words.strip()]:
        raise ValidationError(
            {name: _("Say it, so that they know what they advise on.") for name in empty}
        )
    advice = Consultation(
        kind=ADVICE,
        state=State.OPEN,
        institution=unit,
        co_convenor=co_convenor,
        convenor_name=co_convenor.name,
        title=title.strip(),
        visibility=Consultation.Visibility.POLICE,
        answer_by=at + timedelta(hours=hours),
        **{name: words.strip() for name, words in said.items()},
        **dict.fromkeys(("drafted_by", "opened_by"), by.contact),
        **dict.fromkeys(("state_at", "drafted_at", "opened_at", "convenor_told_at"), at),
    )
    keep(advice)
    ConsultationInvitee.objects.create(consultation=advice, institution=co_convenor, invited_at=at)
    _note(ASKED, advice, by=by, at=at, hours=hours)
    _tell(ASKED, advice, people.convenors(advice, on=localdate(at)), at=at)
    return advice


@transaction.atomic
def give_advice(*, advice: Consultation, text: str, by: User, at: datetime) -> ConsultationResponse:
    """Advise for the umbrella body; whoever asked is told at once.

    Late advice is taken, and marked, until police have said what they did.

    Raises:
        ConsultationMovedOn: they have, or it is a consultation.
        ValidationError: there are no words.
    """
    advice = locked(advice, ADVICE)
    require_state(advice, *Consultation.ANSWERABLE)
    response = keep_response(
        advice,
        institution=advice.co_convenor,
        capacity=ConsultationResponse.Capacity.UMBRELLA,
        position=ConsultationResponse.Position.NEITHER,
        text=text.strip(),
        is_late=at > advice.answer_by,
        answered_by=by.contact,
        answered_at=at,
    )
    record(
        GIVEN,
        subject=response,
        by=by,
        at=at,
        institution=response.institution,
        again=response.is_again,
    )
    _tell(GIVEN, advice, _askers(advice, at), at=at)
    return response


@transaction.atomic
def report_on_advice(
    *, advice: Consultation, decision: str, by: User, at: datetime
) -> Consultation:
    """Say what police did, and what they did with the advice; the umbrella body is told.

    Raises:
        ConsultationMovedOn: it was said before, or it is a consultation.
        ValidationError: there are no words.
    """
    advice = locked(advice, ADVICE)
    require_state(advice, *Consultation.ANSWERABLE)
    if not decision.strip():
        raise ValidationError({"decision": _("Say what you did, and what with the advice.")})
    advice.decision, advice.decided_on = decision.strip(), localdate(at)
    advice.decided_by, advice.reported_at = by.contact, at
    move(advice, State.REPORTED_BACK, at=at)
    _note(REPORTED, advice, by=by, at=at)
    cancel(about=advice, at=at, kinds=[ASKED, GIVEN, CLOSED])
    _tell(REPORTED, advice, people.convenors(advice, on=localdate(at)), at=at)
    return advice


def close_advice(*, at: datetime) -> int:
    """Close what is past its hour; whoever asked is told. Running again changes nothing."""
    due = Consultation.objects.advice_to_close(at=at).order_by("pk").values_list("pk", flat=True)
    return each_alone(due, partial(_close, at=at), sweep="partnerships.watch_consultations")


@transaction.atomic
def _close(number: int, *, at: datetime) -> int:
    due = Consultation.objects.advice_to_close(at=at).for_action()
    advice = due.select_for_update(of=["self"], skip_locked=True).filter(pk=number).first()
    if advice is None:
        return 0
    move(advice, State.CLOSED, at=at)
    _note(CLOSED, advice, by=None, at=at)
    if not advice.answered_umbrella:
        _tell(CLOSED, advice, _askers(advice, at), at=at)
    return 1


def _askers(advice, at):
    """Return who asked, those over the unit who may say what was done, and the unit's inbox."""
    asked = Contact.objects.filter(pk=advice.opened_by_id)  # whom the other side may not see
    return to_people(asked) + people.owners(advice, on=localdate(at))


def _note(code, advice, *, by, at, **details):
    record(code, subject=advice, by=by, at=at, institution=advice.institution, **details)


def _tell(kind, advice, recipients, *, at):
    """Promise each the mail at once: hours count, in the night as well."""
    for recipient in dict.fromkeys(recipients):
        schedule(kind, about=advice, recipient=recipient, occurrence=at, due_at=at, at=at)
