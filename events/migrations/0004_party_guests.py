"""A trigger tells guests from the host, and notes are found by when they left or were answered."""

from django.db import migrations, models

GUEST = """
CREATE FUNCTION portal_set_guest() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.is_guest := NEW.institution_id <> (
        SELECT institution_id FROM public.events_engagement WHERE id = NEW.engagement_id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER set_guest BEFORE INSERT OR UPDATE ON events_engagementparty
    FOR EACH ROW EXECUTE FUNCTION portal_set_guest();
UPDATE events_engagementparty SET is_guest = is_guest;
"""
NO_GUEST = """
DROP TRIGGER set_guest ON events_engagementparty;
DROP FUNCTION portal_set_guest();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0003_request_handover")]

    operations = [
        migrations.AddField(
            model_name="engagementparty",
            name="is_guest",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(GUEST, NO_GUEST),
        migrations.AddIndex(
            model_name="sharednote",
            index=models.Index(
                fields=["institution", "-left_at", "-id"],
                condition=models.Q(left_at__isnull=False),
                name="shared_note_left",
            ),
        ),
        migrations.AddIndex(
            model_name="sharednote",
            index=models.Index(
                fields=["institution", "-answered_at", "-id"],
                condition=models.Q(answered_at__isnull=False),
                name="shared_note_answered",
            ),
        ),
    ]
