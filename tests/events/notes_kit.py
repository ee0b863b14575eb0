"""Notes of visits as the tests make and answer them."""

import datetime as dt

from events.actions import note_answers, notes
from events.actions.note_leaving import Promise
from tests.events.visits_kit import AT

WORDS = {"told_us": "Parking is hard on Fridays.", "we_said": "We will ask the council."}
PROMISE = Promise("Ask the council about parking.", "police", dt.date(2026, 7, 1))
LEAVES = AT + dt.timedelta(minutes=15)
NEXT_DAY = AT + dt.timedelta(days=1)
SIDES = {"police": "officer", "institution": "imam"}


def finish(world, visit, **changes):
    given = {
        "engagement": visit,
        "side": "police",
        "parts": WORDS,
        "promises": [PROMISE],
        "nothing_promised": False,
        "facts": {"topics": ["road_safety"]},
        "by": world.officer,
        "at": AT,
    }
    return notes.finish_visit(**given | changes)


def answer(action, note, world, side="institution", **given):
    by = getattr(world, SIDES[side])
    return action(**{"note": note, "side": side, "by": by, "at": NEXT_DAY} | given)


def ask(note, world):
    proposed = {"told_us": "Parking is hard each day."}
    return answer(note_answers.ask_correction, note, world, proposed=proposed)
