"""A disclosure is never changed or deleted, writes itself to the row log, and is sealed."""

from django.db import migrations

TABLE = """
CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON contacts_disclosure
    FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();
ALTER TABLE contacts_disclosure ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX contacts_disclosure_written ON contacts_disclosure (written_at);
CREATE TRIGGER stamp BEFORE INSERT ON contacts_disclosure
    FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON contacts_disclosure
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON contacts_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
REVOKE ALL ON contacts_disclosure FROM portal_app, portal_task;
GRANT SELECT, INSERT ON contacts_disclosure TO portal_app, portal_task;
GRANT SELECT ON contacts_disclosure TO portal_keeper;
SELECT audit_watch('contacts_disclosure');
"""
SEALED = """
DO $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE VIEW audit_sealable WITH (security_invoker = true) AS %s UNION ALL
        SELECT ''disclosure'', id::text, written_at,
            sha256(convert_to(jsonb_build_array(
                id, extract(epoch FROM written_at), ref, institution_id, recipient, gateway,
                content, reference, left_on, recorded_by_id, extract(epoch FROM recorded_at)
            )::text, ''UTF8''))
        FROM contacts_disclosure',
        rtrim(pg_get_viewdef('audit_sealable'::regclass), '; ')
    );
END $$;
CREATE OR REPLACE FUNCTION audit_chains() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['access', 'disclosure', 'entry', 'row']
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0007_disclosure"), ("audit", "0005_chain")]

    operations = [
        migrations.RunSQL(TABLE),
        migrations.RunSQL(SEALED),
    ]
