"""Questions about a bulletin: asked by who was sent it, answered for everybody within a time."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from contacts.models import Institution, User
from partnerships import audience
from partnerships.models import Bulletin, BulletinAsker, BulletinQuestion

State = BulletinQuestion.State
ASKED, ANSWERED = "partnerships.bulletin_question_asked", "partnerships.bulletin_question_answered"
WARNED, OVERDUE = "partnerships.bulletin_question_warned", "partnerships.bulletin_question_overdue"


class TakesNoQuestions(ValidationError):
    """Questions are over, or the institution was not sent the bulletin."""


class AnsweredAlready(ValidationError):
    """Somebody else was quicker; an answer stays as it is."""


@transaction.atomic
def ask_bulletin_question(
    *,
    bulletin: Bulletin,
    institution: Institution,
    text: str,
    is_named: bool,
    by: User,
    at: datetime,
) -> BulletinQuestion:
    """Ask for an institution that was sent the bulletin; all who were sent it read the question.

    Its name stands there only if ``is_named``. Who it was is kept in a row for the asker alone.

    Raises:
        TakesNoQuestions: see there.
    """
    bulletin = Bulletin.objects.for_action().get(pk=bulletin.pk)
    if not bulletin.takes_questions(localdate(at)):
        raise TakesNoQuestions(_("The time for questions about this bulletin is over."))
    if not bulletin.recipients.filter(institution=institution).exists():
        raise TakesNoQuestions(_("Questions are for those whom it was sent to."))
    question = BulletinQuestion(
        bulletin=bulletin,
        institution=bulletin.institution,
        text=text.strip(),
        asked_as=institution.name if is_named else "",
        asked_at=at,
    )
    question.full_clean()
    question.save()
    asker = BulletinAsker(question=question, institution=institution, asked_by=by.contact)
    asker.full_clean()
    asker.save()
    _record("asked", question, by=None, at=at)  # the trail must not say who, either
    for recipient in audience.answerers(bulletin, on=localdate(at)):
        _promise(ASKED, question, recipient, at=at)
    return question


@transaction.atomic
def answer_bulletin_question(
    *, question: BulletinQuestion, answer: str, can_answer: bool, by: User, at: datetime
) -> BulletinQuestion:
    """Answer for everybody who was sent the bulletin; whoever asked is told that it is there.

    "We can't answer because …" is an answer: ``can_answer`` is False and ``answer`` says why.

    Raises:
        AnsweredAlready: see there.
    """
    question = BulletinQuestion.objects.for_action().get(pk=question.pk)
    to = State.ANSWERED if can_answer else State.CANNOT_ANSWER
    if to not in BulletinQuestion.MOVES[State(question.state)]:
        raise AnsweredAlready(_("It was answered already. Look at it again."))
    if not answer.strip():
        raise ValidationError({"answer": _("Enter the answer, or say why police can’t answer.")})
    question.state, question.answer = to, answer.strip()
    question.answered_by, question.answered_at = by.contact, at
    question.full_clean()
    question.save()
    _record("answered", question, by=by, at=at, state=to)
    cancel(about=question, at=at, kinds=[ASKED, WARNED, OVERDUE])
    _promise(ANSWERED, question, To.address(question), at=at)  # who that is, the sender looks up
    return question


def watch_bulletin_questions(*, at: datetime) -> int:
    """Remind at 48 hours and tell inspectors at 72, each once. Returns how many notices that is."""
    warn = partial(_warn, at=at)
    escalate = partial(_escalate, at=at)
    done = each_alone(_numbers(_to_warn(at)), warn, sweep="partnerships.warn_questions")
    late = _numbers(_to_escalate(at))
    return done + each_alone(late, escalate, sweep="partnerships.escalate_questions")


def _to_warn(at):
    hours = settings.PORTAL_CLOCKS["bulletin_warn_hours"]
    return BulletinQuestion.objects.to_warn(at=at, hours=hours)


def _to_escalate(at):
    hours = settings.PORTAL_CLOCKS["bulletin_answer_hours"]
    return BulletinQuestion.objects.to_escalate(at=at, hours=hours)


def _numbers(rows):
    return rows.order_by("asked_at", "pk").values_list("pk", flat=True)


@transaction.atomic
def _warn(number: int, *, at: datetime) -> int:
    question = _to_warn(at).skipping_locked().filter(pk=number).first()
    if question is None:
        return 0
    question.warned_at = at
    question.save(update_fields=["warned_at"])
    _record("warned", question, by=None, at=at)
    for recipient in audience.answerers(question.bulletin, on=localdate(at)):
        _promise(WARNED, question, recipient, at=at)
    return 1


@transaction.atomic
def _escalate(number: int, *, at: datetime) -> int:
    question = _to_escalate(at).skipping_locked().filter(pk=number).first()
    if question is None:
        return 0
    question.escalated_at = at
    question.save(update_fields=["escalated_at"])
    _record("escalated", question, by=None, at=at)
    for recipient in audience.inspectors(question.institution, on=localdate(at)):
        _promise(OVERDUE, question, recipient, at=at)
    return 1


def _promise(kind, question, recipient, *, at):
    schedule(
        kind,
        about=question,
        recipient=recipient,
        occurrence=1,
        due_at=next_allowed(at),
        at=at,
    )


def _record(verb, question, *, by, at, **details):
    record(
        f"partnerships.bulletin_question_{verb}",
        subject=question,
        by=by,
        at=at,
        institution=question.institution,
        **details,
    )
