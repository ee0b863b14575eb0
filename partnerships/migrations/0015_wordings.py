import uuid

import django.db.models.deletion
from django.db import migrations, models


def ref(table):
    """The database draws each row its own, which a default of Django's would not."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;"
        f"ALTER TABLE {table} ALTER COLUMN ref DROP DEFAULT;",
        f"ALTER TABLE {table} DROP COLUMN ref;",
    )


def to_text(related_name):
    return models.OneToOneField(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="partnerships.sharedtext",
    )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0014_community_views")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "commitmentstep",
                    "ref",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                )
            ],
            database_operations=[ref("partnerships_commitmentstep")],
        ),
        migrations.AddField("commitment", "wording", to_text("%(app_label)s_%(class)s")),
        migrations.AddField("commitmentstep", "wording", to_text("%(app_label)s_%(class)s")),
        migrations.AddField("policepause", "wording", to_text("%(app_label)s_%(class)s")),
        migrations.AddField("policepause", "reply_wording", to_text("reply_of")),
        migrations.RemoveConstraint("policepause", "police_pause_has_a_reason"),
        migrations.AddConstraint(
            "policepause",
            models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True)
                | models.Q(("wording__isnull", False)),
                name="police_pause_has_a_reason",
                violation_error_message="Say why.",
            ),
        ),
    ]
