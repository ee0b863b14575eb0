from ..catalogue import TENANT, Basis, Subject, Table, nobody

_REVIEWS = ("looking together at how a partnership goes", Subject.AUTHOR, Basis.PUBLIC_TASK)

TABLES = {
    "partnerships.PartnershipReview": Table(
        *_REVIEWS,
        "partnership",
        facts=TENANT + "ref partnership kind state state_at period_from period_until scheduled_at"
        " frozen_at assess_until police_assessed_at institution_assessed_at opened_at met_on"
        " met_institution_roles met_police_roles met_side stated_at stated_told_at panel_until"
        " panel_was_silent panel_told_at published_at",
        people="met_noted_by met_confirmed_by",
    ),
    "partnerships.ReviewFigures": Table(
        "figures of a review as they were: numbers, and nobody's name",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "review payload digest frozen_at",
        people="frozen_by",
    ),
    "partnerships.ReviewAssessment": Table(
        *_REVIEWS,
        "engagement",
        since="written_at",
        facts=TENANT + "review side written_at",
        people="written_by",
        words=dict.fromkeys(["worked", "did_not", "next_year", "agreement_changes"], "written_by"),
    ),
    "partnerships.ReviewStatement": Table(
        *_REVIEWS,
        "engagement",
        since="signed_at",
        facts=TENANT + "review is_joint side signed_at countersigned_at",
        people="signed_by countersigned_by",
        words={"words": "signed_by"},
    ),
    "partnerships.ReviewComment": Table(
        *_REVIEWS,
        "engagement",
        since="written_at",
        facts=TENANT + "review written_at",
        people="written_by",
        words={"words": "written_by"},
    ),
    "partnerships.ReviewCommitment": nobody(
        "which promises were made at a review",
        TENANT + "review commitment",
        keep="partnership",
    ),
    "partnerships.ReviewReport": Table(
        *_REVIEWS,
        "engagement",
        since="drafted_at",
        facts=TENANT + "review item language figures digest drafted_at",
        people="drafted_by",
        words={"parts": "drafted_by"},
    ),
}
