"""Apart from the rows it covers: Postgres builds no index while triggers of a change are pending."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_party_guests")]

    operations = [
        migrations.AddIndex(
            model_name="engagementparty",
            index=models.Index(
                fields=["institution", "engagement"],
                condition=models.Q(is_guest=True),
                name="engagement_party_guest",
            ),
        ),
    ]
