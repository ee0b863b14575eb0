"""The small mistakes that somebody could make in the database's own line.

They are made in what the migrations left in the database: in each policy of the portal's roles,
and in the functions of the schema ``portal`` that policies and claims ask.
"""

import re

from django.db import connection

from . import sql_text
from .mutants import Mutant

MODULE, ASKED = "policies", "portal"
ROLES = ("portal_app", "portal_task")
POLICIES = """
    SELECT tablename, policyname, qual, with_check FROM pg_policies
    WHERE roles && ARRAY['portal_app', 'portal_task']::name[] ORDER BY 1, 2
"""
FUNCTIONS = """
    SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE pronamespace = 'portal'::regnamespace ORDER BY 1
"""
PREPARING = {"protect"}  # called by migrations, and by nothing that runs
# What one might take for the list or answer that is meant.
MISTAKEN = {
    "ids('narrow'::text)": "ids('guest'::text)",
    "ids('wide'::text)": "ids('forces'::text)",
    "ids('over'::text)": "ids('around'::text)",
    "dealings()": "in_forces()",
    "myself()": "people()",
}
OPEN = {
    "open to everybody": "true",
    "open to whoever signed in": "(SELECT portal.actor()) IS NOT NULL",
    "shut": "false",
}


def mutants(names=None):
    """Yield them all; those of ``names``, where it is given. The database must be there."""
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        policies = cursor.fetchall()
        cursor.execute(FUNCTIONS)
        functions = cursor.fetchall()
    for table, policy, using, check in policies:
        for said, sql in _of_policy(table, policy, using, check):
            name = f"{MODULE}:{table}: {policy}: {said}"
            if names is None or name in names:
                yield Mutant(MODULE, table, name, 0, sql)
    for function, source in functions:
        for said, sql in _of_function(source) if function not in PREPARING else ():
            name = f"{ASKED}:{function}: {said}"
            if names is None or name in names:
                yield Mutant(ASKED, function, name, 0, sql)


def prepare():
    """Have the checks that wait for the end made now, once: no table may be altered before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def apply(mutant):
    """Make the mistake, in this transaction."""
    with connection.connection.cursor() as cursor:  # the driver's own: no query of the portal's
        cursor.execute("SET ROLE portal_owner")
        cursor.execute(mutant.code)
        cursor.execute("SET ROLE portal_arranger")


def _of_policy(table, policy, using, check):
    word, holds = ("WITH CHECK", check) if using is None else ("USING", using)
    for said, condition in OPEN.items():
        if condition != holds:
            yield said, f"ALTER POLICY {policy} ON {table} {word} ({condition})"
    for said, condition in _conditions(holds):
        yield said, f"ALTER POLICY {policy} ON {table} {word} ({condition})"
    if policy == "standing":
        yield "nothing holds", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        for role in ROLES:
            yield (
                f"one too many for {role}",
                f"CREATE POLICY one_too_many ON {table} TO {role} USING (true)",
            )


def _conditions(holds):
    for said, condition in sql_text.changes(holds):
        yield _short(said), condition
    for old, new in MISTAKEN.items():
        if f"portal.{old}" in holds:
            changed = holds.replace(f"portal.{old}", f"portal.{new}")
            yield f"{_short(old)} -> {_short(new)}", changed


def _of_function(source):
    head, dollar, rest = source.partition("$function$")
    body, dollar, tail = rest.rpartition("$function$")
    for said, changed in sql_text.changes(body):
        yield _short(said), f"{head}{dollar}{changed}{dollar}{tail}"


def _short(said):
    """Say what Postgres writes at length as the migration wrote it."""
    said = re.sub(r"\( SELECT (portal\.\w+\([^)]*\)) AS \w+\)::bigint\[\]", r"\1", said)
    return " ".join(said.replace("portal.", "").replace("::text", "").split())
