"""Every table of this app writes its changes to the row log; a later one says so when it is made."""

from django.db import migrations

EACH = """
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename LIKE 'events\\_%' ORDER BY 1
    LOOP
        {}
    END LOOP;
END $$;
"""
WATCH = "PERFORM public.audit_watch(name::regclass);"
FORGET = """
        EXECUTE format('DROP TRIGGER row_log ON %I', name);
        EXECUTE format('DROP TRIGGER row_log_emptied ON %I', name);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0012_composite_keys"), ("audit", "0003_row_log")]

    operations = [migrations.RunSQL(EACH.format(WATCH), EACH.format(FORGET))]
