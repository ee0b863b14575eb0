"""What happened between the institutions: visits, notes, promises, requests, trail and mail.

The same for every partnership: visit ``n`` of partnership ``p`` has the id ``p * 1000 + n + 1``,
and so have its note, promise and request. Everything but the first visits is over and done with,
so that what waits stays the same however long the history; of each kind about 500 rows in 2,000
partnerships are due for a sweep.
"""

from .fill_people import (
    DISTRICT,
    FORCE,
    LEAD,
    MOSQUE,
    OF_DISTRICT,
    OF_FORCE,
    OF_NEIGHBOURHOOD,
    OFFICER,
    OFFICERS,
    TEAM,
    insert,
    uid,
)

MOST_EACH = 999  # visits a partnership, for the ids
DAYS = 1080  # of history; it ends 15 days ago
GUESTS = 500_000_000

_DAY = f"""CASE
    WHEN n = 2 AND p % 4 = 1 THEN %(today)s::date - 20 WHEN n = 2 THEN %(today)s::date - 3 - p % 7
    WHEN n = 3 THEN %(today)s::date + 2 + p % 20
    WHEN n IN (4, 5) THEN %(today)s::date - 1 - p % 2
    ELSE %(today)s::date - 15 - (p * 7919 + n * 104729) % {DAYS} END"""
_STATE = "CASE WHEN n = 3 THEN 'planned' WHEN n % 25 = 24 THEN 'cancelled' ELSE 'held' END"
VISITS = f"""
    CREATE TEMPORARY TABLE visit ON COMMIT DROP AS
    SELECT id, p, n, day, starts, (day + starts) AT TIME ZONE 'Europe/London' AS at, state,
        {MOSQUE} + p AS mosque, {LEAD} + p AS lead, {TEAM} + p / {OF_NEIGHBOURHOOD} AS team,
        {FORCE} + p / {OF_FORCE} AS force, {DISTRICT} + p / {OF_DISTRICT} AS district,
        {OFFICER} + p / {OF_NEIGHBOURHOOD} * {OFFICERS} AS sergeant,
        {OFFICER} + p / {OF_NEIGHBOURHOOD} * {OFFICERS} + 1 + n % 3 AS officer
    FROM (
        SELECT p * 1000 + n + 1 AS id, p, n, {_DAY} AS day, {_STATE} AS state,
            make_time(10 + (p + n) % 8, 0, 0) AS starts
        FROM generate_series(0, %(last)s - 1) AS p, generate_series(0, %(each)s - 1) AS n
        WHERE p >= %(first)s OR n >= %(had)s
    ) AS numbered ORDER BY day, id
"""
TENANT = {"institution_id": "mosque", "force_id": "force", "district_id": "district"}
WITHOUT_NOTE = "n IN (3, 4) OR state <> 'held'"
NOTED = f"visit WHERE NOT ({WITHOUT_NOTE})"
PROMISED = f"visit WHERE NOT ({WITHOUT_NOTE}) AND n <> 2 AND (n <> 5 OR p % 4 = 3)"
REQUESTED = "visit WHERE n % 4 = 1"
OVER = "n % 4 = 1 AND n > 1 AND NOT (n = 13 AND p % 4 = 1)"  # requests that led to the visit


def _engagements():
    return insert(
        "events_engagement",
        "visit",
        **TENANT,
        id="id",
        ref=uid("visit", "id"),
        partnership_id="p + 1",
        request_id=f"CASE WHEN {OVER} THEN id END",
        lead_unit_id="team",
        kind="(ARRAY['visit', 'drop_in', 'meeting', 'phone_call', 'talk_tour'])[1 + n % 5]",
        purposes="ARRAY['reassurance']",
        topics="'{}'",
        roles_met="'{}'",
        initiated_by="CASE WHEN n % 3 = 0 THEN 'institution' ELSE 'police' END",
        funding="''",
        state="state",
        was_planned="n % 4 = 1 OR n = 3",
        unannounced="CASE WHEN n % 5 = 1 THEN 'passing' ELSE '' END",
        invited_at_busy_time="FALSE",
        on="day",
        starts="starts",
        starts_at="at",
        duration_minutes="30",
        place="''",
        photography="'none'",
        body_worn_video="'off'",
        hospitality="'none'",
        logged_side="'police'",
        logged_by_id="officer",
        logged_at="least(at, now())",
        held_recorded_at="CASE WHEN state = 'held' THEN at + interval '1 hour' END",
        held_recorded_by_id="CASE WHEN state = 'held' THEN officer END",
        cancelled_at="CASE WHEN state = 'cancelled' THEN at END",
        cancelled_by_id="CASE WHEN state = 'cancelled' THEN officer END",
        cancelled_side="CASE WHEN state = 'cancelled' THEN 'police' ELSE '' END",
        cancel_reason="CASE WHEN state = 'cancelled' THEN 'operational' ELSE '' END",
        calendar_sequence="0",
    )


