"""What a law forbids telling is hidden by the database, too, until it is told.

Whoever keeps the records of a force, or commands there, may know of it; nobody else finds the
disclosure, not even where a filter is forgotten.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION portal.notice_forces() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    forces bigint[] := portal.ids('forces');
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF forces = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT h.force_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        WHERE h.access_role IN ('records_officer', 'coordinator', 'commander')
          AND h.force_id = ANY(forces)
          AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    );
END $$;

CREATE FUNCTION portal.untold() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    known bigint[] := portal.notice_forces();
BEGIN
    RETURN ARRAY(
        SELECT disclosure_id FROM contacts_heldnotice
        WHERE told_at IS NULL AND force_id <> ALL(known)
    );
END $$;

REVOKE ALL ON FUNCTION portal.notice_forces(), portal.untold() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.notice_forces(), portal.untold() TO portal_app, portal_task;
"""
NO_FUNCTIONS = "DROP FUNCTION portal.untold(); DROP FUNCTION portal.notice_forces();"
TABLE, PARENT = "contacts_heldnotice", "contacts_disclosure"
OPEN_TO = "force_id = ANY((SELECT portal.notice_forces())::bigint[])"
READ = (
    "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('forces'))::bigint[]) "
    "OR force_id = ANY((SELECT portal.ids('over'))::bigint[])"
)
TOLD = "id <> ALL((SELECT portal.untold())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0024_held_notices"),
        ("events", "0036_standing_down_security"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {PARENT} ADD CONSTRAINT {PARENT}_pair UNIQUE (id, institution_id)",
            f"ALTER TABLE {PARENT} DROP CONSTRAINT {PARENT}_pair",
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_disclosure_id_same "
            "FOREIGN KEY (disclosure_id, institution_id) "
            f"REFERENCES {PARENT} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_disclosure_id_same",
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(
            f"SELECT portal.protect('{TABLE}', '{OPEN_TO}')",
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            f"DROP POLICY owner ON {TABLE}; DROP POLICY declared_work ON {TABLE};"
            f"DROP POLICY standing ON {TABLE};",
        ),
        migrations.RunSQL(
            f"ALTER POLICY standing ON {PARENT} USING (({READ}) AND {TOLD})",
            f"ALTER POLICY standing ON {PARENT} USING ({READ})",
        ),
    ]
