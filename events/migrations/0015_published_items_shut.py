from django.db import migrations

TABLE = "partnerships_publisheditem"
# The words of a partnership, as the others are; and, approved by both, anybody's.
OPEN_TO = (
    "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('wide'))::bigint[]) "
    "OR institution_id = ANY((SELECT portal.dealings())::bigint[]) "
    "OR state = 'published'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_invitation_ends"),
        ("partnerships", "0012_published_items"),
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
