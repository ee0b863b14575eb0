"""Who administers a force's portal is shown who signs in there: people and roles, no record."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION portal.administered() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    over bigint[] := portal.ids('over');
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF over = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT h.force_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        WHERE h.access_role = 'platform_admin' AND h.force_id = ANY(over)
          AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    );
END $$;
REVOKE ALL ON FUNCTION portal.administered() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.administered() TO portal_app, portal_task;
"""
OF_FORCE = "force_id = ANY((SELECT portal.administered())::bigint[])"
# Somebody who cannot sign in is no account.
SHOWN = {
    "contacts_contact": f"user_id IS NOT NULL AND {OF_FORCE}",
    "contacts_roleholding": OF_FORCE,
}


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0021_area_ways_in"),
        ("events", "0034_reviews_shut_in_an_emergency"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portal.administered()"),
        *[
            migrations.RunSQL(
                f"CREATE POLICY administered ON {table} FOR SELECT TO portal_app USING ({shown})",
                f"DROP POLICY administered ON {table}",
            )
            for table, shown in SHOWN.items()
        ],
    ]
