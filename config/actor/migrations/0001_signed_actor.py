"""Whom the database acts for: a claim that it can check, because the portal has signed it.

The key is kept in halves ready for an HMAC of core ``sha256`` (RFC 2104); only these functions
read it. A claim belongs to one connection and dies with its time. What an actor may reach is
asked once, when they enter, of ``portal.standing_of``, which stands with the tables it reads.
"""

from django.db import migrations

MAKE = """
CREATE SCHEMA portal;
REVOKE ALL ON SCHEMA portal FROM PUBLIC;

CREATE TABLE portal.actor_key (
    place smallint PRIMARY KEY,
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

CREATE FUNCTION portal.mac(message text, inner_pad bytea, outer_pad bytea) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), 'hex')
$$;

CREATE FUNCTION portal.is_signed(message text, mac text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT bool_or(portal.mac(message, inner_pad, outer_pad) = mac) FROM portal.actor_key
    ), false);
END $$;

-- Keep a claim for this transaction, or for the session of a worker, sealed with the first key.
CREATE FUNCTION portal.keep_claim(claim jsonb, is_local boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sealed text := claim::text;
    mac text;
BEGIN
    SELECT portal.mac(pg_backend_pid() || ':' || sealed, inner_pad, outer_pad) INTO STRICT mac
    FROM portal.actor_key ORDER BY place LIMIT 1;
    PERFORM set_config('portal.claim', sealed, is_local), set_config('portal.mac', mac, is_local);
END $$;

-- The claim that holds now, or null. Everything that is missing, changed or over is no claim.
CREATE FUNCTION portal.claim() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sealed text := coalesce(current_setting('portal.claim', true), '');
    found jsonb;
BEGIN
    IF sealed = '' OR NOT portal.is_signed(
        pg_backend_pid() || ':' || sealed, coalesce(current_setting('portal.mac', true), '')
    ) THEN
        RETURN NULL;
    END IF;
    found := sealed::jsonb;
    IF coalesce((found ->> 'until')::numeric, 0) < extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION portal.actor() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (portal.claim() ->> 'user')::bigint;
END $$;

CREATE FUNCTION portal.is_system() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(portal.claim() ? 'system', false);
END $$;

-- One of the lists of ids that came with the claim; empty without one.
CREATE FUNCTION portal.ids(list text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(translate((portal.claim() -> list)::text, '[]', '{}')::bigint[], '{}');
END $$;

-- Enter as a user (``who`` is the account's id), as the portal itself (``who`` is the purpose), or
-- to find all that is held about somebody (``who`` is their contact's id).
CREATE FUNCTION portal.enter(kind text, who text, until bigint, mac text, is_local boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    signed text := concat_ws(':', kind, who, until, pg_backend_pid());
BEGIN
    IF kind IS NULL OR who IS NULL OR until IS NULL OR mac IS NULL OR is_local IS NULL
       OR kind NOT IN ('user', 'system', 'search')
       OR until < extract(epoch FROM clock_timestamp())
       OR NOT portal.is_signed(signed, mac)
    THEN
        RAISE EXCEPTION 'The actor is not signed by the portal.'
        USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    IF kind = 'system' THEN
        PERFORM portal.keep_claim(jsonb_build_object('system', who, 'until', until), is_local);
    ELSIF kind = 'search' THEN
        PERFORM portal.keep_claim(
            jsonb_build_object('search', who, 'until', until) || portal.search_for(who::bigint),
            is_local
        );
    ELSE
        PERFORM portal.keep_claim(
            jsonb_build_object('user', who::bigint, 'until', until)
            || portal.standing_of(who::bigint),
            is_local
        );
    END IF;
END $$;

CREATE FUNCTION portal.leave() RETURNS void
LANGUAGE sql AS $$
    SELECT set_config('portal.claim', '', false), set_config('portal.mac', '', false)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA portal FROM PUBLIC;
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname IN ('portal_app', 'portal_task') LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA portal TO %I', name);
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION portal.claim(), portal.actor(), portal.is_system(), '
            'portal.ids(text), portal.enter(text, text, bigint, text, boolean), portal.leave() '
            'TO %I', name
        );
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL(MAKE, "DROP SCHEMA portal CASCADE")]
