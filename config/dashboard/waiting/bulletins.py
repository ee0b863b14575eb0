"""Bulletins that wait to be checked, signed off, sent or answered; and what came this week."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from contacts.models import User
from partnerships.models import Bulletin, BulletinQuestion

from .sections import Section, sections

LONGEST_FIRST = [F("state_at").asc(), F("pk").asc()]
NEWEST_FIRST = [F("published_at").desc(), F("pk").desc()]
ASKED_FIRST = [F("asked_at").asc(), F("pk").asc()]
TO_CHECK, TO_SEND, TO_SIGN = "bulletins_to_check", "bulletins_to_send", "bulletins_to_sign"
TO_ANSWER, LATE, NEWS = "questions_to_answer", "questions_late", "bulletins"
WEEK = timedelta(days=7)


def bulletins_to_send(user: User) -> dict[str, Section]:
    """Return what waits for a coordinator's check, and what was checked. One query."""
    over = user.standing.within(frozenset({"coordinator"}))
    drafts = Bulletin.objects.drafts().filter(over)
    conditions = {TO_CHECK: Q(state="draft"), TO_SEND: Q(state="checked")}
    return sections(drafts.for_home(), conditions, order_by=LONGEST_FIRST)


def bulletins_to_sign_off(user: User, *, role: str) -> Section:
    """Return the statements of fact that ``user`` may sign off in that role. One query."""
    waiting = Bulletin.objects.to_be_signed_off_by(user, role=role).for_home()
    return sections(waiting, {TO_SIGN: Q(state="draft")}, order_by=LONGEST_FIRST)[TO_SIGN]


def questions_to_answer(user: User, *, at: datetime) -> Section:
    """Return the questions that ``user`` may answer for their unit or area. One query."""
    rows = BulletinQuestion.objects.answerable_by(user).for_list()
    return _due(sections(rows, {TO_ANSWER: Q(state="open")}, order_by=ASKED_FIRST)[TO_ANSWER], at)


def questions_late(user: User, *, role: str, at: datetime) -> Section:
    """Return the questions that climbed to ``user`` in that role. One query."""
    rows = BulletinQuestion.objects.escalated_to(user, role=role).for_list()
    return _due(sections(rows, {LATE: Q(state="open")}, order_by=ASKED_FIRST)[LATE], at)


def bulletins_this_week(user: User, *, at: datetime) -> Section:
    """Return what one's own institution was sent within a week and still holds. One query."""
    rows = Bulletin.objects.received_by(user).published_since(at - WEEK).for_home()
    return sections(rows, {NEWS: Q(published_at__lte=at)}, order_by=NEWEST_FIRST)[NEWS]


def _due(section, at):
    hours = timedelta(hours=settings.PORTAL_CLOCKS["bulletin_answer_hours"])
    for question in section.rows:
        question.due_at = question.asked_at + hours
        question.is_late = at >= question.due_at
    return section
