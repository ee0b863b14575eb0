import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0017_concerns")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "concernstep",
                    "ref",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                )
            ],
            # The database draws each row its own, which a default of Django's would not.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE partnerships_concernstep"
                    " ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;"
                    "ALTER TABLE partnerships_concernstep ALTER COLUMN ref DROP DEFAULT;",
                    "ALTER TABLE partnerships_concernstep DROP COLUMN ref;",
                )
            ],
        ),
        migrations.AddField(
            "concernstep",
            "wording",
            models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(app_label)s_%(class)s",
                to="partnerships.sharedtext",
            ),
        ),
    ]
