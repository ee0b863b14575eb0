"""What is particular about one concern, statement, bulletin or wording; with all the others."""

from . import particulars
from .grants import (
    COMMANDER,
    COORDINATOR,
    GUESTS,
    HEADS,
    INSPECTOR,
    LEAD,
    MOSQUE,
    NOBODY,
    POLICE,
    READERS,
    SCRUTINEER,
    SIDES,
    SPEAKERS,
    TEAM,
)
from .particulars import ENDED, HEAD, ME, MY_UNIT, SERVES, Case
from .safety import KEEP

SERGEANT = HEADS - INSPECTOR
SAYS = "state_on_concern promise_at_concern"  # of either side, whatever their rank
ANSWERS = "work_on_concern propose_concern_closing reassign_concern"
LEADS = "read propose_concern_closing reassign_concern"
STANDS = f"{LEADS} work_on_concern state_on_concern"  # of whom an answer is owed at that level
INVITED_UNIT = {"institution_id": MY_UNIT, "institution.unit_function": "counter_terrorism"}

CONCERNS = (
    Case(
        "who was named answers a concern and hands it on",
        "concern",
        {"answerer_id": ME},
        {TEAM: ANSWERS},
    ),
    Case("but not once they serve elsewhere", "concern", {"answerer_id": ME}, standing="area"),
    Case(
        "a challenge is the inspector's, and not the commander's above",
        "concern",
        {"level": 1},
        {INSPECTOR: "take_up_concern"},
        {SERGEANT: "work_on_concern"},
    ),
    Case(
        "who gave the first answer does not give the second, named or not",
        "concern",
        {"level": 1, "first_answerer_id": ME, "answerer_id": ME},
        {TEAM: "reassign_concern"},
        {HEADS: "work_on_concern"},
    ),
    Case(
        "the next challenge is the commander's",
        "concern",
        {"level": 2},
        {COMMANDER: f"{STANDS} take_up_concern"},
        {HEADS: "work_on_concern"},
    ),
    Case("of that area alone", "concern", {"level": 2}, standing="area"),
    Case(
        "what goes to the panel the coordinator takes there, and the commander answers",
        "concern",
        {"level": 3},
        {COMMANDER: STANDS, COORDINATOR: "take_up_concern"},
        {HEADS: "work_on_concern"},
    ),
    Case(
        "a late answer comes into the commander's sight",
        "concern",
        {"late_with": "commander"},
        {COMMANDER: LEADS},
    ),
    Case("and the inspector's own lateness does not", "concern", {"late_with": "inspector"}),
    Case(
        "the inspector who was asked to step in answers",
        "concern",
        {"recourse": "with_inspector"},
        {INSPECTOR: "answer_concern_recourse"},
    ),
    Case(
        "the commander who was asked to step in reads and answers",
        "concern",
        {"recourse": "with_commander"},
        {COMMANDER: f"{LEADS} answer_concern_recourse"},
    ),
    Case(
        "a concern of the unit in which one serves",
        "concern",
        SERVES,
        {TEAM | COMMANDER: f"read acknowledge_concern {SAYS}", HEAD: ANSWERS},
        standing="area",
    ),
    Case(
        "who heads the unit takes up what is an inspector's there",
        "concern",
        SERVES | {"level": 1},
        {
            TEAM | COMMANDER: f"read acknowledge_concern {SAYS}",
            HEAD: "propose_concern_closing reassign_concern",
            INSPECTOR | COMMANDER: "work_on_concern take_up_concern",
        },
        standing="area",
    ),
    Case("a concern of another unit in one's area", "concern", {"partnership.police_unit_id": -2}),
)

WORDS = (
    Case(
        "what the mosque proposed it keeps, and police answer",
        "words",
        {"proposed_side": "institution"},
        {MOSQUE: "keep", TEAM: "answer"},
        {MOSQUE: "answer", TEAM: "keep"},
    ),
    Case(
        "where nothing was written there is nothing to answer",
        "words",
        {"text": "", "wording": None},
        loses={SIDES: "look_at", MOSQUE: "answer", TEAM: "keep"},
    ),
    Case(
        "who may not take a promise back does not change its words",
        "words",
        {"escalated_to": "sergeant"},
        loses={TEAM - HEADS: "keep"},
    ),
    Case(
        "words of the unit in which one serves",
        "words",
        SERVES,
        {TEAM | COMMANDER: "look_at keep"},
        standing="area",
    ),
    Case("words of another unit in one's area", "words", {"partnership.police_unit_id": -2}),
    Case(
        "what the institution wants to say in public police approve",
        "public_words",
        {"proposed_side": "institution"},
        {HEADS | COORDINATOR: "approve", LEAD: "change"},
        {LEAD: "approve", HEADS | COORDINATOR: "change"},
    ),
    Case(
        "public words of the unit in which one serves",
        "public_words",
        SERVES,
        {TEAM | COMMANDER: "read"},
        standing="area",
    ),
    Case("public words of another unit", "public_words", {"partnership.police_unit_id": -2}),
)

