from django.db import migrations

TABLE = "partnerships_communityview"
# The words of a partnership, as the others are; beyond it those whom the institution chose.
OPEN_TO = (
    "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('wide'))::bigint[]) "
    "OR institution_id = ANY((SELECT portal.dealings())::bigint[]) "
    "OR (institution_id = ANY((SELECT portal.ids('guest'))::bigint[]) AND audience <> 'police') "
    "OR (force_id = ANY((SELECT portal.ids('around'))::bigint[]) AND audience = 'partners')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0016_wider_events_shut"),
        ("partnerships", "0014_community_views"),
    ]
    operations = [
        migrations.RunSQL(
            f"SELECT portal.protect('{TABLE}', $${OPEN_TO}$$)",
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            f"DROP POLICY owner ON {TABLE}; DROP POLICY declared_work ON {TABLE};"
            f"DROP POLICY standing ON {TABLE};",
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_partnership_id_same "
            "FOREIGN KEY (partnership_id, institution_id) "
            "REFERENCES partnerships_partnership (id, institution_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_partnership_id_same",
        ),
    ]
