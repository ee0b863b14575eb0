"""Whoever is let into a record for hours, or for one concern, is no side of its reviews.

Police in whose reach it lies read and write their own account; an officer who opened the record in
an emergency and a panel that reads a concern read what both may read, and write nothing.
"""

from django.db import migrations

FUNCTIONS = """
-- The institutions whose record the actor opened in an emergency.
CREATE FUNCTION portal.opened_in_emergency() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
BEGIN
    RETURN ARRAY(
        SELECT g.institution_id FROM contacts_breakglassgrant g
        JOIN contacts_contact c ON c.id = g.contact_id
        WHERE c.user_id = who AND g.closes_at > now()
    );
END $$;

REVOKE ALL ON FUNCTION portal.opened_in_emergency() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.opened_in_emergency() TO portal_app, portal_task;
"""
NO_FUNCTIONS = "DROP FUNCTION portal.opened_in_emergency()"


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


NARROW, WIDE = listed("institution_id", "narrow"), listed("force_id", "wide")
SIDES, SPOKEN_FOR = f"{NARROW} OR {WIDE}", asked("institution_id", "spoken_for")
IN_EMERGENCY = asked("institution_id", "opened_in_emergency")
STANDS = "(SELECT portal.myself()) <> '{}'"
PANEL = asked("force_id", "panel_forces")
OPENED = f"(({SIDES} OR {PANEL}) AND {asked('review_id', 'opened_reviews')})"
SEARCHED = listed("written_by_id", "person")
BEFORE = f"({STANDS} AND ({SIDES}) AND (side = 'institution') = ({SPOKEN_FOR}))"
# Nobody has a police role in a force by being let in for a while.
IS_POLICE = f"({WIDE} OR ({NARROW} AND {listed('force_id', 'forces')} AND NOT {IN_EMERGENCY}))"
OF_INSTITUTION = f"(side = 'institution' AND {SPOKEN_FOR} AND ({SIDES}))"
OF_POLICE = f"(side = 'police' AND NOT {SPOKEN_FOR} AND {IS_POLICE})"
OWN_SIDE = f"({STANDS} AND ({OF_INSTITUTION} OR {OF_POLICE}))"
POLICY = "ALTER POLICY standing ON partnerships_reviewassessment USING"


class Migration(migrations.Migration):
    dependencies = [("events", "0033_photographs_shut")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(
            f"{POLICY} ({OWN_SIDE} OR {OPENED} OR {SEARCHED})",
            f"{POLICY} ({BEFORE} OR {OPENED} OR {SEARCHED})",
        ),
    ]
