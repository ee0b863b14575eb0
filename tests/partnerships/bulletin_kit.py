"""Bulletins in each state, made through the actions."""

import datetime as dt

from config.outbox.models import Message
from partnerships.actions import bulletin_questions as questions
from partnerships.actions import bulletins
from partnerships.models import Bulletin
from tests.factories import make_institution, make_person

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)  # a Monday, in no quiet hour
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ON = AT.date()
PARTS = {
    "title": "Roadworks by the river",
    "happening": "The bridge is shut until Sunday.",
    "why": "Its handrail broke.",
    "meaning": "Walk round by the mill.",
    "unknown": "How long the repair takes.",
    "unsaid": "Nothing is held back.",
    "decided": "The council’s engineer.",
    "read_out": "The bridge is shut until Sunday. Please walk round by the mill.",
}
State = Bulletin.State


def draft(world, **changes):
    given = {
        "unit": world.team,
        "kind": "bulletin",
        "parts": PARTS,
        "areas": [world.neighbourhood.pk],
        "valid_until": ON + 14 * DAY,
        "questions_until": ON + 10 * DAY,
        "by": world.sergeant,
        "at": AT,
    }
    return bulletins.draft_bulletin(**given | changes)


def checked(world, **changes):
    return bulletins.check_bulletin(bulletin=draft(world, **changes), by=world.coordinator, at=AT)


def published(world, **changes):
    return bulletins.publish_bulletin(
        bulletin=checked(world, **changes), by=world.coordinator, at=AT
    )


def statement(world, **changes):
    return draft(world, **{"kind": "statement_of_fact"} | changes)


def updated(world, **changes):
    return bulletins.update_bulletin(
        bulletin=published(world, **changes),
        parts=PARTS | {"happening": "The bridge is open again."},
        by=world.sergeant,
        at=AT + HOUR,
    )


def withdrawn(world, **changes):
    return bulletins.withdraw_bulletin(
        bulletin=published(world, **changes), reason="A wrong day.", by=world.coordinator, at=AT
    )


def expired(world, **changes):
    bulletin = published(world, **changes)
    bulletins.expire_bulletins(at=AT + 20 * DAY)
    return Bulletin.objects.get(pk=bulletin.pk)


IN_STATE = {
    State.DRAFT: draft,
    State.CHECKED: checked,
    State.PUBLISHED: published,
    State.UPDATED: updated,
    State.WITHDRAWN: withdrawn,
    State.EXPIRED: expired,
}


def ask(world, bulletin, **changes):
    given = {
        "bulletin": bulletin,
        "institution": world.mosque,
        "text": "May wheelchairs pass?",
        "is_named": False,
        "by": world.imam,
        "at": AT,
    }
    return questions.ask_bulletin_question(**given | changes)


def answer(world, question, **changes):
    given = {
        "question": question,
        "answer": "Yes, by the mill.",
        "can_answer": True,
        "by": world.sergeant,
        "at": AT + HOUR,
    }
    return questions.answer_bulletin_question(**given | changes)


def ct_unit(world):
    """A unit that sees nothing unless a mosque invites it, with an officer: (unit, user)."""
    unit = make_institution(
        "police_unit", "Millbrook CT", world.district, unit_function="counter_terrorism"
    )
    return unit, make_person(unit, "officer", "Lena Frost")


def told(kind):
    """Return whom that kind of mail was promised to, each as often as it was."""
    rows = Message.objects.filter(kind=f"partnerships.{kind}").exclude(state="cancelled")
    return sorted((row.recipient_kind, row.recipient_id) for row in rows)


def users(*people):
    return sorted(("user", str(user.pk)) for user in people)
