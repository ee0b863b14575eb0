"""The part of a record that police send: bulletins in each state, and what was asked about one.

A bulletin goes to every mosque of an area, and whoever reads one record must not find another's
words. So these are sent by hand, to the record's own mosque alone.
"""

import datetime as dt

from partnerships.actions import bulletin_questions as questions
from partnerships.actions.bulletins import draft_bulletin
from partnerships.models import Bulletin, BulletinRecipient
from partnerships.models.bulletins import PARTS
from tests.roles import as_owner

LAST_DAY = dt.date(2026, 12, 20)


def make_bulletins(record, *, at, before):
    things = record.things
    things["bulletin_draft"] = _draft(record, "bulletin-draft", at=before)
    things["bulletin_checked"] = _put(
        _draft(record, "bulletin-checked", at=before),
        state="checked",
        checked_by=record.sergeant.contact,
        checked_at=before,
    )
    things["bulletin_statement"] = _draft(
        record, "bulletin-statement", at=before, kind="statement_of_fact"
    )
    things["bulletin"] = _sent(record, "bulletin", before)
    things["bulletin_withdrawn"] = _put(
        _sent(record, "bulletin-withdrawn", before),
        state="withdrawn",
        withdrawal=record.say("bulletin-reason"),
        withdrawn_by=record.sergeant.contact,
        withdrawn_at=at,
    )
    things["question"] = _ask(record, "bulletin-question", at=at)
    questions.answer_bulletin_question(
        question=_ask(record, "bulletin-question-answered", at=before),
        answer=record.say("bulletin-answer"),
        can_answer=True,
        by=record.sergeant,
        at=at,
    )


def _draft(record, what, *, at, kind="bulletin"):
    return draft_bulletin(
        unit=record.partnership.police_unit,
        kind=kind,
        parts={part: record.say(f"{what}-{part.replace('_', '-')}") for part in PARTS}
        | {"read_out": record.say(f"{what}-read-out")},
        areas=[record.institution.area_id],
        valid_until=LAST_DAY,
        questions_until=LAST_DAY,
        by=record.sergeant,
        at=at,
    )


def _put(bulletin, **fields):
    with as_owner():
        Bulletin.objects.filter(pk=bulletin.pk).update(**fields)
    return Bulletin.objects.get(pk=bulletin.pk)


def _sent(record, what, at):
    bulletin = _draft(record, what, at=at)
    by = record.sergeant.contact
    with as_owner():
        BulletinRecipient.objects.create(
            bulletin=bulletin, institution=record.institution, sent_at=at
        )
    return _put(
        bulletin,
        state="published",
        checked_by=by,
        checked_at=at,
        published_by=by,
        published_at=at,
        sent_to=1,
        told=1,
    )


def _ask(record, what, *, at):
    return questions.ask_bulletin_question(
        bulletin=record.things["bulletin"],
        institution=record.institution,
        text=record.say(what),
        is_named=False,
        by=record.hidden,
        at=at,
    )
