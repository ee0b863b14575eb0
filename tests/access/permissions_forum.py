"""The table's part about what is said: concerns, words, statements, and what is out for many."""

from .grants import (
    COMMANDER,
    COORDINATOR,
    HEADS,
    INSPECTOR,
    LEAD,
    MOSQUE,
    NOBODY,
    OPENERS,
    OVERSEEN,
    POLICE,
    READERS,
    SIDES,
    SPEAKERS,
    TEAM,
    WORKING,
    Grant,
    reads,
)

ABOVE = INSPECTOR | COMMANDER  # who sign off a statement of fact and are told of late answers


def _of_concern(verbs, roles, area=NOBODY):
    return tuple(
        Grant("concern", verb, f"partnerships.{verb}", roles, area) for verb in verbs.split()
    )


# The concern asked about has its first answer before it: no challenge, nothing that climbed.
CONCERNS = (
    Grant("partnership", "raise", "partnerships.raise_concern", MOSQUE),
    Grant("partnership", "record", "partnerships.record_concern", TEAM),
    reads("concern", "partnerships.view_concern", opened=OPENERS),
    *_of_concern("acknowledge_concern", TEAM),
    *_of_concern("work_on_concern propose_concern_closing", HEADS),  # and whoever was named
    *_of_concern("reassign_concern", HEADS | COORDINATOR, COORDINATOR),
    *_of_concern("state_on_concern", SIDES),
    *_of_concern("choose_concern_route accept_concern_answer challenge_concern_answer", MOSQUE),
    *_of_concern("approve_concern_closing say_settled use_concern_recourse", MOSQUE),
    *_of_concern("withdraw_concern", MOSQUE),
    *_of_concern("pass_concern_to_complaints record_panel_view", COORDINATOR, COORDINATOR),
    *_of_concern("close_concern_not_agreed", COORDINATOR, COORDINATOR),
    *_of_concern("take_up_concern answer_concern_recourse", NOBODY),
)


def _of_words(noun, answer, keep, *, area=NOBODY):
    return (
        Grant(noun, "look_at", "partnerships.view_words", SIDES | area, area),
        Grant(noun, "answer", "partnerships.answer_words", answer),
        Grant(noun, "keep", "partnerships.keep_words", keep, area),
    )


# Of a promise that police proposed, of what the mosque asked for, and of the panel's view of a
# concern, which a coordinator wrote down.
WORDS = (
    *_of_words("words", MOSQUE, TEAM),
    *_of_words("request_words", TEAM, MOSQUE),
    *_of_words("panel_words", MOSQUE, COORDINATOR, area=COORDINATOR),
)

# Asked about one step of a concern, rank by rank: tests/partnerships/test_concern_texts.py.
OF_A_STEP = {"partnerships.keep_concern_words"}

# A statement for the police who work with the mosque.
STATEMENTS = (
    Grant("partnership", "say", "partnerships.sign_statement", LEAD),
    reads("statement", "partnerships.read_statement", opened=OPENERS),
    Grant("statement", "withdraw", "partnerships.withdraw_statement", LEAD),
)

PUBLIC = (
    Grant(
        "partnership",
        "propose_words",
        "partnerships.propose_item",
        LEAD | HEADS | COORDINATOR,
        COORDINATOR,
    ),
    reads("public_words", "partnerships.view_item"),
    Grant("public_words", "approve", "partnerships.answer_item", LEAD),
    Grant(
        "public_words",
        "take_down",
        "partnerships.take_down_item",
        LEAD | HEADS | COORDINATOR,
        COORDINATOR,
    ),
)

# What happened outside is nobody's record: the force and its partners may read it, and each is
# shown what touches a partnership in sight.
OUTSIDE = (
    Grant(
        "wider_event",
        "read",
        "partnerships.view_wider_event",
        SPEAKERS | POLICE,
        SPEAKERS | POLICE,
        let_in=frozenset({"umbrella_lead"}),
    ),
    Grant("wider_event", "withdraw", "partnerships.withdraw_wider_event", COORDINATOR, COORDINATOR),
)


def _of_bulletin(verbs, roles, area=COORDINATOR, noun="bulletin"):
    return tuple(Grant(noun, verb, f"partnerships.{verb}", roles, area) for verb in verbs.split())


GUARDED = "check_bulletin publish_bulletin update_bulletin withdraw_bulletin"
DRAFTERS = TEAM | COORDINATOR

# What is out, the whole force reads, and a panel as well; a draft is its unit's.
BULLETINS = (
    Grant("bulletin", "read", "partnerships.view_bulletin", MOSQUE | OVERSEEN, OVERSEEN),
    *_of_bulletin("ask_bulletin_question", MOSQUE, NOBODY),
    *_of_bulletin(GUARDED, COORDINATOR),
    *_of_bulletin("edit_bulletin", DRAFTERS),
    *_of_bulletin("sign_off_bulletin", NOBODY, NOBODY),
    *_of_bulletin("view_bulletin_audience", COORDINATOR | ABOVE),
    reads("bulletin_draft", "partnerships.view_bulletin", DRAFTERS | COMMANDER),
    *_of_bulletin("ask_bulletin_question", NOBODY, NOBODY, noun="bulletin_draft"),
    *_of_bulletin(GUARDED, COORDINATOR, noun="bulletin_draft"),
    *_of_bulletin("edit_bulletin", DRAFTERS, noun="bulletin_draft"),
    *_of_bulletin("view_bulletin_audience", COORDINATOR | ABOVE, noun="bulletin_draft"),
    *_of_bulletin("sign_off_bulletin", NOBODY, NOBODY, noun="bulletin_draft"),
    reads("bulletin_statement", "partnerships.view_bulletin", DRAFTERS | COMMANDER),
    *_of_bulletin("sign_off_bulletin", ABOVE, NOBODY, noun="bulletin_statement"),
    *_of_bulletin("answer_bulletin_question", DRAFTERS | COMMANDER, noun="question"),
)

FORUM = (*CONCERNS, *WORDS, *STATEMENTS, *PUBLIC, *OUTSIDE, *BULLETINS)

FORUM_SIGHT = (
    reads("wider_event", "", opened=OPENERS),
    Grant("words", "see", "", READERS, COORDINATOR, opened=OPENERS),
    Grant("question", "see", "", MOSQUE | OVERSEEN, OVERSEEN),
)

FORUM_ANYWHERE = {
    "partnerships.view_concerns": WORKING,
    "partnerships.list_statements": WORKING,
    "partnerships.list_wider_events": WORKING,
    "partnerships.record_wider_event": COORDINATOR,
    "partnerships.view_bulletins": SPEAKERS | OVERSEEN | {"invited_unit"},
    "partnerships.draft_bulletin": TEAM | COORDINATOR | {"invited_unit"},
}
