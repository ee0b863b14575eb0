"""What is particular about one row, and what follows: who gains and who loses what by it.

Everything else stays as the table of permissions says.
"""

import copy
import datetime as dt
from dataclasses import dataclass, field

from .grants import (
    ADMIN,
    COMMANDER,
    COORDINATOR,
    HEADS,
    INSPECTOR,
    LEAD,
    MOSQUE,
    NOBODY,
    POLICE,
    READERS,
    RECORDS,
    SIDES,
    TEAM,
    WORKING,
)

ME = object()  # the person who is asked
MY_UNIT = object()
OWNED = "read agree decline claim extend reassign log_call"
WRITTEN = "undo amend withdraw answer_correction record_answer"


@dataclass(frozen=True)
class Case:
    """``gains`` and ``loses`` give verbs to the roles of whom they are true."""

    says: str
    noun: str
    changes: dict
    gains: dict = field(default_factory=dict)
    loses: dict = field(default_factory=dict)
    standing: str = "own"

    def verbs(self, role, grants):
        held = {grant.verb for grant in grants if grant.holds(role, self.standing)}
        for roles, verbs in self.gains.items():
            held |= set(verbs.split()) if role in roles else set()
        for roles, verbs in self.loses.items():
            held -= set(verbs.split()) if role in roles else set()
        return held


NOT_TEAM = MOSQUE | COMMANDER
ENDED = {"ended_on": dt.date(2026, 11, 1)}

