"""Nobody changes or deletes an entry: the trigger stops every role, the revocation our own."""

from django.db import migrations

FORBID = """
CREATE FUNCTION audit_entry_is_final() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'Audit entries are never changed or deleted.';
END $$;

CREATE TRIGGER audit_entry_is_final BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();

CREATE TRIGGER audit_entry_stays BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname IN ('portal_app', 'portal_task') LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM %I', name);
    END LOOP;
END $$;
"""
ALLOW = """
DROP TRIGGER audit_entry_stays ON audit_entry;
DROP TRIGGER audit_entry_is_final ON audit_entry;
DROP FUNCTION audit_entry_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
