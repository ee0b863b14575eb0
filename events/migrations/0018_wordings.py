"""Words of requests, promises and pauses can be corrected, disagreed with and removed, too.

The guests of a meeting of several institutions read its promises, and so what is held against them.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

KEYS = {
    "partnerships_commitment": ["wording_id"],
    "partnerships_commitmentstep": ["wording_id"],
    "partnerships_policepause": ["wording_id", "reply_wording_id"],
    "events_engagementrequest": ["wording_id"],
    "events_requeststep": ["wording_id"],
}
OF_NOTES = "SELECT text_id FROM events_sharednote WHERE engagement_id = ANY(joint)"
OF_PROMISES = """
        UNION
        SELECT unnest(ARRAY[promise.wording_id, step.wording_id])
        FROM events_engagementcommitment made
        JOIN partnerships_commitment promise ON promise.id = made.commitment_id
        LEFT JOIN partnerships_commitmentstep step ON step.commitment_id = promise.id
        WHERE made.engagement_id = ANY(joint)"""


def joint_texts(found):
    return f"""
CREATE OR REPLACE FUNCTION portal.joint_texts() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    joint bigint[] := portal.joint_visits();
BEGIN
    RETURN ARRAY({found});
END $$;
"""


def key(child, column):
    name = f"{child}_{column}_same"
    return migrations.RunSQL(
        f"ALTER TABLE {child} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        "REFERENCES partnerships_sharedtext (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {child} DROP CONSTRAINT {name}",
    )


def to_text():
    return models.OneToOneField(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="%(app_label)s_%(class)s",
        to="partnerships.sharedtext",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0017_statements_shut"), ("partnerships", "0015_wordings")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "requeststep",
                    "ref",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                )
            ],
            # The database draws each row its own, which a default of Django's would not.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE events_requeststep"
                    " ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;"
                    "ALTER TABLE events_requeststep ALTER COLUMN ref DROP DEFAULT;",
                    "ALTER TABLE events_requeststep DROP COLUMN ref;",
                )
            ],
        ),
        migrations.AddField("engagementrequest", "wording", to_text()),
        migrations.AddField("requeststep", "wording", to_text()),
        *[key(child, column) for child, columns in KEYS.items() for column in columns],
        migrations.RunSQL(joint_texts(OF_NOTES + OF_PROMISES), joint_texts(OF_NOTES)),
    ]
