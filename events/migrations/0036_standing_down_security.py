"""That leads are to stand down is read by those who speak for the institution, and by no police."""

from django.db import migrations

TABLE = "contacts_standingdown"
OPEN_TO = "institution_id = ANY((SELECT portal.spoken_for())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0023_standing_down"),
        ("events", "0035_accounts_administered"),
    ]

    operations = [
        migrations.RunSQL(
            f"SELECT portal.protect('{TABLE}', '{OPEN_TO}')",
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            f"DROP POLICY owner ON {TABLE}; DROP POLICY declared_work ON {TABLE};"
            f"DROP POLICY standing ON {TABLE};",
        )
    ]
