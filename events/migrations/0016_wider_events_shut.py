from django.db import migrations

EVENT, TOUCHED = "partnerships_widerevent", "partnerships_touchedpartnership"
OPEN_TO = {
    TOUCHED: "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('wide'))::bigint[]) "
    "OR institution_id = ANY((SELECT portal.dealings())::bigint[])",
    # Whoever may see one partnership that it touches, by the policy above; and who writes it.
    EVENT: "EXISTS (SELECT FROM public.partnerships_touchedpartnership AS here "
    "WHERE here.event_id = public.partnerships_widerevent.id) "
    "OR recorded_by_id = ANY((SELECT portal.myself())::bigint[])",
}
KEYS = {
    "partnership_id": "partnerships_partnership",
    "commitment_id": "partnerships_commitment",
}


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_published_items_shut"),
        ("partnerships", "0013_wider_events"),
    ]
    operations = [
        *[
            migrations.RunSQL(
                f"SELECT portal.protect('{table}', $${open_to}$$)",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
                f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
                f"DROP POLICY standing ON {table};",
            )
            for table, open_to in OPEN_TO.items()
        ],
        *[
            migrations.RunSQL(
                f"ALTER TABLE {TOUCHED} ADD CONSTRAINT {TOUCHED}_{column}_same "
                f"FOREIGN KEY ({column}, institution_id) REFERENCES {parent} (id, institution_id) "
                "DEFERRABLE INITIALLY DEFERRED",
                f"ALTER TABLE {TOUCHED} DROP CONSTRAINT {TOUCHED}_{column}_same",
            )
            for column, parent in KEYS.items()
        ],
    ]