def _company():
    """Who took part: the host, now and then the mosque next door, and two officers."""
    neighbour = f"p / {OF_NEIGHBOURHOOD} * {OF_NEIGHBOURHOOD} + (p + 1) % {OF_NEIGHBOURHOOD}"
    party = {"engagement_id": "id", "force_id": "force", "district_id": "district"}
    table = "events_engagementparty"
    yield insert(
        table,
        "visit",
        **party,
        id="id",
        institution_id="mosque",
        partnership_id="p + 1",
        is_guest="FALSE",
    )
    yield insert(
        table,
        f"visit WHERE n % 50 = 10 AND {neighbour} < %(last)s",
        **party,
        id=f"{GUESTS} + id",
        institution_id=f"{MOSQUE} + {neighbour}",
        partnership_id=f"{neighbour} + 1",
        is_guest="TRUE",
    )
    for place, officer in enumerate(("sergeant", "officer")):
        yield insert(
            "events_attendance",
            "visit",
            **TENANT,
            id=f"2 * id + {place}",
            engagement_id="id",
            officer_id=officer,
            in_uniform="TRUE",
        )


def _notes():
    """The words of a note, its one version, where it stands, and now and then a disagreement."""
    shared = "CASE WHEN n = 5 THEN now() - interval '1 hour' ELSE at + interval '1 day' END"
    side = {"drafted_side": "'police'"}
    settled = "(ARRAY['unconfirmed', 'confirmed_by_phone', 'disagreed'])[n % 10 - 6]"
    waits = "n IN (2, 5)"
    yield insert(
        "partnerships_sharedtext",
        NOTED,
        **TENANT,
        **side,
        id="id",
        ref=uid("text", "id"),
        partnership_id="p + 1",
        current_version="1",
        withdrawal="''",
    )
    words = "'We spoke about the car park, the school run and the lights behind the hall. ' || id"
    yield insert(
        "partnerships_sharedtextversion",
        NOTED,
        **TENANT,
        id="id",
        text_id="id",
        number="1",
        parts=f"jsonb_build_object('told_us', {words}, 'we_said', 'We will come back to you.')",
        written_at=shared,
        written_by_id="officer",
        side="'police'",
    )
    yield insert(
        "events_sharednote",
        NOTED,
        **TENANT,
        **side,
        id="id",
        engagement_id="id",
        text_id="id",
        state=f"CASE WHEN {waits} THEN 'shared' ELSE coalesce({settled}, 'confirmed') END",
        drafted_by_id="officer",
        nothing_promised="FALSE",
        planned_promises="'[]'",
        shared_at=shared,
        leaves_at=f"{shared} + interval '15 minutes'",
        left_at=f"CASE WHEN n = 5 AND p % 4 = 2 THEN NULL ELSE {shared} END",
        reply_by="day + 15",
        answered_at=f"CASE WHEN NOT {waits} THEN at + interval '3 days' END",
        answered_by_id=f"CASE WHEN NOT {waits} THEN lead END",
        answer_channel=f"CASE WHEN {waits} THEN '' ELSE 'portal' END",
    )
    yield insert(
        "partnerships_disagreementstatement",
        f"{NOTED} AND n % 10 = 9",
        **TENANT,
        id="id",
        ref=uid("disagreement", "id"),
        text_id="id",
        side="'institution'",
        statement="'We remember it otherwise.'",
        made_at="at + interval '3 days'",
        made_by_id="lead",
    )


def statements() -> list[str]:
    """Return what writes visits and notes; ``visit`` is then there for what follows from them."""
    return [VISITS, _engagements(), *_company(), *_notes()]
