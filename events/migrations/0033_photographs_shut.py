from django.db import migrations

TABLE = "partnerships_itemphoto"
# As open as the words beside which it stands.
OPEN_TO = (
    "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('wide'))::bigint[]) "
    "OR institution_id = ANY((SELECT portal.dealings())::bigint[]) "
    "OR item_id IN (SELECT id FROM public.partnerships_publisheditem WHERE state = 'published')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0032_safety_security"),
        ("partnerships", "0026_photographs"),
    ]
    operations = [
        migrations.RunSQL(
            f"SELECT portal.protect('{TABLE}', $${OPEN_TO}$$)",
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            f"DROP POLICY owner ON {TABLE}; DROP POLICY declared_work ON {TABLE};"
            f"DROP POLICY standing ON {TABLE};",
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_item_id_same "
            "FOREIGN KEY (item_id, institution_id) "
            "REFERENCES partnerships_publisheditem (id, institution_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_item_id_same",
        ),
    ]
