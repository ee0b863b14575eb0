"""Row-level security: the second line, under a filter that somebody forgot.

The claim brings lists of ids, asked once a request: ``narrow`` (institutions one speaks for, or
whose area one reaches), ``forces`` (whose facts an officer may read, since any officer may be sent
anywhere in the force), ``wide`` (forces one reaches as a whole), ``serving`` (police units that a
partner deals with), ``over`` (forces whose institutions and logs a panel or an administrator may
name, and nothing else), ``guest`` (mosques that let one's unit or umbrella body read along) and
``around`` (forces of which one's own mosque is a part). What is rare is asked when a row passes
none of them: ``joint_visits`` for meetings of several institutions, ``dealings`` for officers
outside of their area.

Each policy compares a column with arrays that are computed once a statement.
"""

from django.db import migrations


def listed(column, name):
    return f"{column} = ANY((SELECT portal.ids('{name}'))::bigint[])"


def asked(column, function):
    return f"{column} = ANY((SELECT portal.{function}())::bigint[])"


OWN = listed("institution_id", "narrow")
FACT = f"{OWN} OR {listed('force_id', 'forces')}"
SERVING = f"{FACT} OR {listed('institution_id', 'serving')}"
WORDS = f"{OWN} OR {listed('force_id', 'wide')} OR {asked('institution_id', 'dealings')}"
JOINT_FACT = f"{FACT} OR {asked('engagement_id', 'joint_visits')}"
JOINT_WORDS = f"{WORDS} OR {asked('engagement_id', 'joint_visits')}"
OF_TEXT = f"{WORDS} OR {asked('text_id', 'joint_texts')}"

GUEST = listed("institution_id", "guest")
OVER = f"{FACT} OR {listed('force_id', 'over')}"
LOGGED = f"{OWN} OR {asked('institution_id', 'in_forces')}"
LOGS = ("audit_entry", "audit_accessevent")

# The row log asks for the signed actor, or for what the portal itself is doing.
WHO = """
CREATE OR REPLACE FUNCTION audit_actor() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(portal.claim() ->> 'user', portal.claim() ->> 'system')
$$;
GRANT USAGE ON SCHEMA portal TO portal_keeper;
GRANT EXECUTE ON FUNCTION portal.claim() TO portal_keeper;
"""


def or_guest(open_to):
    return f"{open_to} OR {GUEST}"


OPEN_TO = {
    "contacts_institution": f"{listed('id', 'narrow')} OR {listed('force_id', 'forces')} "
    f"OR {listed('id', 'serving')} OR {listed('force_id', 'over')} "
    f"OR {listed('id', 'guest')} OR {asked('id', 'linked_institutions')} "
    f"OR {asked('id', 'listed_institutions')}",
    "contacts_membership": f"{listed('member_id', 'narrow')} OR {listed('umbrella_id', 'narrow')} "
    f"OR {asked('member_id', 'linked_institutions')}",
    "contacts_weeklytime": or_guest(FACT),
    "contacts_contact": or_guest(f"{SERVING} OR {asked('id', 'people')}"),
    "contacts_officerprofile": or_guest(f"{SERVING} OR {asked('contact_id', 'people')}"),
    "contacts_roleholding": or_guest(f"{SERVING} OR {asked('contact_id', 'people')}"),
    "contacts_deputyship": SERVING,
    "contacts_invitation": WORDS,
    "contacts_disclosure": OVER,
    "contacts_sharingpermission": f"{FACT} OR {GUEST} "
    f"OR ({asked('institution_id', 'listed_institutions')} AND kind = 'listed')",
    "contacts_leadershipdispute": FACT,
    "partnerships_joiningcheck": WORDS,
    "partnerships_limitstalk": WORDS,
    "partnerships_partnershipagreement": WORDS,
    "partnerships_signature": WORDS,
    "partnerships_policepause": WORDS,
    # A person's own, and for those who keep the force's records: not for who leads their mosque.
    "contacts_rightsrequest": f"{listed('force_id', 'wide')} OR {asked('contact_id', 'myself')}",
    "contacts_legalhold": f"{OWN} OR {listed('force_id', 'wide')}",
    "contacts_disposal": listed("force_id", "wide"),
    "contacts_breakglassgrant": f"{OVER} OR {asked('contact_id', 'myself')}",
    "partnerships_partnership": or_guest(f"{FACT} OR {asked('id', 'joint_partnerships')}"),
    "partnerships_leadassignment": FACT,
    "partnerships_sharedtext": or_guest(f"{WORDS} OR {asked('id', 'joint_texts')}"),
    "partnerships_sharedtextversion": or_guest(OF_TEXT),
    "partnerships_correction": or_guest(OF_TEXT),
    "partnerships_disagreementstatement": or_guest(OF_TEXT),
    "partnerships_commitment": f"{WORDS} OR {asked('id', 'joint_promises')}",
    "partnerships_commitmentstep": f"{WORDS} OR {asked('commitment_id', 'joint_promises')} "
    f"OR {asked('by_id', 'myself')}",
    "events_engagementrequest": WORDS,
    "events_requestslot": WORDS,
    "events_requeststep": WORDS,
    "events_engagement": or_guest(f"{FACT} OR {asked('id', 'joint_visits')}"),
    "events_engagementparty": JOINT_FACT,
    "events_attendance": or_guest(JOINT_FACT),
    "events_engagementcommitment": JOINT_WORDS,
    "events_engagementfeedback": JOINT_WORDS,
    "events_sharednote": or_guest(JOINT_WORDS),
}


def protect(table, open_to):
    quoted = open_to.replace("'", "''")
    return migrations.RunSQL(
        f"SELECT portal.protect('{table}', '{quoted}')",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
        f"DROP POLICY owner ON {table}; DROP POLICY declared_work ON {table};"
        f"DROP POLICY standing ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_chain"),
        ("events", "0010_what_roles_reach"),
    ]

    operations = [
        *[protect(table, LOGGED) for table in LOGS],
        # Whatever somebody does is written down, also where they may not read it.
        *[
            migrations.RunSQL(
                f"CREATE POLICY writing ON {table} FOR INSERT TO portal_app, portal_task "
                "WITH CHECK (true)",
                f"DROP POLICY writing ON {table}",
            )
            for table in LOGS
        ],
        migrations.RunSQL(WHO, migrations.RunSQL.noop),
        *[protect(table, open_to) for table, open_to in OPEN_TO.items()],
    ]
