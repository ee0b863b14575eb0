from django.db import migrations

TABLES = (
    "events_engagementrequest",
    "events_requestslot",
    "events_requeststep",
    "events_engagement",
    "events_engagementparty",
    "events_attendance",
    "events_engagementcommitment",
    "events_engagementfeedback",
    "events_sharednote",
)


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("contacts", "0002_tenant_columns")]

    operations = [trigger(table) for table in TABLES]
