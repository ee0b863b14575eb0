from django.db import migrations

import config.web.sealed
from config.web.sealed import seal, unseal


def rewrite(change):
    def run(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, phone, email FROM contacts_contact WHERE phone <> '' OR email <> ''"
            )
            for pk, phone, email in cursor.fetchall():
                cursor.execute(
                    "UPDATE contacts_contact SET phone = %s, email = %s WHERE id = %s",
                    [change(phone), change(email), pk],
                )

    return run


class Migration(migrations.Migration):
    """Numbers and addresses that mail goes to are sealed; the row log keeps digests as before."""

    dependencies = [("contacts", "0015_institution_joined_on")]
    operations = [
        migrations.AlterField(
            model_name="contact",
            name="phone",
            field=config.web.sealed.SealedCharField(blank=True, max_length=30),
        ),
        migrations.AlterField(
            model_name="contact",
            name="email",
            field=config.web.sealed.SealedEmailField(
                blank=True, help_text="Where mail goes; it may be shared.", max_length=254
            ),
        ),
        migrations.RunPython(rewrite(seal), rewrite(unseal), elidable=True),
    ]
