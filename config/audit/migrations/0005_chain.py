"""Each log is sealed into a chain of hashes: who edits, removes or adds a row behind it breaks it.

A link holds the hash of one row, and the head: the hash of the head before and of the row. Links
are added in the order in which rows become visible, so a transaction that commits late is sealed
late and disturbs nothing. ``written_at`` is the database's own clock; a row that claims to be more
than an hour older than a seal that did not find it was slipped in.
"""

from django.db import migrations

LOGS = """
ALTER TABLE audit_entry ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
ALTER TABLE audit_accessevent ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX audit_entry_written ON audit_entry (written_at);
CREATE INDEX audit_accessevent_written ON audit_accessevent (written_at);

CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.written_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER stamp BEFORE INSERT ON audit_accessevent
    FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON audit_accessevent
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON audit_accessevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
REVOKE ALL ON audit_accessevent FROM portal_app, portal_task;
GRANT SELECT, INSERT ON audit_accessevent TO portal_app, portal_task;
GRANT SELECT ON audit_entry, audit_accessevent TO portal_keeper;
"""
NO_LOGS = """
DROP TRIGGER stays ON audit_accessevent;
DROP TRIGGER is_final ON audit_accessevent;
DROP TRIGGER stamp ON audit_accessevent;
DROP TRIGGER stamp ON audit_entry;
DROP FUNCTION audit_stamp();
ALTER TABLE audit_accessevent DROP COLUMN written_at;
ALTER TABLE audit_entry DROP COLUMN written_at;
"""

CHAIN = """
CREATE TABLE audit_link (
    chain text NOT NULL,
    n bigint NOT NULL,
    row_key text NOT NULL,
    row_hash bytea NOT NULL,
    head bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    PRIMARY KEY (chain, n),
    CONSTRAINT audit_link_row_once UNIQUE (chain, row_key)
);
CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
REVOKE ALL ON audit_link FROM portal_app, portal_task;
GRANT SELECT, INSERT ON audit_link TO portal_keeper;

CREATE VIEW audit_sealable WITH (security_invoker = true) AS
    SELECT 'entry' AS chain, id::text AS row_key, written_at,
        sha256(convert_to(jsonb_build_array(
            id, extract(epoch FROM written_at), extract(epoch FROM at), action, actor_kind,
            actor_id, subject_type, subject_id, institution_id, details
        )::text, 'UTF8')) AS row_hash
    FROM audit_entry
    UNION ALL
    SELECT 'access', id::text, written_at,
        sha256(convert_to(jsonb_build_array(
            id, extract(epoch FROM written_at), extract(epoch FROM at), actor_id,
            institution_id, what, subject_type, subject_id, grant_id
        )::text, 'UTF8'))
    FROM audit_accessevent
    UNION ALL
    SELECT 'row', seq::text, written_at,
        sha256(convert_to(jsonb_build_array(
            seq, extract(epoch FROM written_at), txid::text, db_role, actor_id, request_id,
            action, table_name, row_id, columns,
            encode(old_digest, 'hex'), encode(new_digest, 'hex')
        )::text, 'UTF8'))
    FROM audit_row_change;
REVOKE ALL ON audit_sealable FROM portal_app, portal_task;
GRANT SELECT ON audit_sealable TO portal_keeper;
"""
NO_CHAIN = "DROP VIEW audit_sealable; DROP TABLE audit_link;"

