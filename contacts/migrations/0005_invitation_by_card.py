from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_officer_prefix")]

    operations = [
        # The database's own default lets code that knows no cards go on inviting.
        migrations.AddField(
            "invitation",
            "by_card",
            models.BooleanField(db_default=False, default=False, editable=False),
        )
    ]
