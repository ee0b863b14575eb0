"""Bulletins that wait to be checked, signed off, sent or answered; and what came this week."""

from datetime import datetime, timedelta

from django.conf import settings

from contacts.models import User
from partnerships.models import Bulletin, BulletinQuestion

from .together import Found, Part

TO_CHECK, TO_SEND, TO_SIGN = "bulletins_to_check", "bulletins_to_send", "bulletins_to_sign"
TO_ANSWER, LATE, NEWS = "questions_to_answer", "questions_late", "bulletins"
WEEK = timedelta(days=7)
SAYS = {"function": "institution__unit_function", "kind": "kind"}


def bulletins_to_send(user: User) -> list[Part]:
    """Say what waits for a coordinator's check, and what was checked."""
    over = user.standing.within(frozenset({"coordinator"}))
    drafts = Bulletin.objects.drafts().filter(over)
    return [
        _drafts(TO_CHECK, drafts.filter(state="draft")),
        _drafts(TO_SEND, drafts.filter(state="checked")),
    ]


def bulletins_to_sign_off(user: User, *, role: str) -> Part:
    """Say which statements of fact ``user`` may sign off in that role."""
    return _drafts(TO_SIGN, Bulletin.objects.to_be_signed_off_by(user, role=role))


def questions_to_answer(user: User, *, at: datetime) -> Part:
    """Say which questions ``user`` may answer for their unit or area."""
    return _questions(TO_ANSWER, BulletinQuestion.objects.answerable_by(user), at)


def questions_late(user: User, *, role: str, at: datetime) -> Part:
    """Say which questions climbed to ``user`` in that role."""
    return _questions(LATE, BulletinQuestion.objects.escalated_to(user, role=role), at)


def bulletins_this_week(user: User, *, at: datetime) -> Part:
    """Say what one's own institution was sent within a week and still holds."""
    rows = (
        Bulletin.objects.received_by(user).published_since(at - WEEK).filter(published_at__lte=at)
    )
    return Part(NEWS, rows, _sent, SAYS | {"at": "published_at"}, ("-published_at",))


def _drafts(code, rows):
    return Part(code, rows, _drafted, SAYS | {"at": "drafted_at"}, ("state_at",))


def _drafted(found: Found) -> Bulletin:
    return Bulletin(
        ref=found.ref, kind=found.kind, drafted_at=found.at, institution=found.institution
    )


def _sent(found: Found) -> Bulletin:
    return Bulletin(
        ref=found.ref, kind=found.kind, published_at=found.at, institution=found.institution
    )


def _questions(code, rows, at):
    hours = timedelta(hours=settings.PORTAL_CLOCKS["bulletin_answer_hours"])

    def asked(found: Found) -> BulletinQuestion:
        question = BulletinQuestion(
            ref=found.ref,
            asked_at=found.at,
            institution=found.institution,
            bulletin=Bulletin(ref=found.parent),
        )
        question.due_at = question.asked_at + hours
        question.is_late = at >= question.due_at
        return question

    return Part(code, rows, asked, {"parent": "bulletin__ref", "at": "asked_at"}, ("asked_at",))
