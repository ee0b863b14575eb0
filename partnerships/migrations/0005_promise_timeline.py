from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_promise_handover")]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["partnership", "due_on"],
                condition=models.Q(state__in=["proposed", "agreed", "done_claimed"]),
                name="commitment_not_over",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["institution", "-proposed_at", "-id"], name="commitment_institution_line"
            ),
        ),
    ]
