from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0008_held_recorded_by")]

    operations = [
        migrations.AddIndex(
            model_name="engagementrequest",
            index=models.Index(
                fields=["recourse_at"],
                condition=models.Q(recourse="with_inspector"),
                name="request_sweep_recourse",
            ),
        ),
        migrations.AddIndex(
            model_name="engagementrequest",
            index=models.Index(
                fields=["held_at"],
                condition=models.Q(state="feedback_due"),
                name="request_sweep_feedback",
            ),
        ),
    ]
