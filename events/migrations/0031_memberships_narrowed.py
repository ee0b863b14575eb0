"""Who belongs to a body is shut again to officers who neither serve nor reach it or the member.

Whoever may open a consultation still counts its members and others apart, by a function that names
the members of that one's umbrella body and of no other.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION portal.members_asked(consultation bigint, on_day date) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT consultation = ANY(portal.consultations_asked()) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT m.member_id FROM contacts_membership m
        JOIN partnerships_consultation c ON c.co_convenor_id = m.umbrella_id
        WHERE c.id = consultation AND m.member_from <= on_day
          AND (m.member_until IS NULL OR m.member_until > on_day)
    );
END $$;

REVOKE ALL ON FUNCTION portal.members_asked(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.members_asked(bigint, date) TO portal_app, portal_task;
"""
MEMBERS = (
    "member_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR umbrella_id = ANY((SELECT portal.ids('narrow'))::bigint[]) "
    "OR member_id = ANY((SELECT portal.linked_institutions())::bigint[])"
)
WIDE = (
    "EXISTS (SELECT FROM public.contacts_institution i WHERE i.id = umbrella_id "
    "AND i.force_id = ANY((SELECT portal.ids('wide'))::bigint[]))"
)
OF_FORCE = "member_id = ANY((SELECT portal.in_forces())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0019_membership_role"),
        ("events", "0030_concern_promises_shut"),
        ("partnerships", "0021_consultations"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION portal.members_asked(bigint, date);"
        ),
        migrations.RunSQL(
            f"ALTER POLICY standing ON contacts_membership USING ({MEMBERS} OR {WIDE})",
            f"ALTER POLICY standing ON contacts_membership USING ({MEMBERS} OR {OF_FORCE})",
        ),
    ]
