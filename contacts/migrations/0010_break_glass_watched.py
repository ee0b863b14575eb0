"""Grants get their force and district, write themselves to the row log, and are never deleted."""

from django.db import migrations

WATCH = """
CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON contacts_breakglassgrant
    FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();
CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON contacts_breakglassgrant
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON contacts_breakglassgrant
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
REVOKE ALL ON contacts_breakglassgrant FROM portal_app, portal_task;
GRANT SELECT, INSERT ON contacts_breakglassgrant TO portal_app, portal_task;
SELECT audit_watch('contacts_breakglassgrant');
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_break_glass")]

    operations = [migrations.RunSQL(WATCH)]