CASES = (
    # --- Promises
    Case(
        "whoever owns a promise handles it, wherever they serve",
        "promise",
        {"owner_id": ME},
        {WORKING: OWNED},
        standing="area",
    ),
    Case(
        "and nobody takes what is owed to their own side for kept",
        "promise",
        {"owner_id": ME},
        {MOSQUE: "agree decline claim extend reassign", COORDINATOR: OWNED}
        | {frozenset(WORKING - SIDES): OWNED, TEAM: "reassign"},
        {MOSQUE: "keep reopen release"},
    ),
    Case(
        "with an owner, it is handed on by them, a senior or the coordinator",
        "mosque_promise",
        {"owner_id": -2},
        loses={MOSQUE - LEAD: "reassign"},
    ),
    Case(
        "what nobody owns is taken on by any of its side",
        "promise",
        {"owner_id": None},
        {TEAM: "reassign"},
    ),
    Case(
        "whoever proposed it takes it back",
        "promise",
        {"proposed_by_id": ME},
        {WORKING: "withdraw"},
        standing="area",
    ),
    Case(
        "a late promise is not taken back by the officer who is late",
        "promise",
        {"escalated_to": "sergeant"},
        loses={TEAM - HEADS: "withdraw"},
    ),
    Case(
        "nor by an officer who proposed it; others may",
        "promise",
        {"escalated_to": "sergeant", "proposed_by_id": ME},
        {frozenset(WORKING - POLICE): "withdraw"},
        standing="area",
    ),
    Case(
        "the mosque takes back what it asked for, however late police are",
        "promise",
        {"escalated_to": "sergeant", "proposed_side": "institution"},
        {MOSQUE: "withdraw"},
        {TEAM: "withdraw"},
    ),
    Case(
        "what climbed so far is in the commander's sight and hands",
        "promise",
        {"escalated_to": "commander"},
        {COMMANDER: f"{OWNED} fail"},
        {TEAM - HEADS: "withdraw"},
    ),
    Case(
        "and goes no further than the commander's own area",
        "promise",
        {"escalated_to": "commander"},
        standing="area",
    ),
    Case(
        "the commander to whom it came takes back what they proposed",
        "promise",
        {"escalated_to": "commander", "proposed_by_id": ME},
        {COMMANDER: f"{OWNED} fail withdraw", frozenset(WORKING - POLICE): "withdraw"},
        {TEAM - HEADS: "withdraw"},
    ),
    Case(
        "a third new day needs a sergeant or a lead",
        "promise",
        {"extensions": 2},
        loses={TEAM - HEADS: "extend"},
    ),
    Case(
        "a third new day needs a lead",
        "mosque_promise",
        {"extensions": 2},
        loses={MOSQUE - LEAD: "extend"},
    ),
    # --- Requests
    Case(
        "a unit that it was passed on to reads it",
        "request",
        {"redirected_to_id": MY_UNIT},
        {POLICE: "read"},
        standing="area",
    ),
    Case(
        "the commander who was asked to step in reads and answers",
        "request",
        {"recourse": "with_commander"},
        {COMMANDER: "read answer_recourse"},
    ),
    Case(
        "the inspector's own step is not the commander's",
        "request",
        {"recourse": "with_inspector"},
    ),
    Case(
        "what is urgent is accepted by a sergeant or above",
        "request",
        {"urgency": "this_week"},
        loses={TEAM - HEADS: "accept_request"},
    ),
    # --- Visits and notes
    *(
        Case(
            f"an officer from elsewhere writes about a visit that they {did}",
            "note",
            {column: ME},
            {TEAM: WRITTEN},
            standing="area",
        )
        for did, column in (
            ("logged", "logged_by_id"),
            ("recorded as held", "held_recorded_by_id"),
            ("drafted the note of", "note.drafted_by_id"),
        )
    ),
    Case(
        "and finishes it",
        "engagement",
        {"logged_by_id": ME},
        {TEAM: "finish"},
        standing="area",
    ),
    Case(
        "what the mosque drafted is the mosque's to change and police's to answer",
        "note",
        {"note.drafted_side": "institution"},
        {MOSQUE: "undo amend withdraw answer_correction", TEAM: "answer"},
        {MOSQUE: "answer", TEAM: WRITTEN},
    ),
    Case(
        "once answered it is removed by a lead",
        "answered_note",
        {"note.drafted_side": "institution"},
        {LEAD: "withdraw"},
        {HEADS: "withdraw"},
    ),
    *(
        Case(
            f"what was {state} is not removed by an officer alone",
            "note",
            {"note.state": state},
            loses={TEAM - HEADS: "withdraw"},
        )
        for state in ("confirmed", "confirmed_by_phone", "correction_open", "disagreed")
    ),
    *(
        Case(f"a note that is {state} has no answer yet", "note", {"note.state": state})
        for state in ("shared", "unconfirmed")
    ),
    # --- People
    Case(
        "who holds a role says who stands in for them",
        "role",
        {"contact_id": ME},
        {WORKING: "stand_in"},
        {COORDINATOR: "lost_factor"},
        standing="area",
    ),
    *(
        Case(
            f"a coordinator sets up the {noun} of one that has not joined",
            noun,
            {"institution.joined_on": None},
            {COORDINATOR: verbs},
        )
        for noun, verbs in (("role", "end stand_in"), ("invitation", "resend withdraw print"))
    ),
    Case(
        "everybody agrees to be named for themselves, and a partner takes it back",
        "named_contact",
        {"pk": ME},
        {WORKING: "agree stop_naming"},
        standing="area",
    ),
    Case(
        "an officer is always named",
        "named_contact",
        {"pk": ME, "institution.kind": "police_team"},
        {WORKING: "agree"},
        {LEAD: "stop_naming"},
    ),
    # --- Two persons
    Case(
        "a request about one's own data is read by oneself",
        "right",
        {"contact_id": ME},
        {WORKING: "read"},
        standing="area",
    ),
    Case("erasing takes two", "right", {"proposed_by_id": ME}, loses={RECORDS: "confirm"}),
    Case("disposing takes two", "disposal", {"proposed_by_id": ME}, loses={RECORDS: "confirm"}),
    Case(
        "a pause takes two",
        "pause",
        {"proposed_by_id": ME},
        loses={INSPECTOR | COMMANDER: "countersign"},
    ),
    Case(
        "a dispute takes two: here the coordinator after the inspector",
        "dispute",
        {"reported_as": "inspector"},
        {COORDINATOR: "confirm"},
        {INSPECTOR: "confirm"},
    ),
    # --- Agreements
    Case(
        "an agreement that the mosque drafted is the lead's to take back and police's to answer",
        "agreement",
        {"text.drafted_side": "institution"},
        {TEAM: "disagree", LEAD: "withdraw"},
        {MOSQUE: "disagree", HEADS: "withdraw"},
    ),
    # --- An institution that is no more
    Case("nothing of it is changed", "institution", ENDED, loses={LEAD: "change stand_down"}),
    Case("nor its way in", "newcomer", ENDED, loses={LEAD | COORDINATOR: "change"}),
    Case(
        "its record is opened by nobody, and nothing reported of it",
        "record",
        ENDED,
        loses={POLICE | ADMIN: "open dispute"},
    ),
    Case(
        "nobody is sent there",
        "house_rules",
        ENDED,
        loses={MOSQUE | POLICE: "read", POLICE: "print"},
    ),
    Case("it permits nothing more", "sharing", ENDED, loses={LEAD: "give join"}),
    Case("a body", "institution", {"kind": "umbrella_body"}, {READERS: "count_members"}),
)

