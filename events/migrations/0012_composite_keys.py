"""What belongs together belongs to one institution.

PostgreSQL looks past policies when it checks a foreign key, so that a row could point at another
institution's. These keys carry the institution along. People are left out, since officers write in
every mosque's record, and so are the parties of a meeting of several institutions.
"""

from django.db import migrations

PARENTS = (
    "contacts_roleholding",
    "partnerships_partnership",
    "partnerships_sharedtext",
    "partnerships_commitment",
    "partnerships_partnershipagreement",
    "events_engagementrequest",
    "events_engagement",
)
CHILDREN = {
    "contacts_deputyship": {"holding_id": "contacts_roleholding"},
    "partnerships_leadassignment": {"partnership_id": "partnerships_partnership"},
    "partnerships_joiningcheck": {"partnership_id": "partnerships_partnership"},
    "partnerships_limitstalk": {"partnership_id": "partnerships_partnership"},
    "partnerships_partnershipagreement": {
        "partnership_id": "partnerships_partnership",
        "text_id": "partnerships_sharedtext",
    },
    "partnerships_signature": {"agreement_id": "partnerships_partnershipagreement"},
    "partnerships_policepause": {"partnership_id": "partnerships_partnership"},
    "partnerships_sharedtext": {"partnership_id": "partnerships_partnership"},
    "partnerships_sharedtextversion": {"text_id": "partnerships_sharedtext"},
    "partnerships_correction": {"text_id": "partnerships_sharedtext"},
    "partnerships_disagreementstatement": {"text_id": "partnerships_sharedtext"},
    "partnerships_commitment": {"partnership_id": "partnerships_partnership"},
    "partnerships_commitmentstep": {"commitment_id": "partnerships_commitment"},
    "events_engagementrequest": {"partnership_id": "partnerships_partnership"},
    "events_requestslot": {"request_id": "events_engagementrequest"},
    "events_requeststep": {"request_id": "events_engagementrequest"},
    "events_engagement": {
        "partnership_id": "partnerships_partnership",
        "request_id": "events_engagementrequest",
    },
    "events_engagementparty": {"partnership_id": "partnerships_partnership"},
    "events_attendance": {"engagement_id": "events_engagement"},
    "events_engagementcommitment": {
        "engagement_id": "events_engagement",
        "commitment_id": "partnerships_commitment",
    },
    "events_engagementfeedback": {"engagement_id": "events_engagement"},
    "events_sharednote": {
        "engagement_id": "events_engagement",
        "text_id": "partnerships_sharedtext",
    },
}


def pair(parent):
    return migrations.RunSQL(
        f"ALTER TABLE {parent} ADD CONSTRAINT {parent}_pair UNIQUE (id, institution_id)",
        f"ALTER TABLE {parent} DROP CONSTRAINT {parent}_pair",
    )


def key(child, column, parent):
    name = f"{child}_{column}_same"
    return migrations.RunSQL(
        f"ALTER TABLE {child} ADD CONSTRAINT {name} FOREIGN KEY ({column}, institution_id) "
        f"REFERENCES {parent} (id, institution_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0011_row_security")]

    operations = [
        *[pair(parent) for parent in PARENTS],
        *[
            key(child, column, parent)
            for child, columns in CHILDREN.items()
            for column, parent in columns.items()
        ],
    ]
