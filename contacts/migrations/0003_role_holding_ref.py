import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_tenant_columns")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "roleholding",
                    "ref",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                )
            ],
            # The database draws each row its own, which a default of Django's would not.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE contacts_roleholding"
                    " ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;"
                    "ALTER TABLE contacts_roleholding ALTER COLUMN ref DROP DEFAULT;",
                    "ALTER TABLE contacts_roleholding DROP COLUMN ref;",
                )
            ],
        ),
        migrations.AlterField(
            "rank", "abbreviation", models.CharField(blank=True, max_length=12)
        ),
    ]
