from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_promise_timeline")]

    operations = [
        migrations.AddIndex(
            model_name="sharedtext",
            index=models.Index(
                fields=["partnership"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="shared_text_withdrawn",
            ),
        ),
    ]
