from django.db import migrations, models

import config.web.fields

ABOUT = [
    ("name", "Name"),
    ("phone", "Phone number"),
    ("email", "Address to which mail goes"),
    ("role", "Role, or its dates"),
    ("words", "Something that was written"),
]
REASONS = [
    ("not_needed", "It is no longer needed for what it was collected for"),
    ("objected", "The person objected, and nothing outweighs that"),
    ("unlawful", "It should not have been recorded"),
    ("still_needed", "It is still needed for a public task"),
    ("legal_claim", "It is needed for a legal claim or an inquiry"),
    ("accurate", "What is recorded is right; a statement can stand beside it"),
    ("not_the_person", "It could not be shown who asked"),
    ("taken_back", "The person took it back"),
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0016_sealed_details")]

    operations = [
        migrations.AddField(
            "rightsrequest",
            "about",
            config.web.fields.CodeField(blank=True, choices=ABOUT, default="", max_length=30),
            preserve_default=False,
        ),
        config.web.fields.AlterCodes(
            "rightsrequest",
            "reason",
            config.web.fields.CodeField(blank=True, choices=REASONS, max_length=30),
        ),
        migrations.AddConstraint(
            "rightsrequest",
            models.CheckConstraint(
                condition=models.Q(about="") | models.Q(kind="rectification"),
                name="rights_request_about_a_correction",
            ),
        ),
    ]
