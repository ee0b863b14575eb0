"""The second line of reviews: each side's account is shut to the other until it may be read.

What a scrutiny panel reads is open to those who sit on the panel of the force. A public report is
open with its words on the public page, and to nobody else beside the two sides.
"""

from django.db import migrations

FUNCTIONS = """
-- The reviews within reach at which neither side writes alone any more.
CREATE FUNCTION portal.opened_reviews() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    narrow bigint[] := portal.ids('narrow');
    wide bigint[] := portal.ids('wide') || portal.panel_forces();
BEGIN
    RETURN ARRAY(
        SELECT id FROM partnerships_partnershipreview
        WHERE opened_at IS NOT NULL AND (institution_id = ANY(narrow) OR force_id = ANY(wide))
    );
END $$;

REVOKE ALL ON FUNCTION portal.opened_reviews() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.opened_reviews()
TO portal_app, portal_task;
"""
NO_FUNCTIONS = """
DROP FUNCTION portal.opened_reviews();
"""


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


SIDES = f"{listed('institution_id', 'narrow')} OR {listed('force_id', 'wide')}"
PANEL = asked("force_id", "panel_forces")
OPENED = asked("review_id", "opened_reviews")
OF_INSTITUTION = asked("institution_id", "spoken_for")
# Whoever looks for a person's data in the whole force stands on no side.
STANDS = "(SELECT portal.myself()) <> '{}'"
OWN_SIDE = f"({STANDS} AND ({SIDES}) AND (side = 'institution') = ({OF_INSTITUTION}))"
APPROVED = "item_id IN (SELECT id FROM public.partnerships_publisheditem WHERE state = 'published')"
OPEN_TO = {
    "partnerships_partnershipreview": f"{SIDES} OR {PANEL}",
    "partnerships_reviewfigures": f"{SIDES} OR {PANEL}",
    "partnerships_reviewassessment": (
        f"{OWN_SIDE} OR (({SIDES} OR {PANEL}) AND {OPENED}) OR {listed('written_by_id', 'person')}"
    ),
    "partnerships_reviewstatement": f"{SIDES} OR ({PANEL} AND {OPENED})",
    "partnerships_reviewcomment": f"{SIDES} OR {PANEL}",
    "partnerships_reviewcommitment": SIDES,
    "partnerships_reviewreport": f"{SIDES} OR {APPROVED}",
}
PAIRED = ("partnerships_partnershipreview", "partnerships_publisheditem")
KEYS = (
    ("partnerships_partnershipreview", "partnership_id", "partnerships_partnership"),
    ("partnerships_reviewfigures", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewassessment", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewstatement", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewcomment", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewcommitment", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewcommitment", "commitment_id", "partnerships_commitment"),
    ("partnerships_reviewreport", "review_id", "partnerships_partnershipreview"),
    ("partnerships_reviewreport", "item_id", "partnerships_publisheditem"),
)


def protect(table, open_to):
    quoted = open_to.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


def pair(table):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_pair UNIQUE (id, institution_id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pair",
    )


def key(child, column, parent):
    name = f"{child}_{column}_same"
    return migrations.RunSQL(
        f"ALTER TABLE {child} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        f"REFERENCES {parent} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0027_panel_security"), ("partnerships", "0022_reviews")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *[pair(table) for table in PAIRED],
        *[key(*each) for each in KEYS],
        *[protect(table, open_to) for table, open_to in OPEN_TO.items()],
    ]
