"""The second line of safety details: shut to police, but for an officer with a need of the day.

It stands beside the others in the topmost app. Who breaks glass is not let in, nor who leads a
team: reading takes a row of ``partnerships_safetyneed`` and a role that still reaches the place.
Writing is for the institution's leads and safety leads alone, whatever else lets somebody read.
"""

from django.db import migrations

FUNCTIONS = """
-- The institutions of which one is a lead or safety lead today, or stands in for one.
CREATE FUNCTION portal.safety_kept() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT h.institution_id
        FROM contacts_roleholding h JOIN contacts_contact c ON c.id = h.contact_id
        WHERE h.access_role IN ('mosque_lead', 'mosque_safety', 'umbrella_lead')
          AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
          AND h.institution_id = ANY(portal.ids('narrow'))
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    );
END $$;

-- Those whose details one is assigned to read today, where one still serves.
CREATE FUNCTION portal.safety_needed() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    narrow bigint[] := portal.ids('narrow');
    wide bigint[] := portal.ids('wide');
BEGIN
    RETURN ARRAY(
        SELECT n.institution_id
        FROM partnerships_safetyneed n JOIN contacts_contact c ON c.id = n.officer_id
        WHERE c.user_id = who AND n.ended_at IS NULL
          AND n.starts_on <= today AND n.until > today
          AND (n.institution_id = ANY(narrow) OR n.force_id = ANY(wide))
    );
END $$;

REVOKE ALL ON FUNCTION portal.safety_kept(), portal.safety_needed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.safety_kept(), portal.safety_needed()
TO portal_app, portal_task;
"""
NO_FUNCTIONS = """
DROP FUNCTION portal.safety_kept();
DROP FUNCTION portal.safety_needed();
"""


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


SIDES = f"{listed('institution_id', 'narrow')} OR {listed('force_id', 'wide')}"
KEPT = asked("institution_id", "safety_kept")
NEEDED = asked("institution_id", "safety_needed")
# A copy of somebody’s data is looked for in the whole force, by name where no key says so.
SEARCHED = f"((SELECT portal.ids('person')) <> '{{}}' AND {listed('force_id', 'wide')})"
SHUT = ("partnerships_premisessafetydetail", "partnerships_keyholder")
NEED = "partnerships_safetyneed"


def protect(table, open_to):
    quoted = open_to.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


def read_by_others(table):
    return migrations.RunSQL(
        f"CREATE POLICY reading ON {table} FOR SELECT TO portal_app USING ({NEEDED} OR {SEARCHED})",
        f"DROP POLICY reading ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0031_memberships_narrowed"),
        ("partnerships", "0025_safety_details"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(
            "ALTER TABLE partnerships_premisessafetydetail "
            "ADD CONSTRAINT partnerships_premisessafetydetail_pair UNIQUE (id, institution_id);"
            "ALTER TABLE partnerships_keyholder "
            "ADD CONSTRAINT partnerships_keyholder_detail_id_same "
            "FOREIGN KEY (detail_id, institution_id) "
            "REFERENCES partnerships_premisessafetydetail (id, institution_id) "
            "DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE partnerships_keyholder "
            "DROP CONSTRAINT partnerships_keyholder_detail_id_same;"
            "ALTER TABLE partnerships_premisessafetydetail "
            "DROP CONSTRAINT partnerships_premisessafetydetail_pair;",
        ),
        *[protect(table, KEPT) for table in SHUT],
        *[read_by_others(table) for table in SHUT],
        protect(NEED, SIDES),
    ]
