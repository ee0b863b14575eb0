from django.db import migrations

TABLES = (
    "partnerships_partnership",
    "partnerships_leadassignment",
    "partnerships_sharedtext",
    "partnerships_sharedtextversion",
    "partnerships_correction",
    "partnerships_disagreementstatement",
    "partnerships_commitment",
    "partnerships_commitmentstep",
)


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("contacts", "0002_tenant_columns")]

    operations = [trigger(table) for table in TABLES]
