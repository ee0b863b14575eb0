from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION portal.enter_invited(digest text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claim jsonb := coalesce(portal.claim(), '{{}}');
    inviting bigint;
BEGIN
    SELECT institution_id INTO inviting FROM contacts_invitation
    WHERE token_digest = digest AND accepted_at IS NULL AND ended_at IS NULL{in_time};
    IF inviting IS NULL THEN
        RETURN false;
    END IF;
    PERFORM portal.keep_claim(
        jsonb_build_object('until', extract(epoch FROM clock_timestamp())::bigint + 300)
        || claim
        || jsonb_build_object('narrow', coalesce(claim -> 'narrow', '[]') || to_jsonb(inviting)),
        true
    );
    RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    """The database, too, takes an invitation for over after its last day."""

    dependencies = [("events", "0013_row_log")]
    operations = [
        migrations.RunSQL(
            FUNCTION.format(in_time=" AND expires_at > clock_timestamp()"),
            FUNCTION.format(in_time=""),
        )
    ]
