"""What somebody's roles reach, asked by the database itself.

It stands in the topmost app, because these functions look across all three. Those that a policy
asks return arrays, so that they are asked once a statement; a row's own column is compared with
them. Nothing here reads the claim in a condition: that would be asked once a row.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION portal.standing_of(who bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    partner_ids bigint[];
    unit_ids bigint[];
    areas bigint[];
    forces bigint[];
    wide bigint[];
    partner_forces bigint[];
    over bigint[];
    invited_units bigint[];
    guest bigint[];
    narrow bigint[];
    serving bigint[];
BEGIN
    WITH open_roles AS (
        SELECT h.id, h.access_role, h.institution_id, c.user_id, i.kind, i.area_id, i.force_id,
               h.access_role = 'invited_unit' OR i.unit_function IN (
                   'counter_terrorism', 'protective_security', 'recruitment', 'training'
               ) AS invited
        FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id
        JOIN contacts_institution i ON i.id = h.institution_id
        WHERE h.access_role <> '' AND h.held_from <= today
          AND (h.held_until IS NULL OR h.held_until > today)
          AND (c.user_id = who OR h.id IN (
              SELECT d.holding_id FROM contacts_deputyship d
              JOIN contacts_contact deputy ON deputy.id = d.deputy_id
              WHERE deputy.user_id = who AND d.acts_from <= today
                AND (d.acts_until IS NULL OR d.acts_until > today)
          ))
    ), roles AS (
        SELECT access_role, institution_id, area_id, force_id, level,
               access_role IN ('mosque_lead', 'mosque_member', 'mosque_safety', 'umbrella_lead')
               AS speaks,
               access_role IN ('scrutineer', 'platform_admin') AS oversees
        FROM open_roles r
        JOIN contacts_policingarea a ON a.id = r.area_id
        WHERE NOT invited
          AND EXISTS (SELECT FROM open_roles WHERE user_id = who)
          AND NOT (
              kind IN ('police_team', 'police_unit', 'police_force')
              AND EXISTS (SELECT FROM open_roles WHERE user_id = who AND invited)
          )
    )
    SELECT array_agg(DISTINCT institution_id) FILTER (WHERE speaks),
           array_agg(DISTINCT force_id) FILTER (WHERE speaks OR oversees),
           array_agg(DISTINCT force_id) FILTER (WHERE oversees),
           array_agg(DISTINCT institution_id) FILTER (WHERE NOT speaks AND NOT oversees),
           array_agg(DISTINCT force_id) FILTER (WHERE NOT speaks AND NOT oversees),
           array_agg(DISTINCT area_id)
           FILTER (WHERE NOT speaks AND NOT oversees AND level = 'force'),
           array_agg(DISTINCT area_id)
           FILTER (WHERE NOT speaks AND NOT oversees AND level <> 'force')
    INTO partner_ids, partner_forces, over, unit_ids, forces, wide, areas
    FROM roles;

    SELECT array_agg(DISTINCT h.institution_id) INTO invited_units
    FROM contacts_roleholding h
    JOIN contacts_contact c ON c.id = h.contact_id
    JOIN contacts_institution i ON i.id = h.institution_id
    WHERE c.user_id = who AND h.access_role <> '' AND h.held_from <= today
      AND (h.held_until IS NULL OR h.held_until > today)
      AND (h.access_role = 'invited_unit' OR i.unit_function IN (
          'counter_terrorism', 'protective_security', 'recruitment', 'training'
      ));
    SELECT array_agg(DISTINCT p.institution_id) INTO guest
    FROM contacts_sharingpermission p
    WHERE p.withdrawn_at IS NULL AND p.valid_from <= today
      AND (p.valid_until IS NULL OR p.valid_until > today)
      AND (
          (p.kind = 'invited_unit' AND p.grantee_id = ANY(invited_units))
          OR (p.kind = 'umbrella' AND p.grantee_id = ANY(partner_ids) AND EXISTS (
              SELECT FROM contacts_membership m
              WHERE m.umbrella_id = p.grantee_id AND m.member_id = p.institution_id
                AND m.member_from <= today AND (m.member_until IS NULL OR m.member_until > today)
          ))
      );

    SELECT array_agg(DISTINCT id) INTO narrow FROM (
        SELECT unnest(partner_ids) AS id
        UNION ALL
        SELECT i.id FROM contacts_institution i
        JOIN contacts_policingarea a ON a.id = i.area_id WHERE a.lineage && areas
        UNION ALL
        SELECT institution_id FROM partnerships_partnership WHERE police_unit_id = ANY(unit_ids)
        UNION ALL
        SELECT institution_id FROM events_engagementrequest WHERE redirected_to_id = ANY(unit_ids)
        UNION ALL
        SELECT g.institution_id FROM contacts_breakglassgrant g
        JOIN contacts_contact c ON c.id = g.contact_id
        WHERE c.user_id = who AND g.closes_at > now()
    ) reached;
    SELECT array_agg(id) INTO serving FROM contacts_institution
    WHERE (force_id = ANY(partner_forces) OR (guest IS NOT NULL AND force_id IN (
        SELECT force_id FROM contacts_institution WHERE id = ANY(guest)
    ))) AND kind IN ('police_team', 'police_unit', 'police_force');

    RETURN jsonb_build_object(
        'narrow', coalesce(to_jsonb(narrow), '[]'), 'forces', coalesce(to_jsonb(forces), '[]'),
        'wide', coalesce(to_jsonb(wide), '[]'), 'serving', coalesce(to_jsonb(serving), '[]'),
        'over', coalesce(to_jsonb(over), '[]'),
        'guest', coalesce(to_jsonb(guest), '[]'),
        'around', coalesce(to_jsonb(partner_forces), '[]')
    );
END $$;

-- Where somebody's data may be: in the whole force, since officers may be sent anywhere in it.
CREATE FUNCTION portal.search_for(person bigint) RETURNS jsonb
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

-- An open invitation lets whoever holds its token see the institution that it comes from.
CREATE FUNCTION portal.enter_invited(digest text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claim jsonb := coalesce(portal.claim(), '{}');
    inviting bigint;
BEGIN
    SELECT institution_id INTO inviting FROM contacts_invitation
    WHERE token_digest = digest AND accepted_at IS NULL AND ended_at IS NULL;
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

CREATE FUNCTION portal.dealings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    myself bigint := (SELECT id FROM contacts_contact WHERE user_id = who);
BEGIN
    IF myself IS NULL OR portal.ids('forces') = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT institution_id FROM events_engagement
        WHERE logged_by_id = myself OR held_recorded_by_id = myself
        UNION
        SELECT institution_id FROM events_attendance WHERE officer_id = myself
        UNION
        SELECT institution_id FROM partnerships_commitment WHERE owner_id = myself
    );
END $$;

-- One's own steps stay one's own, also the one that hands a promise over.
CREATE FUNCTION portal.myself() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
BEGIN
    RETURN ARRAY(SELECT id FROM contacts_contact WHERE user_id = who);
END $$;

CREATE FUNCTION portal.joint_visits() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    narrow bigint[] := portal.ids('narrow');
    wide bigint[] := portal.ids('wide');
BEGIN
    RETURN ARRAY(
        SELECT p.engagement_id FROM events_engagementparty p
        JOIN events_engagement e ON e.id = p.engagement_id
        WHERE p.is_guest AND (
            p.institution_id = ANY(narrow) OR p.force_id = ANY(wide)
            OR e.institution_id = ANY(narrow)
        )
    );
END $$;

CREATE FUNCTION portal.joint_partnerships() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    joint bigint[] := portal.joint_visits();
BEGIN
    RETURN ARRAY(SELECT partnership_id FROM events_engagement WHERE id = ANY(joint));
END $$;

CREATE FUNCTION portal.joint_texts() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    joint bigint[] := portal.joint_visits();
BEGIN
    RETURN ARRAY(SELECT text_id FROM events_sharednote WHERE engagement_id = ANY(joint));
END $$;

CREATE FUNCTION portal.joint_promises() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    joint bigint[] := portal.joint_visits();
BEGIN
    RETURN ARRAY(
        SELECT commitment_id FROM events_engagementcommitment WHERE engagement_id = ANY(joint)
    );
END $$;

-- Where one has a role at all, umbrellas and their members, and those at the same meeting.
CREATE FUNCTION portal.linked_institutions() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    narrow bigint[] := portal.ids('narrow');
    joint bigint[] := portal.joint_visits();
BEGIN
    RETURN ARRAY(
        SELECT h.institution_id FROM contacts_roleholding h
        JOIN contacts_contact c ON c.id = h.contact_id WHERE c.user_id = who
        UNION
        SELECT unnest(ARRAY[umbrella_id, member_id]) FROM contacts_membership
        WHERE umbrella_id = ANY(narrow) OR member_id = ANY(narrow)
        UNION
        SELECT institution_id FROM events_engagementparty WHERE engagement_id = ANY(joint)
    );
END $$;

-- Mosques that let the others of their force read that they are there.
CREATE FUNCTION portal.listed_institutions() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    around bigint[] := portal.ids('around');
BEGIN
    RETURN ARRAY(
        SELECT institution_id FROM contacts_sharingpermission
        WHERE kind = 'listed' AND force_id = ANY(around) AND withdrawn_at IS NULL
          AND valid_from <= today AND (valid_until IS NULL OR valid_until > today)
    );
END $$;

-- The institutions of the forces in which one serves, or on whose panel one sits.
CREATE FUNCTION portal.in_forces() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    forces bigint[] := portal.ids('forces') || portal.ids('over');
BEGIN
    RETURN ARRAY(SELECT id FROM contacts_institution WHERE force_id = ANY(forces));
END $$;

-- Oneself, who holds a role where one may look, and who is named in the record of a joint visit.
CREATE FUNCTION portal.people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := portal.actor();
    narrow bigint[] := portal.ids('narrow');
    forces bigint[] := portal.ids('forces');
    joint bigint[] := portal.joint_visits();
    texts bigint[] := portal.joint_texts();
BEGIN
    RETURN ARRAY(
        SELECT id FROM contacts_contact WHERE user_id = who
        UNION
        SELECT contact_id FROM contacts_roleholding
        WHERE institution_id = ANY(narrow) OR force_id = ANY(forces)
        UNION
        SELECT unnest(ARRAY[logged_by_id, held_recorded_by_id, cancelled_by_id])
        FROM events_engagement WHERE id = ANY(joint)
        UNION
        SELECT officer_id FROM events_attendance WHERE engagement_id = ANY(joint)
        UNION
        SELECT unnest(ARRAY[drafted_by_id, answered_by_id, answer_recorded_by_id])
        FROM events_sharednote WHERE engagement_id = ANY(joint)
        UNION
        SELECT written_by_id FROM partnerships_sharedtextversion WHERE text_id = ANY(texts)
    );
END $$;

-- Shut a table, and open it to whom ``open_to`` says; to the worker for declared work; to its
-- owner, for migrations.
CREATE FUNCTION portal.protect(shut regclass, open_to text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', shut);
    EXECUTE format('CREATE POLICY owner ON %s TO portal_owner USING (true)', shut);
    EXECUTE format(
        'CREATE POLICY declared_work ON %s TO portal_task USING ((SELECT portal.is_system()))',
        shut
    );
    EXECUTE format('CREATE POLICY standing ON %s TO portal_app USING (%s)', shut, open_to);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA portal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    portal.enter_invited(text), portal.dealings(), portal.myself(), portal.joint_visits(),
    portal.joint_partnerships(), portal.joint_texts(), portal.joint_promises(), portal.in_forces(),
    portal.listed_institutions(), portal.linked_institutions(), portal.people()
TO portal_app, portal_task;
"""

NO_FUNCTIONS = """
DROP FUNCTION portal.protect(regclass, text);
DROP FUNCTION portal.people();
DROP FUNCTION portal.in_forces();
DROP FUNCTION portal.listed_institutions();
DROP FUNCTION portal.linked_institutions();
DROP FUNCTION portal.joint_promises();
DROP FUNCTION portal.joint_texts();
DROP FUNCTION portal.joint_partnerships();
DROP FUNCTION portal.joint_visits();
DROP FUNCTION portal.myself();
DROP FUNCTION portal.dealings();
DROP FUNCTION portal.enter_invited(text);
DROP FUNCTION portal.search_for(bigint);
DROP FUNCTION portal.standing_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actor", "0001_signed_actor"),
        ("contacts", "0015_institution_joined_on"),
        ("partnerships", "0011_institution_joined_on"),
        ("events", "0009_sweep_indexes"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
