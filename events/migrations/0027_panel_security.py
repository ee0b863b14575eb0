"""The scrutiny panel: what it is shown, and what may be read to draw its sample.

A panel reads samples, comments and answers of its force. Of which record an item was made is shown
to the two sides of that record alone. A concern that came before the panel is opened to one of its
members for one request, by ``portal.enter_panel``, which asks the database itself whether it did.

``portal_audit`` cannot sign in; the worker becomes it to draw, and then may read codes, numbers and
days: no column that holds a name, an address, a person's key or a word that somebody typed.
"""

from django.db import migrations

FUNCTIONS = """
-- The forces on whose panel the actor sits, themselves or for somebody who is away.
CREATE FUNCTION portal.panel_forces() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN ARRAY(
        SELECT h.force_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        WHERE h.access_role = 'scrutineer'
          AND h.held_from <= today AND (h.held_until IS NULL OR h.held_until > today)
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    );
END $$;

-- Whether an account is, or was, a panel member's: so that a mosque reads "the scrutiny panel".
CREATE FUNCTION portal.is_of_panel(who bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM contacts_roleholding h JOIN contacts_contact c ON c.id = h.contact_id
        WHERE c.user_id = who AND h.access_role = 'scrutineer'
    );
END $$;

-- Whose record an item was made of: a number for the access log, when the item is read.
CREATE FUNCTION portal.panel_institution(item bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine bigint[] := portal.panel_forces() || portal.ids('forces');
BEGIN
    RETURN (
        SELECT s.institution_id FROM partnerships_panelorigin s
        JOIN partnerships_panelitem i ON i.id = s.item_id
        WHERE i.id = item AND i.force_id = ANY(mine)
    );
END $$;

-- The concerns that stand, or stood, before the actor's panel.
CREATE FUNCTION portal.concerns_before_panel() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine bigint[] := portal.panel_forces();
BEGIN
    RETURN ARRAY(
        SELECT id FROM partnerships_concern
        WHERE force_id = ANY(mine) AND level = 3
          AND (state = 'escalated' OR panel_viewed_at IS NOT NULL)
    );
END $$;

CREATE FUNCTION portal.panel_agenda()
RETURNS TABLE (ref uuid, reference varchar, since timestamptz, viewed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    those bigint[] := portal.concerns_before_panel();
BEGIN
    RETURN QUERY
    SELECT c.ref, c.reference, c.state_at, c.panel_viewed_at FROM partnerships_concern c
    WHERE c.id = ANY(those)
    ORDER BY c.panel_viewed_at DESC NULLS FIRST, c.state_at, c.id LIMIT 50;
END $$;

-- Let a panel member read one concern before their panel, with what belongs to it, for a request.
CREATE FUNCTION portal.enter_panel(concern uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claim jsonb := portal.claim();
    mine bigint[] := portal.concerns_before_panel();
    whose bigint;
BEGIN
    SELECT institution_id INTO whose FROM partnerships_concern
    WHERE ref = concern AND id = ANY(mine);
    IF whose IS NULL THEN
        RETURN false;
    END IF;
    PERFORM portal.keep_claim(
        claim || jsonb_build_object('narrow', coalesce(claim -> 'narrow', '[]') || to_jsonb(whose)),
        true
    );
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION portal.panel_forces(), portal.is_of_panel(bigint),
    portal.panel_institution(bigint), portal.concerns_before_panel(), portal.enter_panel(uuid),
    portal.panel_agenda()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.panel_forces(), portal.is_of_panel(bigint),
    portal.panel_institution(bigint), portal.concerns_before_panel(), portal.enter_panel(uuid),
    portal.panel_agenda()
TO portal_app, portal_task;
"""
NO_FUNCTIONS = """
DROP FUNCTION portal.panel_agenda();
DROP FUNCTION portal.enter_panel(uuid);
DROP FUNCTION portal.concerns_before_panel();
DROP FUNCTION portal.panel_institution(bigint);
DROP FUNCTION portal.is_of_panel(bigint);
DROP FUNCTION portal.panel_forces();
"""


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


