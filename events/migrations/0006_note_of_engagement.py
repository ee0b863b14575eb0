from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_party_guest_index")]

    operations = [
        migrations.AddIndex(
            model_name="sharednote",
            index=models.Index(
                fields=["engagement"],
                include=["state", "left_at", "text"],
                name="shared_note_of_engagement",
            ),
        ),
    ]
