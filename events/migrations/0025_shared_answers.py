"""Members of one umbrella body read what another of them closed with words meant for all.

A policy of its own for reading alone, beside the one of each table: only the wording that both
sides approved, and the row that says what became of the concern.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION portal.shared_concerns() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    mine bigint[] := ARRAY(  -- for which one speaks: not what was opened to a panel or an officer
        SELECT unnest(portal.ids('narrow')) INTERSECT SELECT unnest(portal.spoken_for())
    );
BEGIN
    IF portal.ids('forces') <> '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        WITH open_now AS (
            SELECT umbrella_id, member_id FROM contacts_membership
            WHERE member_from <= today AND (member_until IS NULL OR member_until > today)
        ), bodies AS (
            SELECT umbrella_id AS id FROM open_now WHERE member_id = ANY(mine)
            UNION SELECT umbrella_id FROM open_now WHERE umbrella_id = ANY(mine)
        ), raisers AS (
            SELECT id FROM bodies
            UNION SELECT member_id FROM open_now WHERE umbrella_id IN (SELECT id FROM bodies)
        )
        SELECT c.id FROM partnerships_concern c
        WHERE c.institution_id IN (SELECT id FROM raisers)
          AND c.state = 'closed' AND c.audience IN ('members', 'public')
    );
END $$;

CREATE FUNCTION portal.shared_closings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    shared bigint[] := portal.shared_concerns();
BEGIN
    RETURN ARRAY(
        SELECT s.text_id FROM partnerships_concernstep s
        JOIN partnerships_sharedtext t ON t.id = s.text_id
        WHERE s.concern_id = ANY(shared) AND s.move = 'closing_proposed'
          AND t.withdrawn_at IS NULL
    );
END $$;

REVOKE ALL ON FUNCTION portal.shared_concerns(), portal.shared_closings() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.shared_concerns(), portal.shared_closings()
TO portal_app, portal_task;
"""
NO_FUNCTIONS = """
DROP FUNCTION portal.shared_closings();
DROP FUNCTION portal.shared_concerns();
"""


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


CURRENT = (
    "EXISTS (SELECT FROM public.partnerships_sharedtext t "
    "WHERE t.id = text_id AND t.current_version = number)"
)
OPEN_TO = {
    "partnerships_concern": asked("id", "shared_concerns"),
    "partnerships_concernstep": asked("text_id", "shared_closings"),
    "partnerships_sharedtext": asked("id", "shared_closings"),
    "partnerships_sharedtextversion": f"{asked('text_id', 'shared_closings')} AND {CURRENT}",
    "partnerships_disagreementstatement": asked("text_id", "shared_closings"),
}


class Migration(migrations.Migration):
    dependencies = [("events", "0024_memberships_seen")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *[
            migrations.RunSQL(
                f"CREATE POLICY shared_answer ON {table} FOR SELECT TO portal_app "
                f"USING ({open_to})",
                f"DROP POLICY shared_answer ON {table}",
            )
            for table, open_to in OPEN_TO.items()
        ],
    ]