SAMPLE, ITEM, ORIGIN, COMMENT, ANSWER = (
    f"partnerships_panel{name}" for name in ("sample", "item", "origin", "comment", "answer")
)
FORCE = f"{asked('force_id', 'panel_forces')} OR {listed('force_id', 'forces')}"
WORDS = (
    f"{listed('institution_id', 'narrow')} OR {listed('force_id', 'wide')} "
    f"OR {asked('institution_id', 'dealings')}"
)
# Whoever sees the row behind it, by that row's own policy.
BEHIND = "EXISTS (SELECT FROM public.{there} AS behind WHERE behind.{there_id} = public.{here})"
CONCERN = BEHIND.format(there="partnerships_concern", there_id="id", here=f"{COMMENT}.concern_id")
OPEN_TO = {
    ORIGIN: WORDS,
    ITEM: f"{FORCE} OR " + BEHIND.format(there=ORIGIN, there_id="item_id", here=f"{ITEM}.id"),
    SAMPLE: f"{FORCE} OR {listed('force_id', 'around')}",
    COMMENT: f"{FORCE} OR "
    + BEHIND.format(there=ORIGIN, there_id="item_id", here=f"{COMMENT}.item_id")
    # Of a concern its two sides alone: others may read how it was closed, and no more.
    + f" OR {CONCERN[:-1]} AND ({WORDS}))",
    ANSWER: BEHIND.format(there=COMMENT, there_id="id", here=f"{ANSWER}.comment_id"),
}
# What a sample is drawn from: codes, numbers and days.
TENANT = "id, ref, institution_id, force_id, district_id"
DRAWN_FROM = {
    "partnerships_commitment": f"{TENANT}, owner_side, proposed_side, state, due_on, "
    "original_due_on, extensions, proposed_at, closed_on, escalated_to",
    "partnerships_concern": f"{TENANT}, channel, about, urgency, choice, topic_id, state, level, "
    "challenges, late_with, recourse, outcome, raised_at, acknowledged_at, first_due_on, "
    "first_answered_at, panel_viewed_at, closed_at, settled",
    "events_engagement": f"{TENANT}, kind, purposes, topics, initiated_by, state, was_planned, "
    "unannounced, duration_minutes, children_present, photography, body_worn_video, hospitality, "
    "logged_side, logged_at, starts_at",
    "events_engagementrequest": f"{TENANT}, kind, raised_side, channel, urgency, state, "
    "submitted_at, acknowledged_at, police_counters, institution_counters, decline_reason, "
    "recourse, held_at",
    "events_sharednote": "id, engagement_id, institution_id, force_id, state, left_at",
    "contacts_topic": "id, code",
}


def protect(table, open_to):
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', $${open_to}$$)",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


def open_to_draw(table, columns):
    policy = (
        f"CREATE POLICY drawing ON {table} FOR SELECT TO portal_audit "
        "USING ((SELECT portal.is_system()));"
    )
    has_policies = table != "contacts_topic"
    return migrations.RunSQL(
        f"GRANT SELECT ({columns}) ON {table} TO portal_audit;" + (policy if has_policies else ""),
        (f"DROP POLICY drawing ON {table};" if has_policies else "")
        + f"REVOKE ALL ({columns}) ON {table} FROM portal_audit;",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0026_consultation_security"), ("partnerships", "0023_panel")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *[protect(table, open_to) for table, open_to in OPEN_TO.items()],
        migrations.RunSQL(
            "GRANT USAGE ON SCHEMA portal TO portal_audit;"
            "GRANT EXECUTE ON FUNCTION portal.is_system() TO portal_audit;",
            "REVOKE ALL ON SCHEMA portal FROM portal_audit;"
            "REVOKE ALL ON FUNCTION portal.is_system() FROM portal_audit;",
        ),
        *[open_to_draw(table, columns) for table, columns in DRAWN_FROM.items()],
    ]
