from ..catalogue import TENANT, Basis, Subject, Table, nobody

_REQUESTS = ("answering requests in time", Subject.AUTHOR, Basis.PUBLIC_TASK)
_VISITS = ("knowing who met whom, and what was agreed", Subject.AUTHOR, Basis.PUBLIC_TASK)

TABLES = {
    "events.EngagementRequest": Table(
        *_REQUESTS,
        "engagement",
        since="submitted_at",
        facts=TENANT + "ref reference partnership raised_side channel asked_role kind purposes"
        " topics expected_band children_likely language wants_woman_officer wants_known_officer"
        " urgency share_with_umbrella state state_at submitted_at acknowledged_at police_counters"
        " institution_counters decline_reason redirected_to warm_handover recourse recourse_at"
        " recourse_answered_at held_at wording",
        people="raised_by recorded_by acknowledged_by attending decline_asked_by declined_by",
        words={
            "why": "raised_by recorded_by",
            "times_to_avoid": "raised_by recorded_by",
            "place": "raised_by recorded_by",
        },
    ),
    "events.RequestSlot": nobody(
        "which times were offered",
        TENANT + "request side round on starts duration_minutes",
        keep="engagement",
    ),
    "events.RequestStep": Table(
        *_REQUESTS,
        "engagement",
        since="at",
        facts=TENANT + "ref request move side at wording",
        people="by",
        words={"words": "by"},
    ),
    "events.Engagement": Table(
        *_VISITS,
        "engagement",
        since="on",
        facts=TENANT
        + "ref partnership request lead_unit kind meeting workstream purposes topics roles_met"
        " initiated_by state was_planned unannounced invited_at_busy_time on starts starts_at"
        " duration_minutes children_present children_supervised safeguarding_told photography"
        " photography_for photography_agreed_by body_worn_video hospitality"
        " logged_side logged_at held_recorded_at client_draft cancelled_at"
        " cancelled_side cancel_reason calendar_sequence",
        people="logged_by held_recorded_by cancelled_by",
        words={"funding": "logged_by", "place": "logged_by"},
    ),
    "events.EngagementParty": nobody(
        "which institutions met", TENANT + "engagement partnership is_guest", keep="engagement"
    ),
    "events.Attendance": Table(
        *_VISITS,
        "engagement",
        facts=TENANT + "engagement in_uniform",
        people="officer",
    ),
    "events.EngagementCommitment": nobody(
        "which promises a visit gave rise to", TENANT + "engagement commitment", keep="promise"
    ),
    "events.EngagementFeedback": Table(
        "learning whether a visit was as agreed",
        Subject.AUTHOR,
        Basis.PUBLIC_TASK,
        "feedback",
        since="given_at",
        facts=TENANT + "engagement side as_agreed given_at",
        people="given_by",
        words={"next_words": "given_by"},
    ),
    "events.SharedNote": Table(
        *_VISITS,
        "engagement",
        since="shared_at",
        facts=TENANT + "engagement text state drafted_side nothing_promised shared_at leaves_at"
        " left_at reply_by answered_at answer_channel explain_asked_at",
        people="drafted_by answered_by answer_recorded_by",
        words={"planned_promises": "drafted_by"},
    ),
}