FUNCTIONS = """
CREATE FUNCTION audit_chains() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['access', 'entry', 'row']
$$;

CREATE FUNCTION audit_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    began timestamptz;
    name text;
    last public.audit_link;
    found record;
    total bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('audit_seal')) THEN RETURN 0; END IF;
    began := clock_timestamp();
    PERFORM public.audit_salt_of(began::date), public.audit_salt_of((began + '1 month')::date);
    FOREACH name IN ARRAY public.audit_chains() LOOP
        SELECT * INTO last FROM public.audit_link WHERE chain = name ORDER BY n DESC LIMIT 1;
        last.n := coalesce(last.n, 0);
        last.head := coalesce(last.head, sha256(convert_to(name, 'UTF8')));
        FOR found IN
            SELECT s.row_key, s.row_hash FROM public.audit_sealable s
            WHERE s.chain = name
            AND s.written_at >= coalesce(last.sealed_at, '-infinity') - interval '1 hour'
            AND NOT EXISTS (
                SELECT FROM public.audit_link l WHERE l.chain = name AND l.row_key = s.row_key)
            ORDER BY s.written_at, s.row_key
        LOOP
            last.n := last.n + 1;
            last.head := sha256(last.head || found.row_hash);
            INSERT INTO public.audit_link
                VALUES (name, last.n, found.row_key, found.row_hash, last.head, began);
            total := total + 1;
        END LOOP;
    END LOOP;
    RETURN total;
END $$;

CREATE FUNCTION audit_verify(name text)
RETURNS TABLE (fault text, n bigint, row_key text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link record;
    before bytea := sha256(convert_to(name, 'UTF8'));
    expected bigint := 1;
    last_seal timestamptz := '-infinity';
BEGIN
    FOR link IN
        SELECT l.*, s.row_key AS found_key, s.row_hash AS found_hash
        FROM public.audit_link l
        LEFT JOIN public.audit_sealable s ON s.chain = name AND s.row_key = l.row_key
        WHERE l.chain = name ORDER BY l.n
    LOOP
        n := link.n;
        row_key := link.row_key;
        IF link.n <> expected THEN
            fault := 'link_missing'; RETURN NEXT;
        ELSIF link.head <> sha256(before || link.row_hash) THEN
            fault := 'link_forged'; RETURN NEXT;
        END IF;
        IF link.found_key IS NULL THEN
            fault := 'deleted'; RETURN NEXT;
        ELSIF link.found_hash <> link.row_hash THEN
            fault := 'edited'; RETURN NEXT;
        END IF;
        before := link.head;
        expected := link.n + 1;
        last_seal := link.sealed_at;
    END LOOP;
    RETURN QUERY
        SELECT 'slipped_in', NULL::bigint, s.row_key FROM public.audit_sealable s
        WHERE s.chain = name AND s.written_at < last_seal - interval '1 hour'
        AND NOT EXISTS (
            SELECT FROM public.audit_link l WHERE l.chain = name AND l.row_key = s.row_key)
        ORDER BY s.written_at, s.row_key;
END $$;

CREATE FUNCTION audit_heads() RETURNS TABLE (chain text, n bigint, head text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT name, last.n, encode(last.head, 'hex') FROM unnest(public.audit_chains()) name
    CROSS JOIN LATERAL (
        SELECT l.n, l.head FROM public.audit_link l WHERE l.chain = name ORDER BY l.n DESC LIMIT 1
    ) last ORDER BY name
$$;

CREATE FUNCTION audit_head_at(name text, place bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(head, 'hex') FROM public.audit_link WHERE chain = name AND n = place
$$;

ALTER FUNCTION audit_seal() OWNER TO portal_keeper;
ALTER FUNCTION audit_verify(text) OWNER TO portal_keeper;
ALTER FUNCTION audit_heads() OWNER TO portal_keeper;
ALTER FUNCTION audit_head_at(text, bigint) OWNER TO portal_keeper;
REVOKE ALL ON FUNCTION audit_seal(), audit_verify(text), audit_heads(), audit_head_at(text, bigint)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    audit_seal(), audit_verify(text), audit_heads(), audit_head_at(text, bigint) TO portal_task;
GRANT EXECUTE ON FUNCTION audit_heads() TO portal_app;  -- for a digest that is shown
"""
NO_FUNCTIONS = """
DROP FUNCTION audit_head_at(text, bigint);
DROP FUNCTION audit_heads();
DROP FUNCTION audit_verify(text);
DROP FUNCTION audit_seal();
DROP FUNCTION audit_chains();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_access_event")]

    operations = [
        migrations.RunSQL(LOGS, NO_LOGS),
        migrations.RunSQL(CHAIN, NO_CHAIN),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
