"""The second line of bulletins, which are one text for many institutions.

A bulletin is open to police of its force, to the unit that drafts it and to those who were sent
it; so are its words. What is asked about it is for those who were sent it and the force, not for
a unit that may only draft. Who asked is for the asker alone.
"""

from django.db import migrations

FUNCTIONS = """
-- What the institutions of the actor were sent; for a panel, what is out in its force.
CREATE FUNCTION portal.bulletins_received() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    narrow bigint[] := portal.ids('narrow');
BEGIN
    RETURN ARRAY(
        SELECT bulletin_id FROM partnerships_bulletinrecipient WHERE institution_id = ANY(narrow)
        UNION
        SELECT b.id FROM partnerships_bulletin b
        WHERE b.state NOT IN ('draft', 'checked') AND b.force_id IN (
            SELECT h.force_id FROM contacts_roleholding h
            JOIN contacts_contact c ON c.id = h.contact_id
            WHERE c.user_id = who AND h.access_role = 'scrutineer' AND h.held_from <= today
              AND (h.held_until IS NULL OR h.held_until > today)
        )
    );
END $$;

-- The police units in whose name the actor may draft; one that mosques invite is among them.
CREATE FUNCTION portal.drafting_units() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN ARRAY(
        SELECT h.institution_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        JOIN contacts_institution i ON i.id = h.institution_id
        WHERE c.user_id = who AND h.access_role <> '' AND h.held_from <= today
          AND (h.held_until IS NULL OR h.held_until > today)
          AND i.kind IN ('police_team', 'police_unit', 'police_force')
    );
END $$;

-- The institutions for which the actor speaks, with those of whom they deputise for.
CREATE FUNCTION portal.spoken_for() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN ARRAY(
        SELECT h.institution_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        WHERE h.access_role IN ('mosque_lead', 'mosque_member', 'mosque_safety', 'umbrella_lead')
          AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    );
END $$;

-- As before, and the person whose data is looked for: what they asked is theirs.
CREATE OR REPLACE FUNCTION portal.search_for(person bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    around jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(DISTINCT force_id), '[]') INTO around FROM (
        SELECT force_id FROM contacts_contact WHERE id = person
        UNION
        SELECT force_id FROM contacts_roleholding WHERE contact_id = person
    ) there;
    RETURN jsonb_build_object(
        'forces', around, 'wide', around, 'person', jsonb_build_array(person)
    );
END $$;

REVOKE ALL ON FUNCTION
    portal.bulletins_received(), portal.drafting_units(), portal.spoken_for()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    portal.bulletins_received(), portal.drafting_units(), portal.spoken_for()
TO portal_app, portal_task;
"""

NO_FUNCTIONS = """
CREATE OR REPLACE FUNCTION portal.search_for(person bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    around jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(DISTINCT force_id), '[]') INTO around FROM (
        SELECT force_id FROM contacts_contact WHERE id = person
        UNION
        SELECT force_id FROM contacts_roleholding WHERE contact_id = person
    ) there;
    RETURN jsonb_build_object('forces', around, 'wide', around);
END $$;
DROP FUNCTION portal.spoken_for();
DROP FUNCTION portal.drafting_units();
DROP FUNCTION portal.bulletins_received();
"""


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


FORCE = listed("force_id", "forces")
DRAFTS = asked("institution_id", "drafting_units")
OPEN_TO = {
    "partnerships_bulletin": f"{FORCE} OR {DRAFTS} OR {asked('id', 'bulletins_received')}",
    "partnerships_bulletinversion": (
        f"{FORCE} OR {DRAFTS} OR {asked('bulletin_id', 'bulletins_received')}"
    ),
    "partnerships_bulletinquestion": f"{FORCE} OR {asked('bulletin_id', 'bulletins_received')}",
    "partnerships_bulletinrecipient": f"{listed('institution_id', 'narrow')} OR {FORCE}",
    "partnerships_bulletinasker": (
        f"{asked('institution_id', 'spoken_for')} OR {asked('asked_by_id', 'myself')} "
        f"OR {listed('asked_by_id', 'person')}"
    ),
}
CHILDREN = {
    "partnerships_bulletinversion": "bulletin_id",
    "partnerships_bulletinquestion": "bulletin_id",
}


def protect(table, open_to):
    quoted = open_to.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


def key(child, column):
    name, parent = f"{child}_{column}_same", "partnerships_bulletin"
    return migrations.RunSQL(
        f"ALTER TABLE {child} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        f"REFERENCES {parent} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0018_wordings"), ("partnerships", "0016_bulletins")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(
            "ALTER TABLE partnerships_bulletin ADD CONSTRAINT partnerships_bulletin_pair "
            "UNIQUE (id, institution_id)",
            "ALTER TABLE partnerships_bulletin DROP CONSTRAINT partnerships_bulletin_pair",
        ),
        *[key(child, column) for child, column in CHILDREN.items()],
        *[protect(table, open_to) for table, open_to in OPEN_TO.items()],
    ]
