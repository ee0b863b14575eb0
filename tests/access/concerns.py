"""The part of a record about concerns: one at each place where somebody may move it.

Those that came up to a commander hold ``concern-climbed`` in every box, all others ``concern-…``.
"""

import datetime as dt

from contacts.models import Topic
from partnerships.actions import concern_answers as answers
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.actions.concern_promises import promise_at_concern
from partnerships.actions.concerns import raise_concern
from partnerships.models import Concern
from tests.roles import as_owner

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CLIMBED = "concern-climbed"


def make_concerns(record, *, at, before):
    things, lead = record.things, {"by": record.lead, "at": at}
    things["concern_raised"] = _raised(record, at=at - HOUR)
    things["concern_late"] = _raised(record, at=before)
    things["concern_climbing"] = ladder.use_concern_recourse(
        concern=_raised(record, at=before), words=record.say("concern-recourse"), **lead
    )
    things["concern_acknowledged"] = _acknowledged(record, at=at, choice="complaint")
    things["concern_in_hand"] = _in_hand(record, at=at)
    things["concern_answered"] = _promised(record, at=at)
    things["concern_accepted"] = _accepted(record, at=at)
    things["concern_proposed"] = _proposed(record, at=at)
    things["concern_closed"] = closing.close_concern(
        concern=_proposed(record, at=at), audience="sides", **lead
    )
    things["concern_challenged"] = _at_level(_challenged(record, at=at), 1, at=at)
    _with_the_panel(record, at=at)


def _with_the_panel(record, *, at):
    things, long_ago = record.things, at - 29 * DAY
    things["concern_panel"] = _taken_up(record, at=at)
    things["concern_viewed"] = viewed = _viewed(record, at=long_ago)
    things["concern_viewed_step"] = viewed.steps.get(move="panel_view")
    things["concern_stated"] = stated = _viewed(record, at=long_ago)
    for side, by in (("police", record.sergeant), ("institution", record.hidden)):
        closing.state_view(
            concern=stated, statement=record.say(CLIMBED), side=side, by=by, at=long_ago
        )


def _promised(record, *, at):
    return promise_at_concern(
        concern=_answered(record, at=at),
        text=record.say("concern-promise"),
        owner_side="police",
        due_on=at.date() + 14 * DAY,
        side="police",
        by=record.officer,
        at=at,
    )


def _raised(record, *, at, what="concern-worry", **more):
    return raise_concern(
        partnership=record.partnership,
        parts={"worry": record.say(what), "would_help": record.say(what)},
        topic=Topic.objects.get(code="road_safety"),
        about="policy",
        by=record.hidden,
        at=at,
        **more,
    )


def _acknowledged(record, *, at, what="concern-read", first="concern-worry", **more):
    return answers.acknowledge_concern(
        concern=_raised(record, at=at, what=first, **more),
        answerer=record.officer.contact,
        words=record.say(what),
        by=record.officer,
        at=at,
    )


def _in_hand(record, *, at, what="concern-in-hand", **more):
    concern = _acknowledged(record, at=at, what=what, **more)
    return answers.take_in_hand(concern=concern, words=record.say(what), by=record.officer, at=at)


def _answered(record, *, at, what="concern-answer", **more):
    return answers.answer_concern(
        concern=_in_hand(record, at=at, **more),
        parts=dict.fromkeys(answers.ANSWER_PARTS, record.say(what)),
        by=record.officer,
        at=at,
    )


def _accepted(record, *, at):
    return answers.accept_answer(
        concern=_answered(record, at=at),
        words=record.say("concern-accepted"),
        by=record.hidden,
        at=at,
    )


def _proposed(record, *, at):
    return closing.propose_closing(
        concern=_accepted(record, at=at),
        parts=dict.fromkeys(closing.CLOSING_PARTS, record.say("concern-closing")),
        by=record.officer,
        at=at,
    )


def _challenged(record, *, at, what="concern-challenge"):
    return answers.challenge_answer(
        concern=_answered(record, at=at), why=record.say(what), by=record.hidden, at=at
    )


def _at_level(concern, level, *, at):
    """Put a challenge at a level, whether or not anybody stands there in this place."""
    due_on = None if level == Concern.Level.PANEL else at.date() + 14 * DAY
    with as_owner():
        Concern.objects.filter(pk=concern.pk).update(level=level, due_on=due_on)
    concern.refresh_from_db()
    return concern


