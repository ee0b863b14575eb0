"""Concerns are shut like other words of the record, and carry the institution along."""

from django.db import migrations

OWN = "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[])"
WIDE = "force_id = ANY((SELECT portal.ids('wide'))::bigint[])"
DEALINGS = "institution_id = ANY((SELECT portal.dealings())::bigint[])"
WORDS = f"{OWN} OR {WIDE} OR {DEALINGS}"
TABLES = ("partnerships_concern", "partnerships_concernstep")
KEYS = (
    ("partnerships_concern", "partnership_id", "partnerships_partnership"),
    ("partnerships_concern", "follows_id", "partnerships_concern"),
    ("partnerships_concernstep", "concern_id", "partnerships_concern"),
    ("partnerships_concernstep", "text_id", "partnerships_sharedtext"),
)


def protect(table):
    quoted = WORDS.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


def key(child, column, parent):
    name = f"{child}_{column}_same"
    return migrations.RunSQL(
        f"ALTER TABLE {child} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        f"REFERENCES {parent} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0019_bulletin_security"), ("partnerships", "0017_concerns")]

    operations = [
        *[protect(table) for table in TABLES],
        migrations.RunSQL(
            "ALTER TABLE partnerships_concern ADD CONSTRAINT partnerships_concern_pair "
            "UNIQUE (id, institution_id)",
            "ALTER TABLE partnerships_concern DROP CONSTRAINT partnerships_concern_pair",
        ),
        *[key(*each) for each in KEYS],
    ]
