from ..catalogue import Basis, Subject, Table, nobody

TABLES = {
    "audit.Entry": Table(
        "proving who did what: codes, numbers and dates, never words",
        Subject.ACCOUNT_HOLDER,
        Basis.SECURITY,
        "trail",
        since="at",
        facts="id at action actor_kind actor_id subject_type subject_id institution_id details",
        numbers=(
            {"actor_kind": "user", "actor_id": "{user}"},
            {"subject_type": "contacts.user", "subject_id": "{user}"},
            {"subject_type": "contacts.contact", "subject_id": "{contact}"},
        ),
    ),
    "audit.AccessEvent": Table(
        "showing an institution who looked at its record",
        Subject.ACCOUNT_HOLDER,
        Basis.SECURITY,
        "trail",
        since="at",
        facts="id at actor_id institution_id what subject_type subject_id grant_id",
        numbers=(
            {"actor_id": "{user}"},
            {"subject_type": "contacts.contact", "subject_id": "{contact}"},
        ),
    ),
    "outbox.Message": Table(
        "reminders and answers by mail: numbers, codes and paths, never words",
        Subject.ACCOUNT_HOLDER,
        Basis.PUBLIC_TASK,
        "mail",
        since="ended_at",
        facts=(
            "id key kind about_type about_id recipient_kind recipient_id context due_at give_up_at"
            " state next_try_at held_until lease_until lease_by started_at attempts uncertain"
            " last_error created_at sent_at ended_at"
        ),
        secrets="secret",
        numbers=({"recipient_kind": "user", "recipient_id": "{user}"},),
    ),
    "outbox.TaskRun": nobody("showing that the portal's own work is done", "task ended_at"),
    "outbox.Freeze": nobody("holding mail back", "id frozen_at"),
}
