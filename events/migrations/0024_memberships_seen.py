"""Who reaches a whole force reads who is a member of its umbrella bodies, as its officers do."""

from django.db import migrations

TABLE = "contacts_membership"
BEFORE = (
    "member_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR umbrella_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR member_id = ANY((SELECT portal.linked_institutions())::bigint[])"
)
OF_FORCE = (
    "EXISTS (SELECT FROM public.contacts_institution i WHERE i.id = umbrella_id "
    "AND i.force_id = ANY((SELECT portal.ids('wide'))::bigint[]))"
)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0019_membership_role"), ("events", "0023_workstreams")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY standing ON {TABLE} USING ({BEFORE} OR {OF_FORCE})",
            f"ALTER POLICY standing ON {TABLE} USING ({BEFORE})",
        )
    ]
