"""Which promise answers which concern is shut like the words of the record."""

from django.db import migrations

TABLE = "partnerships_concerncommitment"
OWN = "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[])"
WIDE = "force_id = ANY((SELECT portal.ids('wide'))::bigint[])"
DEALINGS = "institution_id = ANY((SELECT portal.dealings())::bigint[])"
KEYS = {
    "concern_id": "partnerships_concern",
    "commitment_id": "partnerships_commitment",
}


def key(column, parent):
    name = f"{TABLE}_{column}_same"
    return migrations.RunSQL(
        f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        f"REFERENCES {parent} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0029_guests_read_what_left"),
        ("partnerships", "0024_concern_promises"),
    ]

    operations = [
        *[key(*each) for each in KEYS.items()],
        migrations.RunSQL(
            f"SELECT portal.protect('{TABLE}', $${OWN} OR {WIDE} OR {DEALINGS}$$)",
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            f"DROP POLICY owner ON {TABLE}; DROP POLICY declared_work ON {TABLE};"
            f"DROP POLICY standing ON {TABLE};",
        ),
    ]
