"""Whom a mosque let in reads the texts of its notes, as the pages say, and no other text of it.

The words of a concern's steps carry the institution along, as other texts do.
"""

from django.db import migrations

GUEST = "institution_id = ANY((SELECT portal.ids('guest'))::bigint[])"
OWN = "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[])"
WIDE = "force_id = ANY((SELECT portal.ids('wide'))::bigint[])"
DEALINGS = "institution_id = ANY((SELECT portal.dealings())::bigint[])"
NOTE = "SELECT FROM public.events_sharednote n WHERE n.text_id = "
OF_NOTE = (
    ("partnerships_sharedtext", "id"),
    ("partnerships_sharedtextversion", "text_id"),
    ("partnerships_correction", "text_id"),
    ("partnerships_disagreementstatement", "text_id"),
)


def narrowed(table, column):
    def policy(guest):
        joint = f"{column} = ANY((SELECT portal.joint_texts())::bigint[])"
        return (
            f"ALTER POLICY standing ON {table} "
            f"USING ({OWN} OR {WIDE} OR {DEALINGS} OR {joint} OR {guest})"
        )

    of_note = f"EXISTS ({NOTE}{table}.{column})"
    return migrations.RunSQL(policy(f"({GUEST} AND {of_note})"), policy(GUEST))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0020_concern_security"),
        ("partnerships", "0018_concern_step_ref"),
    ]

    operations = [
        *[narrowed(*each) for each in OF_NOTE],
        migrations.RunSQL(
            "ALTER TABLE partnerships_concernstep "
            "ADD CONSTRAINT partnerships_concernstep_wording_id_same "
            "FOREIGN KEY (wording_id, institution_id) "
            "REFERENCES partnerships_sharedtext (id, institution_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE partnerships_concernstep "
            "DROP CONSTRAINT partnerships_concernstep_wording_id_same",
        ),
    ]
