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
    SCRUTINEER,
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
    *_of_concern("state_on_concern promise_at_concern", SIDES),
    *_of_concern("choose_concern_route accept_concern_answer challenge_concern_answer", MOSQUE),
    *_of_concern("approve_concern_closing say_settled use_concern_recourse", MOSQUE),
    *_of_concern("withdraw_concern", MOSQUE),
    *_of_concern("pass_concern_to_complaints", COORDINATOR, COORDINATOR),
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
# concern, which is neither side's to change.
WORDS = (
    *_of_words("words", MOSQUE, TEAM),
    *_of_words("request_words", TEAM, MOSQUE),
    *_of_words("panel_words", MOSQUE, NOBODY),
)

# Asked about one step of a concern, rank by rank: tests/partnerships/test_concern_texts.py.
OF_A_STEP = {"partnerships.keep_concern_words"}

# A statement for the police who work with the mosque.
STATEMENTS = (
    Grant("partnership", "say", "partnerships.sign_statement", LEAD),
    reads("statement", "partnerships.read_statement", opened=OPENERS),
    Grant("statement", "withdraw", "partnerships.withdraw_statement", LEAD),
)

WORKSTREAMS = (
    Grant("partnership", "begin", "partnerships.propose_workstream", LEAD | HEADS),
    reads("workstream", "partnerships.view_workstream", opened=OPENERS),
    Grant("workstream", "lead", "partnerships.lead_workstream", LEAD | HEADS),
    Grant("workstream", "close", "partnerships.close_workstream", LEAD | HEADS),
    Grant("workstream", "promise", "partnerships.promise_in_workstream", SIDES),
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
    reads("photograph", "partnerships.view_item"),
    *[
        Grant(noun, "change", "partnerships.change_photos", HEADS | COORDINATOR, COORDINATOR)
        for noun in ("public_words", "photograph")
    ],
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

UMBRELLA = frozenset({"umbrella_lead"})  # of the body beside police: it convenes each of them


def _of_consultation(verbs, own, area=NOBODY, noun="consultation"):
    let_in = own & UMBRELLA
    return tuple(
        Grant(noun, verb, f"partnerships.{verb}", own, area | let_in, let_in=let_in)
        for verb in verbs.split()
    )


# What is done with a consultation, and never with advice.
OF_CONSULTATIONS = "edit co_sign open open_urgent answer consider decide report abandon"
OF_CONSULTATIONS = " ".join(f"{verb}_consultation" for verb in OF_CONSULTATIONS.split())


# Of a team's, open for answers, whose decision is the inspector's; and of one not opened yet.
CONSULTATIONS = (
    Grant(
        "consultation",
        "read",
        "partnerships.view_consultation",
        MOSQUE | OVERSEEN | UMBRELLA,
        OVERSEEN | UMBRELLA,
        let_in=UMBRELLA,
    ),
    *_of_consultation("answer_consultation", MOSQUE),
    *_of_consultation("edit_consultation consider_consultation", DRAFTERS, COORDINATOR),
    *_of_consultation("report_consultation", COORDINATOR, COORDINATOR),
    *_of_consultation("name_theme", DRAFTERS | UMBRELLA, COORDINATOR),
    *_of_consultation("co_sign_consultation", UMBRELLA),
    *_of_consultation("open_consultation", COORDINATOR, COORDINATOR),
    *_of_consultation("open_urgent_consultation", ABOVE),
    *_of_consultation("decide_consultation", INSPECTOR),
    *_of_consultation("abandon_consultation", ABOVE | COORDINATOR, COORDINATOR),
    Grant(
        "consultation_draft",
        "read",
        "partnerships.view_consultation",
        DRAFTERS | COMMANDER | UMBRELLA,
        COORDINATOR | UMBRELLA,
        let_in=UMBRELLA,
    ),
    Grant(
        "advice",
        "read",
        "partnerships.view_consultation",
        OVERSEEN | UMBRELLA,
        OVERSEEN | UMBRELLA,
        let_in=UMBRELLA,
    ),
    *_of_consultation("give_advice", UMBRELLA, noun="advice"),
    *_of_consultation("report_on_advice", ABOVE, noun="advice"),
    *_of_consultation(OF_CONSULTATIONS, NOBODY, noun="advice"),
    reads("response", "partnerships.view_response", READERS | COMMANDER, opened=OPENERS),
    *_of_consultation("read_theme_again", UMBRELLA, noun="theme"),
    *_of_consultation("decide_theme", INSPECTOR, noun="theme"),
)


def _of_review(verbs, roles, area=NOBODY):
    return tuple(
        Grant("review", verb, f"partnerships.{verb}", roles, area) for verb in verbs.split()
    )


REVIEWS = (
    reads("review", "partnerships.view_review", opened=OPENERS),
    *_of_review("freeze_review report_review", COORDINATOR, COORDINATOR),
    *_of_review("assess_review meet_for_review state_on_review promise_at_review", LEAD | HEADS),
    *_of_review("comment_on_review", SCRUTINEER, SCRUTINEER),
    reads("review_report", "partnerships.view_review_report"),
)

# A sample is for a force's panel and those who answer to it; one record of it for its sides, too.
ANSWERING = COORDINATOR | COMMANDER | SCRUTINEER
NEAR = ANSWERING | INSPECTOR | MOSQUE


def _of_panel(noun, perm, own=SCRUTINEER, area=SCRUTINEER, verb=""):
    return Grant(noun, verb or perm, f"partnerships.{perm}", own, area)


SCRUTINY = (
    reads("panel_sample", "dashboard.view_panel_sample", ANSWERING, area=ANSWERING),
    _of_panel("panel_sample", "comment_on_measure"),
    reads("panel_item", "dashboard.view_panel_item", NEAR, area=ANSWERING),
    _of_panel("panel_item", "comment_on_item"),
    reads("panel_comment", "partnerships.view_panel_comment", NEAR, area=ANSWERING),
    _of_panel("panel_comment", "answer_panel_comment", INSPECTOR | COMMANDER | LEAD, NOBODY),
    _of_panel("panel_concern", "view_concern_as_panel"),
    _of_panel("panel_concern", "record_panel_view"),
    _of_panel("panel_concern", "comment_on_concern"),
)

FORUM = (
    *CONCERNS,
    *WORDS,
    *STATEMENTS,
    *WORKSTREAMS,
    *PUBLIC,
    *OUTSIDE,
    *BULLETINS,
    *CONSULTATIONS,
    *REVIEWS,
    *SCRUTINY,
)

FORUM_SIGHT = (
    Grant(  # a panel as well, on a page of its own
        "review", "see", "", READERS | SCRUTINEER, COORDINATOR | SCRUTINEER, opened=OPENERS
    ),
    reads("wider_event", "", opened=OPENERS),
    Grant("words", "see", "", READERS, COORDINATOR, opened=OPENERS),
    Grant("question", "see", "", MOSQUE | OVERSEEN, OVERSEEN),
    Grant(
        "theme",
        "see",
        "",
        MOSQUE | OVERSEEN | UMBRELLA,
        OVERSEEN | UMBRELLA,
        let_in=UMBRELLA,
    ),
    Grant("panel_sample", "see", "", ANSWERING, ANSWERING),
    Grant("panel_item", "see", "", NEAR, ANSWERING),
    Grant("panel_comment", "see", "", NEAR, ANSWERING),
    Grant("panel_concern", "see", "", SCRUTINEER, SCRUTINEER),
)

FORUM_ANYWHERE = {
    "partnerships.view_concerns": WORKING,
    "partnerships.list_shared_answers": SPEAKERS,
    "partnerships.list_statements": WORKING,
    "dashboard.view_forum": WORKING,
    "partnerships.list_reviews": WORKING,
    "partnerships.list_wider_events": WORKING,
    "partnerships.record_wider_event": COORDINATOR,
    "partnerships.view_bulletins": SPEAKERS | OVERSEEN | {"invited_unit"},
    "partnerships.view_consultations": SPEAKERS | OVERSEEN,
    "partnerships.draft_consultation": TEAM | COORDINATOR,
    "partnerships.ask_for_consultation": LEAD | UMBRELLA,
    "partnerships.ask_rapid_advice": ABOVE,
    "partnerships.list_panel_comments": NEAR | SPEAKERS,
    "dashboard.view_panel": ANSWERING,
    "dashboard.list_panel_institutions": SCRUTINEER,
    "partnerships.draft_bulletin": TEAM | COORDINATOR | {"invited_unit"},
}
