from ..catalogue import TENANT, Basis, Subject, Table, nobody

_ASKING = ("asking mosques before police decide", Subject.AUTHOR, Basis.PUBLIC_TASK)
_PARTS = "title question open_to_change not_open options effect materials events"
_HEARD = "title heard"
_CAME = "changed unchanged why promise"

TABLES = {
    "partnerships.Consultation": Table(
        *_ASKING,
        "engagement",
        since="state_at",
        facts=TENANT + "ref kind state state_at owner_role decides_on closes_on answer_by areas"
        " visibility co_convenor convenor_name asked_by drafted_at convenor_told_at is_public"
        " umbrella_public public_item cosigned_at is_urgent opened_at reminded_at invited_members"
        " invited_others answered_members answered_others answered_umbrella positions decided_on"
        " reported_at",
        people="drafted_by cosigned_by opened_by decided_by abandoned_by",
        words=dict.fromkeys(f"{_PARTS} withheld".split(), "drafted_by")
        | {
            "objection": "cosigned_by",
            "urgency": "opened_by",
            "decision": "decided_by",
            "abandonment": "abandoned_by",
        },
    ),
    "partnerships.ConsultationInvitee": nobody(
        "which institutions were asked",
        TENANT + "consultation is_member invited_at",
        keep="engagement",
    ),
    "partnerships.ConsultationResponse": Table(
        *_ASKING,
        "engagement",
        since="answered_at",
        facts=TENANT + "ref consultation capacity position is_shared is_late answered_at"
        " superseded_at themes",
        people="answered_by",
        words={"text": "answered_by"},
    ),
    "partnerships.ConsultationTheme": Table(
        *_ASKING,
        "engagement",
        since="named_at",
        facts=TENANT + "ref consultation named_side named_at second_at raised_by_members"
        " raised_by_others raised_by_umbrella outcome promise_due_on commitment",
        people="named_by second_by decided_by",
        words=dict.fromkeys(_HEARD.split(), "named_by")
        | {"dissent": "second_by"}
        | dict.fromkeys(_CAME.split(), "decided_by"),
    ),
}
