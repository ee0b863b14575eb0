"""Whom a mosque let in reads a note once it has left, and its text no sooner.

The policies of texts ask whether there is a note that the reader is shown, so they follow.
"""

from django.db import migrations

READ = (
    "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('wide'))::bigint[]) "
    "OR institution_id = ANY((SELECT portal.dealings())::bigint[]) "
    "OR engagement_id = ANY((SELECT portal.joint_visits())::bigint[]) "
)
GUEST = "institution_id = ANY((SELECT portal.ids('guest'))::bigint[])"
POLICY = "ALTER POLICY standing ON events_sharednote USING"


class Migration(migrations.Migration):
    dependencies = [("events", "0028_review_security")]

    operations = [
        migrations.RunSQL(
            f"{POLICY} ({READ} OR ({GUEST} AND left_at IS NOT NULL))",
            f"{POLICY} ({READ} OR {GUEST})",
        )
    ]
