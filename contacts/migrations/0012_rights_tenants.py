from django.db import migrations

TABLES = ("contacts_rightsrequest", "contacts_legalhold", "contacts_disposal")


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_rights")]

    operations = [
        *[trigger(table) for table in TABLES],
        *[
            migrations.RunSQL(f"SELECT audit_watch('{table}')", migrations.RunSQL.noop)
            for table in TABLES
        ],
    ]
