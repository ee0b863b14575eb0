"""What is mutated, and by which tests it ought to be noticed.

Rules, ``Standing`` and the query for it whole; of the querysets what narrows rows for a user, and
what those methods rest on; the database's policies and what they ask.
"""

import ast
import importlib
from functools import partial
from pathlib import Path

from config.local.store import BASE

from . import policies
from .mutants import mutants, owners

# Each may use the ones before it: they are put in place in this order.
RULES = (
    "contacts.rules",
    "partnerships.rules.commitments",
    "partnerships.rules.partnerships",
    "partnerships.rules.concerns",
    "partnerships.rules.wordings",
    "partnerships.rules.safety",
    "partnerships.rules.workstreams",
    "partnerships.rules.published",
    "partnerships.rules.reviews",
    "partnerships.rules.community",
    "partnerships.rules.wider",
    "partnerships.rules.bulletins",
    "partnerships.rules.consultations",
    "partnerships.rules.panel",
    "events.rules.visits",
    "events.rules.requests",
    "events.rules.notes",
    "events.rules.plans",
    "config.dashboard.rules",
)
ROLES = ("contacts.standing", "contacts.querysets.asked", "partnerships.circle")
QUERYSETS = tuple(
    ".".join(path.relative_to(BASE).with_suffix("").parts)
    for app in ("contacts", "partnerships", "events")
    for path in sorted(Path(BASE, app, "querysets").glob("*.py"))
    if path.stem not in ("__init__", "asked")
)
ALL = (*ROLES, *QUERYSETS, *RULES)
WHOLE = {*RULES, *ROLES} - {"partnerships.circle"}
# Beside methods that take a user: what they call, and the sets that they name.
HELPERS = {
    *("open_on", "open_at", "partners", "police", "current", "below", "primary", "live"),
    *("_set_up_by", "not_cancelled", "ACTING_POLICE", "POLICE_KINDS", "PARTNER_KINDS"),
}
# Filters of lists and order of work: what they leave out is seen elsewhere.
OTHERS = {"chosen", "waiting_for", "_waits_for"}

OUTSIDE = "tests/partnerships/test_wider_events.py"
OF_STEPS = "tests/partnerships/test_concern_texts.py"
OF_ROLES = [
    "tests/contacts/test_reference.py",
    "tests/contacts/test_visibility.py",
    "tests/contacts/test_standing.py",
    "tests/contacts/test_invited_units.py",
    "tests/contacts/test_sharing.py",
    "tests/events/test_requests_rules.py",
    "tests/events/test_visits_seen.py",
    "tests/dashboard/test_guests.py",
    "tests/dashboard/test_guests_read.py",
    f"{OUTSIDE}::test_a_coordinator_who_sees_a_part_of_it_takes_back_only_what_they_wrote",
    OF_STEPS,
]
# What survives one round of its kind is tried in the next. What the tests of one module share
# stays for its whole round, and so does the scene of tests/access.
ROUNDS = (
    (("roles",), OF_ROLES),
    (("roles", "queries", "rules"), ["tests/access/test_permissions.py"]),
    (("queries",), ["tests/access/test_lists.py"]),
    (("queries", "rules"), OF_ROLES),
    (("policies",), ["tests/access/test_second_line.py"]),
    (
        ("policies", "functions"),
        [
            "tests/access/test_reach.py",
            "tests/access/test_joint_reach.py",
            "tests/access/test_panel_reach.py",
            "tests/access/test_closings_reach.py",
            "tests/access/test_row_security.py",
        ],
    ),
    (
        ("policies", "functions"),
        ["tests/actor/test_claims.py", "tests/partnerships/test_bulletin_security.py"],
    ),
)
# A test that asks the whole table of permissions, a standing at a time.
ASKS_THE_TABLE = "test_each_role_may_do_what_the_table_gives_it_by_the_rule_alone"
# There a policy is weakened on purpose, whatever it was before; or each page is opened.
LEFT_OUT = (
    "test_each_weaker_policy_is_noticed",
    "test_the_filters_really_are_gone",
    "test_no_page_shows_a_mosque_another_one_even_when_every_filter_is_gone",
)


def source_of(module):
    return Path(importlib.import_module(module).__file__).read_text()


KINDS = (
    dict.fromkeys(ROLES, "roles")
    | dict.fromkeys(QUERYSETS, "queries")
    | dict.fromkeys(RULES, "rules")
    | {policies.MODULE: "policies", policies.ASKED: "functions"}
)


def kind_of(name):
    return KINDS[name.partition(":")[0]]


def all_mutants(names=None):
    """Yield them all, or those of ``names``; needs the database that the tests have."""
    for module in ALL:
        yield from mutants(module, source_of(module), partial(wanted, module), names)
    yield from policies.mutants(names)


def wanted(module, owner, node):
    name = owner.rpartition(".")[2]
    if module in WHOLE or name in HELPERS:
        return True
    takes_user = isinstance(node, ast.FunctionDef) and "user" in [a.arg for a in node.args.args]
    return takes_user and name not in OTHERS


def mentions():
    """Return ``{name: what rests on it}``: the functions to run and permissions to ask."""
    found = {}
    for module in ALL:
        for owner, node in owners(ast.parse(source_of(module))):
            for name in {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}:
                found.setdefault(name, set()).add((module, owner, type(node)))
    return found


def resting_on(name, mentioned):
    """Return the tags of what uses a value or a composed predicate, through others as well."""
    tags, names = set(), [name]
    for each in names:
        for module, owner, kind in mentioned.get(each, ()):
            if kind is ast.Assign and owner not in names:
                names.append(owner)
            tags.add(f"perm:{owner}" if kind is ast.Expr else f"{module}:{owner}")
    return tags