def _taken_up(record, *, at):
    concern = answers.challenge_answer(
        concern=answers.answer_concern(
            concern=_in_hand(record, at=at, what=CLIMBED, first=CLIMBED),
            parts=dict.fromkeys(answers.ANSWER_PARTS, record.say(CLIMBED)),
            by=record.officer,
            at=at,
        ),
        why=record.say(CLIMBED),
        by=record.hidden,
        at=at,
    )
    concern = _at_level(concern, Concern.Level.PANEL, at=at)
    return ladder.take_up(concern=concern, by=record.sergeant, at=at)


def _viewed(record, *, at):
    return closing.record_panel_view(
        concern=_taken_up(record, at=at), view=record.say(CLIMBED), by=record.sergeant, at=at
    )


def concern_rows(row, *, team, mosque, readers, listed):
    """Return the rows of the table; a commander of the district reads what came up to them."""
    inspector, coordinator, commander = (
        frozenset({role}) for role in ("inspector", "coordinator", "commander")
    )
    above = {"sees": readers | commander, "near": commander}

    def named(pages, **more):
        return {
            f"partnerships:concern-{name}": row(may, f"concern_{of}", **({"sees": readers} | more))
            for name, (may, of) in pages.items()
        }

    return {
        "partnerships:concern-list": row(listed, methods="GET"),
        "partnerships:concern-raise": row(mosque, "partnership", readers),
        "partnerships:concern-record": row(team, "partnership", readers),
        **named({"detail": (readers, "in_hand")}, methods="GET"),
        **named(
            {
                "acknowledge": (team, "raised"),
                "choose": (mosque, "acknowledged"),
                "complain": (coordinator, "acknowledged"),
                "reassign": (team | coordinator, "acknowledged"),
                "take": (team, "acknowledged"),
                "update": (team, "in_hand"),
                "answer": (team, "in_hand"),
                "accept": (mosque, "answered"),
                "challenge": (mosque, "answered"),
                "take-up": (inspector, "challenged"),
                "recourse": (mosque, "late"),
                "answer-recourse": (inspector, "climbing"),
                "propose": (team, "accepted"),
                "close": (mosque, "proposed"),
                "reword": (mosque, "proposed"),
                "settled": (mosque, "closed"),
                "withdraw": (mosque, "raised"),
                "promise": (team | mosque, "answered"),
            }
        ),
        **named(
            {
                "state": (team | mosque | commander, "viewed"),
                "close-not-agreed": (coordinator, "stated"),
            },
            **above,
        ),
    }


PROMISED = {"text": "Bring the rota.", "owner_side": "police"} | {
    f"due_on_{at}": part for at, part in enumerate((20, 12, 2026))
}
ASKED = {"topic": "", "about": "policy", "urgency": "routine", "choice": "answer"} | {
    "may_see": "sides",
    "worry": "Stops outside after prayers.",
}
CONCERN_MOVES = {
    f"partnerships:concern-{name}": sent
    for name, sent in {
        "choose": ("imam", {"choice": "answer"}),
        "complain": ("coordinator", {"complaint_reference": "CO/01234/26"}),
        "take": ("officer", {"words": "Looking now."}),
        "update": ("officer", {"words": "Still looking."}),
        "answer": (
            "officer",
            {"answer": "No.", "reasons": "A court decides.", "cannot_say": "Not yet."},
        ),
        "accept": ("imam", {}),
        "challenge": ("imam", {"why": "It goes on."}),
        "take-up": ("inspector", {}),
        "recourse": ("imam", {}),
        "answer-recourse": ("inspector", {"words": "Today."}),
        "propose": ("officer", {"you_said": "Why?", "we_did": "We came."}),
        "close": ("imam", {"audience": "sides"}),
        "reword": ("imam", {"words": "Say more."}),
        "settled": ("imam", {"is_settled": "no"}),
        "withdraw": ("imam", {}),
        "promise": ("imam", PROMISED),
        "state": ("imam", {"statement": "Our view."}),
        "close-not-agreed": ("coordinator", {}),
    }.items()
}


def _asked(**more):
    return ASKED | {"topic": Topic.objects.get(code="road_safety").pk} | more


CONCERN_NAMING = {
    "partnerships:concern-acknowledge": (
        "officer",
        lambda named: {"answerer": named.officer.contact.pk, "words": "Read."},
    ),
    "partnerships:concern-reassign": (
        "sergeant",
        lambda named: {"answerer": named.officer.contact.pk},
    ),
    "partnerships:concern-raise": (
        "imam",
        lambda named: _asked(follows=named["concern_closed"].pk),
    ),
}