STATEMENTS = (
    Case(
        "a statement to the unit in which one serves",
        "statement",
        SERVES,
        {TEAM | COMMANDER: "read"},
        standing="area",
    ),
    Case("a statement to another unit", "statement", {"partnership.police_unit_id": -2}),
    Case(
        "a statement for all partners is read by those of the force",
        "statement",
        {"audience": "partners"},
        {SPEAKERS: "read"},
        standing="area",
    ),
    Case("and no further", "statement", {"audience": "partners"}, standing="other_force"),
    Case("who was not let in reads none of it", "statement", {"audience": "umbrella"}),
    *(
        Case(
            f"who was let in reads what is for {audience}",
            "statement",
            {"audience": audience},
            {READERS | readers: "read", LEAD: "withdraw"},
            standing="let_in",
        )
        for audience, readers in (("police", NOBODY), ("umbrella", GUESTS), ("partners", GUESTS))
    ),
    Case(
        "what happened in another force",
        "wider_event",
        {"force_id": -2},
        loses={SPEAKERS | POLICE: "read", COORDINATOR: "withdraw"},
    ),
)

WORKSTREAMS = (
    Case(
        "a workstream of the unit in which one serves",
        "workstream",
        SERVES,
        {TEAM | COMMANDER: "read promise", HEAD: "lead close"},
        standing="area",
    ),
    Case(
        "a workstream of another unit in one's area",
        "workstream",
        {"partnership.police_unit_id": -2},
    ),
)

BULLETINS = (
    Case(
        "what is not out yet nobody reads who may not draft it",
        "bulletin",
        {"state": "draft"},
        loses={MOSQUE | SCRUTINEER: "read"},
    ),
    Case("what was withdrawn stays to be read", "bulletin", {"state": "withdrawn"}),
    *(
        Case("who wrote it puts it right", noun, {"drafted_by_id": ME}, {TEAM: "update_bulletin"})
        for noun in ("bulletin", "bulletin_draft")
    ),
    Case(
        "but not once they have left the unit", "bulletin", {"drafted_by_id": ME}, standing="area"
    ),
    Case(
        "nobody signs off their own statement",
        "bulletin_statement",
        {"drafted_by_id": ME},
        loses={INSPECTOR | COMMANDER: "sign_off_bulletin"},
    ),
    Case(
        "a draft is its unit's, an invited one's too",
        "bulletin_draft",
        {"institution_id": MY_UNIT},
        {
            TEAM | COMMANDER | {"invited_unit"}: "read edit_bulletin",
            INSPECTOR | COMMANDER: "view_bulletin_audience",
        },
        standing="area",
    ),
    Case(
        "but an invited unit changes nothing that is out",
        "bulletin_draft",
        INVITED_UNIT | {"drafted_by_id": ME},
        {
            TEAM | COMMANDER | {"invited_unit"}: "read edit_bulletin",
            INSPECTOR | COMMANDER: "view_bulletin_audience",
        },
        standing="area",
    ),
    Case(
        "a question to the unit in which one serves",
        "question",
        {"institution_id": MY_UNIT},
        {TEAM | COMMANDER: "answer_bulletin_question"},
        standing="area",
    ),
)

SAFETY = (
    Case(
        "what opens it is not written any more, and nobody is let read it",
        "safety",
        ENDED,
        loses={KEEP: "write", INSPECTOR | COORDINATOR: "assign"},
    ),
    Case(
        "an officer with a need of the day reads it, where they serve",
        "safety_detail",
        {"is_needed": True},
        {TEAM | COORDINATOR: "read"},
    ),
    Case(
        "and nowhere else",
        "safety_detail",
        {"is_needed": True},
        {COORDINATOR: "read"},
        standing="area",
    ),
)

CASES = (*particulars.CASES, *CONCERNS, *WORDS, *STATEMENTS, *WORKSTREAMS, *BULLETINS, *SAFETY)

FOUND = (
    *particulars.FOUND,
    ("concern", {"level": 1}, "own", NOBODY),
    ("concern", {"level": 2}, "own", COMMANDER),
    ("concern", {"level": 2}, "area", NOBODY),
    ("concern", {"late_with": "inspector"}, "own", NOBODY),
    ("concern", {"late_with": "commander"}, "own", COMMANDER),
    ("concern", {"recourse": "with_inspector"}, "own", NOBODY),
    ("concern", {"recourse": "with_commander"}, "own", COMMANDER),
    ("concern", {"answerer_id": ME}, "area", NOBODY),
    ("statement", {"audience": "umbrella"}, "own", NOBODY),
    ("statement", {"audience": "umbrella"}, "area", NOBODY),
    ("statement", {"audience": "partners"}, "area", SPEAKERS),
    ("statement", {"audience": "partners"}, "other_force", NOBODY),
    ("statement", {"audience": "police"}, "let_in", READERS),
    ("statement", {"audience": "umbrella"}, "let_in", READERS | GUESTS),
    ("statement", {"audience": "partners"}, "let_in", READERS | GUESTS),
)
BY_UNIT = particulars.BY_UNIT | dict.fromkeys(
    (
        "concern",
        "words",
        "public_words",
        "photograph",
        "statement",
        "wider_event",
        "workstream",
        "review",
        "review_report",
    ),
    TEAM | COMMANDER,
)
