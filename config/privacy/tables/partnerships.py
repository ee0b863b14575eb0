from ..catalogue import TENANT, Basis, Subject, Table, nobody

_WORDS = ("the words that both sides share", Subject.AUTHOR, Basis.PUBLIC_TASK)
_CONCERNS = ("answering what worries people", Subject.AUTHOR, Basis.PUBLIC_TASK)
_PROMISES = ("keeping promises", Subject.AUTHOR, Basis.PUBLIC_TASK)

TABLES = {
    "partnerships.Partnership": nobody(
        "between whom there is a partnership",
        TENANT + "ref police_unit state is_primary cadence_days added_on joined_on ended_on"
        " state_since last_contact_on left_alone_until senior_months working_months"
        " meetings_since senior_met_on working_met_on",
        keep="partnership",
    ),
    "partnerships.LeadAssignment": Table(
        "knowing whom to ring",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "partnership role held_from held_until",
        people="officer",
    ),
    "partnerships.PartnershipAgreement": nobody(
        "what both sides agreed",
        TENANT
        + "ref partnership text number state cadence_days senior_months working_months review_on"
        " drafted_at in_force_on ended_on",
        keep="partnership",
    ),
    "partnerships.Signature": Table(
        "proving who signed",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "agreement version_number side signed_at",
        people="signed_by",
    ),
    "partnerships.JoiningCheck": Table(
        "checking that a mosque is who it says",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "partnership kind reference checked_on",
        people="checked_by",
    ),
    "partnerships.LimitsTalk": Table(
        "proving that the limits were gone through",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "partnership held_on",
        people="lead officer",
    ),
    "partnerships.PolicePause": Table(
        *_WORDS,
        "engagement",
        since="ended_at",
        facts=TENANT + "ref partnership state is_for_safety proposed_at countersigned_at starts_on"
        " replied_at wording reply_wording ended_at",
        people="proposed_by countersigned_by replied_by ended_by",
        words={"reason": "proposed_by", "reply": "replied_by"},
    ),
    "partnerships.PublishedItem": Table(
        *_WORDS,
        "engagement",
        since="proposed_at",
        facts=TENANT + "ref partnership kind shown_name state proposed_side proposed_at answered_at"
        " taken_down_at taken_down_side",
        people="proposed_by answered_by taken_down_by",
        words={"title": "proposed_by", "words": "proposed_by"},
    ),
    "partnerships.ItemPhoto": Table(
        "showing in public what both sides agreed to show",
        Subject.AUTHOR,
        Basis.PUBLIC_TASK,
        "photo",
        since="added_at",
        facts=TENANT + "ref item width height has_children permitted_on added_at removed_at",
        people="added_by permitted_by",
        details="content",
        words={"alt": "added_by", "agreed_by": "added_by"},
    ),
    "partnerships.WiderEvent": Table(
        *_WORDS,
        "engagement",
        since="recorded_at",
        facts="id ref force kind happened_on recorded_at withdrawn_at",
        people="recorded_by withdrawn_by",
        words={"title": "recorded_by", "words": "recorded_by"},
    ),
    "partnerships.TouchedPartnership": nobody(
        "which partnerships feel what happened outside",
        TENANT + "event partnership commitment",
        keep="partnership",
    ),
    "partnerships.CommunityView": Table(
        *_WORDS,
        "engagement",
        since="signed_at",
        facts=TENANT + "ref partnership about audience signed_at withdrawn_at",
        people="signed_by withdrawn_by",
        details="signed_as",
        words={"title": "signed_by", "words": "signed_by"},
    ),
    "partnerships.Concern": Table(
        *_CONCERNS,
        "engagement",
        since="raised_at",
        facts=TENANT + "ref reference partnership asked_role channel for_unnamed_member topic about"
        " urgency may_see choice follows state state_at raised_at acknowledged_at first_due_on"
        " first_answered_at due_on told_at level challenges late_with recourse recourse_at"
        " recourse_answered_at complaint_reference panel_viewed_at closing outcome audience"
        " closed_at settled settled_at",
        people="raised_by recorded_by answerer first_answerer",
    ),
    "partnerships.ConcernStep": Table(
        *_CONCERNS,
        "engagement",
        since="at",
        facts=TENANT + "ref concern move side at level text wording due_on",
        people="by",
        words={"words": "by"},
    ),
    "partnerships.ConcernCommitment": nobody(
        "which promises were made in answer to a concern",
        TENANT + "concern commitment",
        keep="partnership",
    ),
    "partnerships.SharedText": Table(
        *_WORDS,
        "engagement",
        facts=TENANT + "ref partnership drafted_side current_version withdrawn_at withdrawal",
        people="withdrawn_by",
    ),
    "partnerships.SharedTextVersion": Table(
        *_WORDS,
        "engagement",
        since="written_at",
        facts=TENANT + "text number written_at side",
        people="written_by",
        words={"parts": "written_by"},
        unless={  # what was agreed stays for as long as it is in force
            "text__agreement__isnull": False,
            "text__agreement__ended_on__isnull": True,
        },
    ),
    "partnerships.Correction": Table(
        *_WORDS,
        "engagement",
        since="opened_at",
        facts=TENANT + "ref text version_number side state opened_at answered_at",
        people="opened_by answered_by",
        words={"proposed": "opened_by", "reason": "answered_by"},
    ),
    "partnerships.DisagreementStatement": Table(
        *_WORDS,
        "engagement",
        since="made_at",
        facts=TENANT + "ref text side made_at",
        people="made_by",
        words={"statement": "made_by"},
    ),
    "partnerships.Workstream": Table(
        "knowing who leads what together",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "engagement",
        since="closed_on",
        facts=TENANT + "ref partnership state proposed_side proposed_at opened_on closed_on"
        " closed_side close_reason wording",
        people="proposed_by police_lead institution_lead closed_by",
        words={"title": "proposed_by", "purpose": "proposed_by"},
    ),
    "partnerships.Commitment": Table(
        *_PROMISES,
        "promise",
        since="closed_on",
        facts=TENANT
        + "ref partnership workstream owner_side due_on original_due_on state state_at extensions"
        " proposed_at proposed_side claimed_at closed_on escalated_to withdrawal"
        " wording",
        people="owner proposed_by",
        words={"text": "proposed_by"},
    ),
    "partnerships.CommitmentStep": Table(
        *_PROMISES,
        "promise",
        since="commitment__closed_on",
        facts=TENANT + "ref commitment move side at due_on wording",
        people="by handed_to",
        words={"words": "by"},
    ),
}
