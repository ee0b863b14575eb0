from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_withdrawn_texts")]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["due_on"],
                condition=models.Q(state__in=["proposed", "agreed"]),
                name="commitment_sweep_due",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["claimed_at"],
                condition=models.Q(state="done_claimed"),
                name="commitment_sweep_claimed",
            ),
        ),
    ]
