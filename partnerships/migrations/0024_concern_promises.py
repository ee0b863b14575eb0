"""Promises made in answer to a concern."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "partnerships_concerncommitment"
TENANT = {"db_index": False, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0019_membership_role"),
        ("partnerships", "0023_panel"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConcernCommitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern_commitment",
                        to="partnerships.commitment",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="partnerships.concern",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True, editable=False, to="contacts.policingarea", **TENANT
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        blank=True, editable=False, to="contacts.policingarea", **TENANT
                    ),
                ),
                ("institution", models.ForeignKey(to="contacts.institution", **TENANT)),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
            f"DROP TRIGGER set_tenant ON {TABLE};",
        ),
        migrations.RunSQL(f"SELECT audit_watch('{TABLE}')", migrations.RunSQL.noop),
    ]
