"""What changed in which row, by any path: written by a trigger, readable by no role of the portal.

It holds which row and which columns, and of their values only digests, salted with a secret of the
month, which only ``portal_keeper`` reads. Once a month's salt is deleted, nobody can try values.
"""

from django.db import migrations

TABLES = """
CREATE TABLE audit_row_change (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    written_at timestamptz NOT NULL,
    txid xid8 NOT NULL,
    db_role text NOT NULL,
    actor_id text,
    request_id text,
    action char(1) NOT NULL CHECK (action IN ('I', 'U', 'D', 'T')),
    table_name text NOT NULL,
    row_id text,
    columns text[],
    old_digest bytea,
    new_digest bytea
);
CREATE INDEX audit_row_change_written ON audit_row_change (written_at);
CREATE INDEX audit_row_change_row ON audit_row_change (table_name, row_id);
COMMENT ON COLUMN audit_row_change.columns IS 'What changed; NULL: the whole row';
CREATE TABLE audit_salt (month date PRIMARY KEY, salt bytea NOT NULL);

REVOKE ALL ON audit_row_change, audit_salt FROM portal_app, portal_task;
REVOKE ALL ON SEQUENCE audit_row_change_seq_seq FROM portal_app, portal_task;
GRANT SELECT, INSERT ON audit_row_change, audit_salt TO portal_keeper;

CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON audit_row_change
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON audit_row_change
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
"""
NO_TABLES = "DROP TABLE audit_salt; DROP TABLE audit_row_change;"

FUNCTIONS = """
CREATE FUNCTION audit_actor() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT nullif(current_setting('app.actor_id', true), '')
$$;

CREATE FUNCTION audit_salt_of(on_day date) RETURNS bytea LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', on_day)::date;
    found bytea;
BEGIN
    SELECT salt INTO found FROM public.audit_salt WHERE month = first;
    IF found IS NULL THEN
        INSERT INTO public.audit_salt VALUES
            (first, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
            ON CONFLICT DO NOTHING;
        SELECT salt INTO found FROM public.audit_salt WHERE month = first;
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION audit_row_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    role_now text := current_setting('role');
    old_row jsonb;
    new_row jsonb;
    changed text[];
    key text;
    salt bytea;
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
        IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
        key := coalesce(new_row, old_row) ->> 'id';
        IF TG_OP = 'UPDATE' THEN
            SELECT array_agg(o.key ORDER BY o.key), jsonb_object_agg(o.key, o.value),
                   jsonb_object_agg(o.key, new_row -> o.key)
            INTO changed, old_row, new_row
            FROM jsonb_each(old_row) o WHERE new_row -> o.key IS DISTINCT FROM o.value;
            IF changed IS NULL THEN RETURN NULL; END IF;
        END IF;
        salt := public.audit_salt_of(moment::date) || convert_to(TG_TABLE_NAME || '.' || key, 'UTF8');
    END IF;
    INSERT INTO public.audit_row_change (
        written_at, txid, db_role, actor_id, request_id,
        action, table_name, row_id, columns, old_digest, new_digest
    ) VALUES (
        moment, pg_current_xact_id(),
        CASE role_now WHEN 'none' THEN session_user ELSE role_now END,
        public.audit_actor(), nullif(current_setting('app.request_id', true), ''),
        left(TG_OP, 1), TG_TABLE_NAME, key, changed,
        sha256(salt || convert_to(old_row::text, 'UTF8')),
        sha256(salt || convert_to(new_row::text, 'UTF8'))
    );
    RETURN NULL;
END $$;

CREATE FUNCTION audit_watch(watched regclass) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER row_log AFTER INSERT OR UPDATE OR DELETE ON %s '
        'FOR EACH ROW EXECUTE FUNCTION public.audit_row_changed()', watched);
    EXECUTE format('CREATE OR REPLACE TRIGGER row_log_emptied AFTER TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION public.audit_row_changed()', watched);
END $$;

COMMENT ON FUNCTION audit_actor() IS 'Who acts: the one place where the row log asks.';
COMMENT ON FUNCTION audit_watch(regclass) IS 'Has a table''s changes written to the row log.';
ALTER FUNCTION audit_row_changed() OWNER TO portal_keeper;
ALTER FUNCTION audit_salt_of(date) OWNER TO portal_keeper;
REVOKE ALL ON FUNCTION audit_watch(regclass), audit_salt_of(date) FROM PUBLIC;
"""
NO_FUNCTIONS = """
DROP FUNCTION audit_watch(regclass);
DROP FUNCTION audit_row_changed();
DROP FUNCTION audit_salt_of(date);
DROP FUNCTION audit_actor();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(TABLES, NO_TABLES),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
