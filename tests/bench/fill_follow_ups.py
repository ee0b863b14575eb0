"""What follows from visits and leads to them: promises, requests, the trail, mail that has left."""

from .fill_history import OVER, PROMISED, REQUESTED, TENANT
from .fill_people import insert, uid


def _promises():
    due = (
        "CASE WHEN n = 0 AND p % 4 = 0 THEN %(today)s::date - 1 - p % 8"
        " WHEN n = 0 THEN %(today)s::date + 20 ELSE day + 14 END"
    )
    claimed, is_open = "(n = 5 AND p % 4 = 3)", "n IN (0, 5)"
    ended = "(ARRAY['kept_unconfirmed', 'could_not'])[n % 10 - 6]"
    ours = "CASE WHEN n % 3 = 2 THEN 'institution' ELSE 'police' END"
    yield insert(
        "partnerships_commitment",
        PROMISED,
        **TENANT,
        id="id",
        ref=uid("promise", "id"),
        partnership_id="p + 1",
        text="'Ask the council about the lights behind the hall. ' || id",
        owner_side=ours,
        owner_id="CASE WHEN n % 3 = 2 THEN lead ELSE officer END",
        due_on=due,
        original_due_on=due,
        state=f"CASE WHEN n = 0 THEN 'agreed' WHEN {claimed} THEN 'done_claimed'"
        f" ELSE coalesce({ended}, 'kept') END",
        state_at="at + interval '1 day'",
        extensions="0",
        proposed_at="at + interval '1 day'",
        proposed_by_id="officer",
        proposed_side="'police'",
        claimed_at=f"CASE WHEN {claimed} THEN now() - interval '30 days' END",
        closed_on=f"CASE WHEN NOT {is_open} THEN day + 14 END",
        escalated_to="''",
        withdrawal="''",
    )
    for place, move in enumerate(("proposed", "agreed", "done_claimed")):
        yield insert(
            "partnerships_commitmentstep",
            f"{PROMISED} AND (n <> 0 OR {place} < 2)",
            **TENANT,
            id=f"4 * id + {place}",
            commitment_id="id",
            move=f"'{move}'",
            side=ours,
            by_id="officer",
            at=f"at + interval '{place + 1} days'",
            words="''",
        )
    link = {"id": "id", "engagement_id": "id", "commitment_id": "id"}
    yield insert("events_engagementcommitment", PROMISED, **TENANT, **link)


def _requests():
    sent = "CASE WHEN n = 1 THEN now() - interval '1 day' ELSE at - interval '20 days' END"
    read = "NOT (n = 1 AND p % 3 = 0)"
    step_in, heard = "(n = 13 AND p % 4 = 1)", "(n = 9 AND p % 4 = 0)"
    yield insert(
        "events_engagementrequest",
        REQUESTED,
        **TENANT,
        id="id",
        ref=uid("request", "id"),
        reference="'B' || lpad(id::text, 9, '0')",
        partnership_id="p + 1",
        raised_side="'institution'",
        raised_by_id="lead",
        recorded_by_id="lead",
        channel="'portal'",
        kind="'visit'",
        purposes="ARRAY['reassurance']",
        topics="'{}'",
        why="'Some of our older people would like to meet the new officers.'",
        times_to_avoid="''",
        place="''",
        expected_band="''",
        children_likely="FALSE",
        wants_woman_officer="FALSE",
        wants_known_officer="FALSE",
        urgency="'routine'",
        share_with_umbrella="FALSE",
        state="CASE WHEN n = 1 THEN (ARRAY['submitted', 'acknowledged', 'accepted'])[1 + p % 3]"
        f" WHEN {step_in} THEN 'acknowledged' WHEN {heard} THEN 'feedback_due' ELSE 'closed' END",
        state_at=sent,
        submitted_at=sent,
        acknowledged_at=f"CASE WHEN {read} THEN {sent} + interval '20 hours' END",
        acknowledged_by_id=f"CASE WHEN {read} THEN sergeant END",
        attending_id=f"CASE WHEN {read} THEN officer END",
        police_counters="0",
        institution_counters="0",
        decline_reason="''",
        recourse=f"CASE WHEN {step_in} THEN 'with_inspector' ELSE 'none' END",
        recourse_at=f"CASE WHEN {step_in} THEN now() - interval '3 days' END",
        held_at=f"CASE WHEN {heard} THEN now() - interval '30 days' WHEN {OVER} THEN at END",
    )
    for place, move in enumerate(("submitted", "acknowledged", "accepted")):
        yield insert(
            "events_requeststep",
            f"{REQUESTED} AND ({place} = 0 OR n > 1)",
            **TENANT,
            id=f"4 * id + {place}",
            request_id="id",
            move=f"'{move}'",
            side="'police'",
            by_id="sergeant",
            at=f"{sent} + interval '{20 * place} hours'",
            words="''",
        )
    yield insert(
        "events_requestslot",
        REQUESTED,
        **TENANT,
        id="id",
        request_id="id",
        side="'institution'",
        round="0",
        on="day",
        starts="starts",
        duration_minutes="60",
    )


def _trail():
    entry = {"actor_kind": "'user'", "actor_id": "officer", "institution_id": "mosque"}
    yield insert(
        "audit_entry",
        "visit WHERE state = 'held'",
        **entry,
        id=uid("logged", "id"),
        at="at + interval '1 hour'",
        action="'events.visit_logged'",
        subject_type="'events.engagement'",
        subject_id="id::text",
        details="jsonb_build_object('on', day, 'kind', 'visit', 'side', 'police', 'planned', TRUE)",
    )
    yield insert(
        "audit_entry",
        "visit WHERE n % 10 = 0",
        **entry,
        id=uid("agreed", "id"),
        at="least(at, now())",
        action="'partnerships.cadence_agreed'",
        subject_type="'partnerships.partnership'",
        subject_id="(p + 1)::text",
        details="jsonb_build_object('cadence_days', 90)",
    )


def _mail():
    yield insert(
        "outbox_message",
        "visit, generate_series(1, 3) AS k WHERE state = 'held'",
        id=uid("mail", "id * 4 + k"),
        key="'bench:' || id || ':' || k",
        kind="'events.visit_logged'",
        about_type="'events.engagement'",
        about_id="id::text",
        recipient_kind="'user'",
        recipient_id="lead::text",
        context="'{}'",
        due_at="at",
        give_up_at="at + interval '3 days'",
        state="'sent'",
        next_try_at="at",
        lease_by="''",
        attempts="1",
        uncertain="0",
        last_error="''",
        created_at="at",
        sent_at="at",
        ended_at="at",
    )


def statements() -> list[str]:
    return [*_promises(), *_requests(), *_trail(), *_mail()]
