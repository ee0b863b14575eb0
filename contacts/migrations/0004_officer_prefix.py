from django.db import migrations

import config.web.fields


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_role_holding_ref")]

    operations = [
        # The database's own default lets code that knows no prefix go on adding officers.
        migrations.AddField(
            "officerprofile",
            "prefix",
            config.web.fields.CodeField(
                blank=True,
                choices=[("acting", "Acting"), ("temporary", "Temporary")],
                db_default="",
                default="",
                max_length=30,
            ),
        )
    ]