SERVES = {"partnership.police_unit_id": MY_UNIT}
HEAD = HEADS | COMMANDER
OF_TEAM = "read accept_request log_call schedule_request acknowledge_request reassign_request"
OF_HEAD = "counter_request redirect_request ask_to_decline"

# Whoever serves in the unit concerned acts there, wherever the institution lies.
CASES += tuple(
    Case(f"{noun} of the unit in which one serves", noun, changes, gains, standing="area")
    for noun, changes, gains in (
        (
            "promise",
            SERVES,
            {
                TEAM | COMMANDER: "read agree decline claim extend withdraw log_call",
                HEAD: "fail reassign",
            },
        ),
        ("mosque_promise", SERVES, {TEAM | COMMANDER: "keep reopen release"}),
        (
            "request",
            SERVES,
            {
                TEAM | COMMANDER: OF_TEAM,
                HEAD: OF_HEAD,
                COMMANDER: "approve_decline refuse_decline answer_recourse",
            },
        ),
        ("engagement", SERVES, {TEAM: "finish", TEAM | COMMANDER: "give_feedback"}),
        ("plan", SERVES, {TEAM | COMMANDER: "move cancel count"}),
        ("asked_visit", SERVES, {HEAD: "cancel"}),
        ("note", SERVES, {TEAM: WRITTEN}),
        (
            "partnership",
            {"police_unit_id": MY_UNIT},
            {TEAM | COMMANDER: "read promise record", HEAD: "begin"},
        ),
        ("agreement", SERVES, {TEAM | COMMANDER: "read"}),
        ("pause", SERVES, {TEAM | COMMANDER: "read"}),
    )
)
# And whoever has the area acts there, whatever unit is concerned.
CASES += tuple(
    Case(f"{noun} of another unit in one's area", noun, {path: -2})
    for noun, path in (
        *(
            (noun, "partnership.police_unit_id")
            for noun in ("promise", "mosque_promise", "request")
        ),
        *((noun, "partnership.police_unit_id") for noun in ("engagement", "plan", "asked_visit")),
        *((noun, "partnership.police_unit_id") for noun in ("note", "agreement", "pause")),
        ("partnership", "police_unit_id"),
    )
)

# Of what a query shows: who finds the row besides, once it says this.
FOUND = (
    ("promise", {"owner_id": ME}, "area", WORKING),
    ("promise", {"escalated_to": "commander"}, "own", COMMANDER),
    ("promise", {"escalated_to": "commander"}, "area", NOBODY),
    ("promise", {"escalated_to": "inspector"}, "own", NOBODY),
    ("request", {"redirected_to_id": MY_UNIT}, "area", POLICE),
    ("request", {"recourse": "with_commander"}, "own", COMMANDER),
    ("request", {"recourse": "with_commander"}, "area", NOBODY),
    ("request", {"recourse": "with_inspector"}, "own", NOBODY),
    ("engagement", {"logged_by_id": ME}, "area", WORKING),
    ("engagement", {"logged_by_id": ME}, "other_force", WORKING),
    ("engagement", {"held_recorded_by_id": ME}, "area", WORKING),
    ("right", {"contact_id": ME}, "area", WORKING),
)
# Who finds it by the unit alone, and by the area alone.
BY_UNIT = {
    "promise": TEAM | COMMANDER,
    "request": TEAM | COMMANDER,
    "engagement": TEAM | COMMANDER,
    "partnership": TEAM | COMMANDER,
    "measured": TEAM | COMMANDER,
    "agreement": TEAM | COMMANDER,
    "pause": TEAM | COMMANDER,
}


def changed(row, changes, *, me, unit):
    """Copy a row as far as the changes reach into what it has loaded."""
    row = copy.copy(row)
    for path, value in changes.items():
        *way, name = path.split(".")
        holder = row
        for step in way:
            setattr(holder, step, copy.copy(getattr(holder, step)))
            holder = getattr(holder, step)
        setattr(holder, name, {ME: me, MY_UNIT: unit}.get(value, value))
    return row
