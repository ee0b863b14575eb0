from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0019_membership_role")]

    operations = [
        migrations.AddField(
            "user",
            "devices_forgotten_at",
            models.DateTimeField(blank=True, editable=False, null=True),
        )
    ]
