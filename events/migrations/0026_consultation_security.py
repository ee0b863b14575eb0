"""The second line of consultations: one question to many, each of whom reads its own answer alone.

A consultation and what was heard are open to police of its force, to those who were asked, to the
umbrella body that convenes it, to whoever wished for it, and once open to a panel. An answer is
for whoever gave it, for police of that area and for the unit that asks with those set over it;
the umbrella body reads what its author shared.
"""

from django.db import migrations

FUNCTIONS = """
-- Which consultations the actor's own institutions were asked, convene or wished for, and what a
-- panel reads.
CREATE FUNCTION portal.consultations_open() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    own bigint[] := portal.spoken_for();
BEGIN
    RETURN ARRAY(
        SELECT consultation_id FROM partnerships_consultationinvitee
        WHERE institution_id = ANY(own)
        UNION
        SELECT id FROM partnerships_consultation
        WHERE co_convenor_id = ANY(own) OR asked_by_id = ANY(own)
        UNION
        SELECT c.id FROM partnerships_consultation c
        WHERE c.opened_at IS NOT NULL AND c.force_id IN (
            SELECT h.force_id FROM contacts_roleholding h
            JOIN contacts_contact p ON p.id = h.contact_id
            WHERE p.user_id = who AND h.access_role = 'scrutineer' AND h.held_from <= today
              AND (h.held_until IS NULL OR h.held_until > today)
        )
    );
END $$;

-- Those that they convene, whose shared answers they read.
CREATE FUNCTION portal.consultations_convened() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own bigint[] := portal.spoken_for();
BEGIN
    RETURN ARRAY(SELECT id FROM partnerships_consultation WHERE co_convenor_id = ANY(own));
END $$;

-- Those that the actor's own police unit asks, or a unit that they are set over.
CREATE FUNCTION portal.consultations_asked() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    units bigint[] := portal.drafting_units();
BEGIN
    RETURN ARRAY(
        SELECT c.id FROM partnerships_consultation c
        JOIN contacts_institution u ON u.id = c.institution_id
        JOIN contacts_policingarea a ON a.id = u.area_id
        WHERE c.institution_id = ANY(units) OR a.lineage && ARRAY(
            SELECT i.area_id FROM contacts_roleholding h
            JOIN contacts_institution i ON i.id = h.institution_id
            JOIN contacts_contact p ON p.id = h.contact_id
            WHERE h.access_role IN ('inspector', 'commander', 'coordinator')
              AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
              AND (p.user_id = who OR h.id IN (
                  SELECT d.holding_id FROM contacts_deputyship d
                  JOIN contacts_contact deputy ON deputy.id = d.deputy_id
                  WHERE deputy.user_id = who AND d.acts_from <= today
                    AND (d.acts_until IS NULL OR d.acts_until > today)
              ))
        )
    );
END $$;

REVOKE ALL ON FUNCTION
    portal.consultations_open(), portal.consultations_convened(), portal.consultations_asked()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    portal.consultations_open(), portal.consultations_convened(), portal.consultations_asked()
TO portal_app, portal_task;
"""
NO_FUNCTIONS = """
DROP FUNCTION portal.consultations_asked();
DROP FUNCTION portal.consultations_convened();
DROP FUNCTION portal.consultations_open();
"""


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


FORCE = "force_id = ANY((SELECT portal.ids('forces'))::bigint[])"
WIDE = "force_id = ANY((SELECT portal.ids('wide'))::bigint[])"
NARROW = "institution_id = ANY((SELECT portal.ids('narrow'))::bigint[])"
OWN = asked("institution_id", "spoken_for")
UMBRELLAS = (
    "EXISTS (SELECT FROM public.contacts_institution i WHERE i.id = umbrella_id "
    "AND i.force_id = ANY((SELECT portal.ids('wide'))::bigint[]))"
)
MEMBERS = (
    "member_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR umbrella_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    f"OR {asked('member_id', 'linked_institutions')}"
)
OF_FORCE = asked("member_id", "in_forces")
OPEN_TO = {
    "partnerships_consultation": (
        f"{FORCE} OR {asked('co_convenor_id', 'spoken_for')} "
        f"OR {asked('asked_by_id', 'spoken_for')} OR {asked('id', 'consultations_open')}"
    ),
    "partnerships_consultationtheme": (
        f"{FORCE} OR {asked('consultation_id', 'consultations_open')}"
    ),
    "partnerships_consultationinvitee": f"{OWN} OR {FORCE}",
    "partnerships_consultationresponse": (
        f"{NARROW} OR {WIDE} OR {asked('consultation_id', 'consultations_asked')} "
        f"OR (is_shared AND {asked('consultation_id', 'consultations_convened')})"
    ),
}


def protect(table, open_to):
    quoted = open_to.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0025_shared_answers"),
        ("partnerships", "0021_consultations"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(
            "ALTER TABLE partnerships_consultation ADD CONSTRAINT partnerships_consultation_pair "
            "UNIQUE (id, institution_id)",
            "ALTER TABLE partnerships_consultation DROP CONSTRAINT partnerships_consultation_pair",
        ),
        migrations.RunSQL(
            "ALTER TABLE partnerships_consultationtheme ADD CONSTRAINT "
            "partnerships_consultationtheme_consultation_id_same FOREIGN KEY "
            "(consultation_id, institution_id) REFERENCES partnerships_consultation "
            "(id, institution_id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE partnerships_consultationtheme DROP CONSTRAINT "
            "partnerships_consultationtheme_consultation_id_same",
        ),
        *[protect(table, open_to) for table, open_to in OPEN_TO.items()],
        # Police count members and others apart: who belongs to a body is open to the force.
        migrations.RunSQL(
            f"ALTER POLICY standing ON contacts_membership USING ({MEMBERS} OR {OF_FORCE})",
            "ALTER POLICY standing ON contacts_membership "
            f"USING ({MEMBERS} OR {UMBRELLAS})",
        ),
    ]
